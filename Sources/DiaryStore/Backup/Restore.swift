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
    public private(set) var takenOver = 0
    /// Whether all lines of the old store could be read.
    public private(set) var isOldStoreWhole = true
    /// Diaries of the old store that the backup does not know; they are in the old store alone.
    public private(set) var diariesLeft = 0

    /// Restores.
    ///
    /// - Parameters:
    ///   - ms: now, in milliseconds since 1970.
    ///   - finish: what else the restored store has to know, before anybody can open it.
    /// - Throws: `BackupError`, `StoreError`; then everything is as it was.
    public static func run(
        _ file: String, into directory: String, purpose: DiaryDatabase.Purpose, at ms: Int64,
        extraMigrations: [StoreMigration] = [],
        finish: (DiaryDatabase, DiaryTransaction) throws -> Void = { _, _ in }
    ) throws -> Restore {
        SafePath.restrictNewFiles()
        let found = try BackupFile(path: file).header().purpose
        guard found == purpose else {
            throw BackupError.otherPurpose(path: file, found: found)
        }
        try SafePath.createDirectory(directory)
        let serving = try ServingLock(in: directory)
        defer { withExtendedLifetime(serving) {} }

        // Whatever is there under this name was never finished.
        let work = directory + "/restoring"
        try SafePath.removeTree(work)
        try SafePath.createDirectory(work)
        do {
            let backup = try BackupFile(path: file).extract(
                to: DiaryDatabase.path(in: work, purpose))
            _ = try DiaryDatabase.examined(work, purpose)
            var restore = Restore(backup: backup)
            let old = try restore.openOld(directory, purpose, extraMigrations)
            try WriterLock(path: directory + "/writer.lock").holding {
                try restore.prepare(work, purpose, extraMigrations, over: old, finish)
                try old?.close()
                try restore.exchange(work, directory, purpose, at: ms)
            }
            return restore
        } catch {
            try? SafePath.removeTree(work)
            throw error
        }
    }

    private init(backup: BackupHeader) { self.backup = backup }

    /// The store that is there, if it can be opened at all.
    private mutating func openOld(
        _ directory: String, _ purpose: DiaryDatabase.Purpose, _ extra: [StoreMigration]
    ) throws -> DiaryDatabase? {
        guard try SafePath.exists(DiaryDatabase.path(in: directory, purpose)) else { return nil }
        let opened = try Self.unlessDamaged {
            try DiaryDatabase.open(in: directory, purpose: purpose, extraMigrations: extra)
        }
        if opened == nil { isOldStoreWhole = false }
        return opened
    }

    /// The result, or nil where the old store is damaged.
    ///
    /// SQLite takes one failing read for damage, and what it costs would be missing from the diary that
    /// goes on; so it is asked twice. Any other failure ends the restore.
    private static func unlessDamaged<T>(_ body: () throws -> T) throws -> T? {
        do { return try body() } catch {
            do { return try body() } catch let error as StoreError {
                switch error {
                case .damaged, .database, .notADiary, .otherPurpose, .newerVersion:
                    return nil
                default: throw error
                }
            }
        }
    }

    /// Makes the unpacked store what it will be when it has its name.
    private mutating func prepare(
        _ work: String, _ purpose: DiaryDatabase.Purpose, _ extra: [StoreMigration],
        over old: DiaryDatabase?, _ finish: (DiaryDatabase, DiaryTransaction) throws -> Void
    ) throws {
        let new = try DiaryDatabase.open(in: work, purpose: purpose, extraMigrations: extra)
        try new.write { transaction in
            if purpose == .device {
                for diary in try transaction.diaries() {
                    try transaction.endOwnLog(in: diary.id)
                    try RestoreMark(madeMs: backup.madeMs).keep(for: diary.id, in: transaction)
                }
            }
            if let old { try takeOver(from: old, into: transaction) }
            try finish(new, transaction)
        }
        try new.moveLogIntoDatabase()
        try new.close()
    }

    /// Takes the lines that the old store has beyond the backup; each is judged like any other.
    private mutating func takeOver(
        from old: DiaryDatabase, into transaction: DiaryTransaction
    ) throws {
        let read = try Self.unlessDamaged { try old.read { try $0.diaries() } }
        guard let records = read else {
            isOldStoreWhole = false
            return
        }
        for record in records {
            guard try transaction.hasDiary(record.id) else {
                diariesLeft += 1
                continue
            }
            var store = try transaction.events(in: record.id)
            while true {
                let read = try Self.unlessDamaged {
                    try old.read { reading in
                        let events = try reading.events(in: record.id)
                        let known = try events.coverage(of: store.frontier.positions)
                        return try events.offer(beyond: known, page: .http).sections
                    }
                }
                guard let sections = read else {
                    isOldStoreWhole = false
                    break
                }
                let intake = try store.take(sections)
                takenOver += intake.stored
                if intake.taken < sections.count { isOldStoreWhole = false }
                if intake.stored == 0 { break }
            }
        }
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
