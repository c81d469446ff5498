internal import GRDB
internal import Glibc

extension DiaryDatabase {
    /// Writes one snapshot of this store to a new file; others may go on writing meanwhile.
    ///
    /// The snapshot is examined as a store of its own before it becomes a backup, and the file is read
    /// back before it gets its name. It holds the keys of the diary.
    ///
    /// - Parameter ms: now, in milliseconds since 1970.
    /// - Throws: `BackupError`, `StoreError`; then there is no file of that name.
    public func backUp(to path: String, at ms: Int64) throws -> BackupHeader {
        SafePath.restrictNewFiles()
        guard try !SafePath.exists(path) else { throw BackupError.exists(path: path) }
        let work = directory + "/backup-\(getpid())"
        try SafePath.removeTree(work)
        try SafePath.createDirectory(work)
        // What stays here after a failure is in nobody's way.
        defer { try? SafePath.removeTree(work) }
        let copy = Self.path(in: work, purpose)
        try SafePath.createFile(copy)
        try StoreError.mapping {
            let target = try DatabaseQueue(path: copy)
            try readers.backup(to: target)
            try target.close()
        }
        let events = try Self.examined(work, purpose)
        let purpose = purpose
        return try BackupFile(path: path).write(database: copy) { length, hash in
            BackupHeader(
                length: length, madeMs: ms, purpose: purpose, events: events, hash: hash)
        }
    }

    /// Opens a store that nobody uses yet and lets the doctor look at it.
    ///
    /// - Returns: how many events it holds.
    /// - Throws: `BackupError.damaged`.
    static func examined(_ directory: String, _ purpose: Purpose) throws -> Int {
        let store = try open(in: directory, purpose: purpose)
        defer { try? store.close() }
        // What is derived can be derived again; what was written cannot.
        let findings = try Doctor.examine(store).filter { $0.remedy != .none }
        guard findings.isEmpty else { throw BackupError.damaged(findings: findings.count) }
        return try store.read { try $0.eventCount() }
    }
}
