internal import Foundation
internal import Glibc
public import SyncCore

/// What was done to mend a store.
public struct Repair: Sendable {
    /// What was wrong; nil where so much was that it could not be examined.
    public let found: [Finding]?
    /// The directory in which the store is kept as it was; nil where nothing had to be mended.
    public let copy: String?
    /// How many lines were cut from the logs and kept aside.
    public let cut: Int
    /// What was lost in a file that had to be read row by row; nil where it was mended in place.
    public let recovery: Recovery?
    /// What is still wrong.
    public let left: [Finding]

    /// What could not be read of a damaged file.
    public struct Recovery: Sendable {
        /// Events that the logs name and of which nothing could be read.
        public let lostEvents: Int
        /// Diaries that this store can no longer sign for as the same device.
        public let withoutKey: [DiaryID]
    }

    /// Why nothing was mended.
    public enum Refusal: Error, Equatable, Sendable {
        /// Another process has the store open.
        case isOpen(by: LockHolder)
        /// Not one diary can be read of the file; the copy of the directory is here.
        case nothingReadable(copy: String)
    }
}

extension Repair {
    /// Keeps the directory as it is beside it, and mends what can be mended.
    ///
    /// - Parameter ms: now, for the name of the copy.
    /// - Throws: `Refusal`, or a `StoreError`; the store is then as it was.
    public static func run(
        in directory: String, purpose: DiaryDatabase.Purpose,
        extraMigrations: [StoreMigration] = [], atMs ms: Int64
    ) throws -> Repair {
        SafePath.restrictNewFiles()
        let path = DiaryDatabase.path(in: directory, purpose)
        guard try SafePath.exists(path) else { throw StoreError.missing(directory: directory) }
        if let holder = OpenElsewhere.holder(of: path) { throw Refusal.isOpen(by: holder) }
        func using<T>(_ body: (DiaryDatabase) throws -> T) throws -> T {
            let database = try DiaryDatabase.open(
                in: directory, purpose: purpose, extraMigrations: extraMigrations)
            let result = try body(database)
            try database.close()
            return result
        }
        let found = try unlessDamaged { try using(Doctor.examine) }
        if let found, found.allSatisfy({ $0.remedy == .none }) {
            // Whoever asks for a repair has been told what is missing.
            try using { try $0.forgetArrival() }
            return Repair(found: found, copy: nil, cut: 0, recovery: nil, left: found)
        }
        let lock = WriterLock(path: directory + "/writer.lock")
        let copy = try lock.holding { try DirectoryCopy.make(of: directory, atMs: ms) }
        if let found, !found.contains(where: { $0.remedy == .restore }),
            let (cut, left) = try unlessDamaged({ try using(mend) }),
            !left.contains(where: { $0.remedy == .restore })
        {
            return Repair(found: found, copy: copy, cut: cut, recovery: nil, left: left)
        }
        let (cut, recovery) = try lock.holding {
            try recover(path, in: directory, purpose, extraMigrations, copy: copy)
        }
        return Repair(
            found: found, copy: copy, cut: cut, recovery: recovery,
            left: try using(Doctor.examine))
    }

    /// Cuts what is damaged, which also derives everything anew.
    private static func mend(_ database: DiaryDatabase) throws -> (cut: Int, left: [Finding]) {
        (try database.cutAwayDamage(), try Doctor.examine(database))
    }

    /// The result, or nil where the file is too damaged to give one.
    private static func unlessDamaged<T>(_ body: () throws -> T) throws -> T? {
        do { return try body() } catch let error as StoreError {
            switch error {
            case .damaged, .database: return nil
            default: throw error
            }
        }
    }

    /// Reads the file row by row into a new one, and puts that in its place; the caller holds the lock.
    private static func recover(
        _ path: String, in directory: String, _ purpose: DiaryDatabase.Purpose,
        _ migrations: [StoreMigration], copy: String
    ) throws -> (cut: Int, Recovery) {
        let place = directory + "/recovering"
        try? FileManager.default.removeItem(atPath: place)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let database = try DiaryDatabase.create(
            in: place, purpose: purpose, extraMigrations: migrations)
        let lost = try unlessDamaged { try Salvage.run(fileAt: path, into: database) }
        guard let lost, try database.read({ try !$0.diaries().isEmpty }) else {
            throw Refusal.nothingReadable(copy: copy)
        }
        let cut = try database.cutAwayDamage()
        let withoutKey = try database.read { transaction in
            try transaction.diaries().map(\.id).filter { try transaction.ownLog(in: $0) == nil }
        }
        try database.moveLogIntoDatabase()
        try database.close()
        // An old log beside a new file would be read into it, so it goes first; the copy has it. What it
        // holds goes into the damaged file before, where a crash leaves it to the next repair.
        try? WritingConnection(path: path).moveLogIntoDatabase()
        for end in ["-wal", "-shm"] { unlink(path + end) }
        guard rename(DiaryDatabase.path(in: place, purpose), path) == 0 else {
            throw SafePath.fileError(path)
        }
        try SafePath.synchroniseDirectory(directory)
        try? HighWater(path: directory + "/high-water.json").forgetArrival()
        return (cut, Recovery(lostEvents: lost, withoutKey: withoutKey))
    }
}
