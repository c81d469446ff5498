import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// What backing up and restoring say, at home and at the clinic.
struct BackupWords {
    private let zone: TZif
    private let reader: HereAndNow

    init() throws {
        guard let zone = ZoneFiles().local else {
            throw Refused(
                "This computer has no time zone rules. Install the package tzdata.",
                code: "no_tzdata")
        }
        self.zone = zone
        reader = HereAndNow(zone, atMs: StoreOptions.clock.now)
    }

    func reply(for backup: BackupHeader, in file: String) -> Reply {
        Reply(
            "Wrote a backup to \(file): \(backup.events) events, read back and checked.",
            "It holds the keys, too: whoever has the file can read it all and write as this store.",
            json: [
                "bytes": .integer(Int64(backup.length)), "events": .integer(Int64(backup.events)),
                "file": .string(file), "madeMs": .integer(backup.madeMs),
            ])
    }

    /// What was put back, where the old store is, and what it still gave.
    func reply(for restore: Restore, saying first: (_ when: String) -> String) -> Reply {
        var reply = Reply(
            first(WhenWords(zone.wall(atMs: restore.backup.madeMs), for: reader).short),
            json: [
                "backupMs": .integer(restore.backup.madeMs),
                "events": .integer(Int64(restore.backup.events)),
                "oldStoreWhole": .bool(restore.isOldStoreWhole),
                "takenOver": .integer(Int64(restore.takenOver)),
            ])
        if let kept = restore.keptIn {
            reply.json["keptIn"] = .string(kept)
            reply.say("The store that was here is kept in \(kept).")
        }
        if restore.takenOver > 0 {
            reply.say(
                restore.takenOver == 1
                    ? "1 later event that it held was taken over: nothing is lost."
                    : "\(restore.takenOver) later events that it held were taken over: nothing is lost."
            )
        }
        if !restore.isOldStoreWhole {
            reply.say(
                "It could not be read wholly; what of it is missing may still come with a sync.")
        }
        if restore.diariesLeft > 0 {
            reply.say(
                "\(restore.diariesLeft) diaries begun since the backup are in that directory alone."
            )
        }
        return reply
    }
}

extension Output {
    /// Why there is no backup, or nothing was put back.
    static func words(for error: BackupError) -> Refused {
        switch error {
        case .exists(let path):
            Refused(
                "\(path) is there already; a backup never replaces anything. Nothing was written.",
                code: "file_exists")
        case .notABackup(let path):
            Refused(
                "\(path) is no backup of this program. Nothing was changed.", code: "not_a_backup")
        case .altered(let path):
            Refused(
                "\(path) is not as it was written: some of its bytes have changed. Nothing was changed.",
                "Take another backup; this one cannot be trusted.", code: "altered", exit: .damaged)
        case .otherPurpose(let path, let found):
            Refused(
                found == .clinic
                    ? "\(path) is a clinic's backup. Nothing was changed."
                    : "\(path) is a device's backup. Nothing was changed.",
                found == .clinic ? "diary clinic restore FILE" : "diary restore FILE",
                code: "other_purpose", exit: .damaged)
        case .newerVersion(let found, let known):
            Refused(
                "A newer version of this program wrote this backup (\(found), this one knows \(known)).",
                "Nothing was changed. Update this program.", code: "newer_version", exit: .damaged)
        case .damaged(let findings):
            Refused(
                "The copy did not stand the doctor's examination (\(findings) findings), so it is none.",
                "What the store holds is as it was.",
                "diary doctor (diary clinic doctor)  says what is wrong and what to do.",
                code: "damaged", exit: .damaged)
        case .notKept(let path):
            Refused(
                "\(path) was written, and then the disk failed: after a loss of power it may be gone.",
                "Everything that was backed up is as it was. Take another backup, on another disk.",
                code: "disk_failed", exit: .damaged)
        case .notSettled(let kept):
            Refused(
                "The store was put back, and then the disk failed: a loss of power may undo that.",
                kept.map { "The store that was here is kept in \($0)." }
                    ?? "The backup is as it was.",
                "Nothing is lost. diary doctor  checks the store; then restore again if need be.",
                code: "disk_failed", exit: .damaged)
        case .inUse(let holder):
            Refused(
                "A server runs on this store"
                    + (holder.map { " (process \($0.process))" } ?? "") + ". Nothing was changed.",
                "Stop it first.", code: "in_use")
        }
    }
}
