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
    ///
    /// - Parameters:
    ///   - repair: the command that mends the old store where it is kept, without its directory.
    ///   - mayCome: whether anybody else may hold what could not be read of it.
    func reply(
        for restore: Restore, repair: String, mayCome: Bool,
        saying first: (_ when: String) -> String
    ) -> Reply {
        var reply = Reply(
            first(WhenWords(zone.wall(atMs: restore.backup.madeMs), for: reader).short),
            json: [
                "backupMs": .integer(restore.backup.madeMs),
                "diariesLeft": .array(restore.diariesLeft.map(Self.json)),
                "events": .integer(Int64(restore.backup.events)),
                "oldStoreWhole": .bool(restore.isOldStoreWhole),
                "takenOver": .integer(Int64(restore.takenOver)),
                "unread": restore.unread.map { .integer(Int64($0)) } ?? .null,
            ])
        guard let kept = restore.keptIn else { return reply }
        reply.json["keptIn"] = .string(kept)
        reply.say("The store that was here is kept in \(kept).")
        if restore.takenOver > 0 {
            let isAll = restore.unread == 0 && restore.diariesLeft.isEmpty
            reply.say(
                (restore.takenOver == 1
                    ? "1 later event that it held was taken over"
                    : "\(restore.takenOver) later events that it held were taken over")
                    + (isAll ? ": no event is lost." : "."))
        }
        if !restore.isOldStoreWhole {
            addUnread(of: restore, with: "\(repair) --home \(kept)", mayCome, to: &reply)
        }
        return reply
    }

    private func addUnread(
        of restore: Restore, with command: String, _ mayCome: Bool, to reply: inout Reply
    ) {
        switch restore.unread {
        case 0?:
            reply.say("It could not be read wholly, and none of its events is missing here.")
            return
        case 1?: reply.say("1 event of it could not be read, and is missing here.")
        case let count?: reply.say("\(count) events of it could not be read, and are missing here.")
        case nil: reply.say("It could not be read; what it held beyond the backup is missing here.")
        }
        reply.say("\(command)  shows what can be read of that, and mends it there.")
        if mayCome { reply.say("What of it anybody else holds may still come with a sync.") }
        reply.note(.waits)
    }

    private static func json(_ diary: DiaryRecord) -> JSONValue {
        ["diary": .string(diary.id.text), "name": .string(diary.name)]
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
        case .noSuchDiary(let path, let name, let held):
            Refused(
                "\(path) holds no diary for \(name). Nothing was changed.",
                "It holds: \(held.joined(separator: ", "))", code: "no_such_diary", exit: .usage)
        case .otherDiaries(let path, let held, let here):
            Refused(
                "\(path) holds the diary of \(held.joined(separator: ", ")); here is that of "
                    + "\(here.joined(separator: ", ")). Nothing was changed.",
                "If it is meant to stand in its place, say --yes; what is here is kept beside it.",
                "A directory of its own keeps both:  diary restore FILE --home DIR",
                code: "other_diaries")
        case .otherClinic(let path):
            Refused(
                "\(path) is the backup of a clinic with another key. Nothing was changed.",
                "If it is meant to stand in this one's place, say --yes; what is here is kept.",
                code: "other_clinic")
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
