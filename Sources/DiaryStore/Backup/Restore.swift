internal import FileRenames
internal import Glibc
internal import SyncCore

/// Puts a store back to a backup, beside what is there, and loses neither.
///
/// The backup is unpacked and proved in a directory of its own. Lines that the store had beyond it are
/// taken over, since a diary only ever grows. Then the two files change names in one step, under the
/// writer's lock: at no moment is there none, and a crash leaves the one or the other. The old store
/// stays, as a directory that can be opened like any other.
public struct Restore: Sendable, Equatable {
    public let backup: BackupHeader
    /// Where the old store is now; nil if there was none.
    public private(set) var keptIn: String?
    /// Events that the old store had and the backup had not.
    public internal(set) var takenOver = 0
    /// Whether all lines of the old store could be read.
    public internal(set) var isOldStoreWhole = true
    /// Events of the old store that could not be read and are not here; nil where nobody can count them.
    public internal(set) var unread: Int? = 0
    /// Diaries of the old store that the backup does not know; they are in the old store alone.
    public internal(set) var diariesLeft: [DiaryRecord] = []

    /// Restores.
    ///
    /// - Parameters:
    ///   - ms: now, in milliseconds since 1970.
    ///   - name: whose diary the backup has to hold; nil if that was not said.
    ///   - isMeant: whether a backup of nobody who is here is meant, too.
    ///   - finish: what else the restored store has to know, before anybody can open it; the last is
    ///     what can be read of the old store, nil if nothing.
    /// - Throws: `BackupError`, `StoreError`; then everything is as it was.
    public static func run(
        _ file: String, into directory: String, purpose: DiaryDatabase.Purpose, at ms: Int64,
        of name: String? = nil, evenOfOthers isMeant: Bool = false,
        extraMigrations: [StoreMigration] = [],
        finish: (DiaryDatabase, DiaryTransaction, _ old: DiaryDatabase?) throws -> Void = {
            _, _, _ in
        }
    ) throws -> Restore {
        SafePath.restrictNewFiles()
        let found = try BackupFile(path: file).header().purpose
        guard found == purpose else {
            throw BackupError.otherPurpose(path: file, found: found)
        }
        try SafePath.createDirectory(directory)
        let serving = try ServingLock(in: directory)
        defer { withExtendedLifetime(serving) {} }

        let plan = RestorePlan(
            file: file, directory: directory, purpose: purpose, migrations: extraMigrations,
            name: name, isMeant: isMeant)
        // Whatever is there under these names was never finished.
        try plan.removePassing()
        try SafePath.createDirectory(plan.work)
        do {
            let backup = try BackupFile(path: file).extract(
                to: DiaryDatabase.path(in: plan.work, purpose))
            _ = try DiaryDatabase.examined(plan.work, purpose)
            var restore = Restore(backup: backup)
            let old = try plan.openOld()
            try WriterLock(path: directory + "/writer.lock").holding {
                try restore.prepare(plan, over: old, finish)
                try old?.close()
                try SafePath.removeTree(plan.salvage)
                try restore.exchange(plan.work, directory, purpose, at: ms)
            }
            return restore
        } catch {
            try? plan.removePassing()
            throw error
        }
    }

    private init(backup: BackupHeader) { self.backup = backup }

    /// Makes the unpacked store what it will be when it has its name.
    private mutating func prepare(
        _ plan: RestorePlan, over old: DiaryDatabase?,
        _ finish: (DiaryDatabase, DiaryTransaction, DiaryDatabase?) throws -> Void
    ) throws {
        let new = try DiaryDatabase.open(
            in: plan.work, purpose: plan.purpose, extraMigrations: plan.migrations)
        var readable: DiaryDatabase?
        try new.write { transaction in
            try plan.checkName(in: transaction)
            if plan.purpose == .device {
                for diary in try transaction.diaries() {
                    try transaction.endOwnLog(in: diary.id)
                    try RestoreMark(madeMs: backup.madeMs).keep(for: diary.id, in: transaction)
                }
            }
            readable = try takeOver(from: old, by: plan, into: transaction)
            try finish(new, transaction, readable)
        }
        if readable !== old { try readable?.close() }
        try new.moveLogIntoDatabase()
        try new.close()
    }

    // MARK: The change of names

    private mutating func exchange(
        _ work: String, _ directory: String, _ purpose: DiaryDatabase.Purpose, at ms: Int64
    ) throws {
        let unpacked = DiaryDatabase.path(in: work, purpose)
        for name in ["-wal", "-shm"] { unlink(unpacked + name) }
        unlink(work + "/writer.lock")
        let live = DiaryDatabase.path(in: directory, purpose)
        guard try SafePath.exists(live) else {
            try SafePath.synchroniseDirectory(work)
            guard rename_exclusively(unpacked, live) == 0 else { throw SafePath.fileError(live) }
            do { try SafePath.synchroniseDirectory(directory) } catch {
                throw BackupError.notSettled(keptIn: nil)
            }
            try? SafePath.removeTree(work)
            return
        }
        let kept = try DatedName.free(directory + "/before-", atMs: ms)
        guard rename_exclusively(work, kept) == 0 else { throw SafePath.fileError(kept) }
        let aside = DiaryDatabase.path(in: kept, purpose)
        let logs = ["-wal", "-shm"]
        do {
            // A log that stayed beside the new file would be played into it.
            do { try WritingConnection(path: live).moveLogIntoDatabase() } catch {
                // The disk failed, and nothing is wrong with the old store: it stays where it is.
                if isOldStoreWhole { throw error }
                for name in logs { rename(live + name, aside + name) }
            }
            try SafePath.synchroniseDirectory(kept)
            guard rename_exchanging(aside, live) == 0 else { throw SafePath.fileError(live) }
        } catch {
            // What was never put back is not kept as if it were old, unless the old log lies beside it.
            for name in logs { rename(aside + name, live + name) }
            if (try? SafePath.exists(aside + "-wal")) == false { try? SafePath.removeTree(kept) }
            throw error
        }
        keptIn = kept
        for name in logs { unlink(live + name) }
        for name in ["/high-water.json", "/disk-failed"] {
            rename(directory + name, kept + name)
        }
        do {
            try SafePath.synchroniseDirectory(kept)
            try SafePath.synchroniseDirectory(directory)
        } catch { throw BackupError.notSettled(keptIn: kept) }
    }
}
