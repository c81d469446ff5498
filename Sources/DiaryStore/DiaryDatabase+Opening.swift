internal import GRDB
internal import Glibc

extension DiaryDatabase {
    /// Makes a new database in a directory, and the directory if it is not there.
    ///
    /// - Throws: `StoreError.exists` if there is one already.
    public static func create(
        in directory: String, purpose: Purpose, extraMigrations: [StoreMigration] = []
    ) throws -> DiaryDatabase {
        SafePath.restrictNewFiles()
        try SafePath.createDirectory(directory)
        let path = path(in: directory, purpose)
        let lock = WriterLock(path: directory + "/writer.lock")
        try lock.holding {
            try checkFiles(path: path, directory: directory)
            if try SafePath.exists(path) {
                // A file without a byte is one whose making was interrupted.
                guard try DatabaseHeader(path: path) == nil else {
                    throw StoreError.exists(directory: directory)
                }
            }
            // Made under a passing name: a crash in between leaves a diary or none, never half of one.
            let passing = path + ".new"
            for end in ["", "-journal", "-wal", "-shm"] { unlink(passing + end) }
            try SafePath.createFile(passing)
            try StoreError.mapping {
                try migrate(path: passing, purpose: purpose, extra: extraMigrations)
            }
            for end in ["-wal", "-shm"] {
                unlink(passing + end)
                // One that lies here without its database would be played into the new one.
                unlink(path + end)
            }
            guard rename(passing, path) == 0 else { throw SafePath.fileError(path) }
            try SafePath.synchroniseDirectory(directory)
        }
        return try open(in: directory, purpose: purpose, extraMigrations: extraMigrations)
    }

    /// Takes back a database that `create` has just made, where nobody could be told of it; the directory
    /// stays. Nothing can be done with it afterwards.
    ///
    /// - Throws: `StoreError.replaced` if another file lies there now, which is not touched.
    public func withdraw() throws {
        try lock.holding {
            guard try FileIdentity(of: path) == identity else { throw StoreError.replaced }
            let names = [path, path + "-wal", path + "-shm", directory + "/high-water.json"]
            for name in names where unlink(name) != 0 && errno != ENOENT {
                throw SafePath.fileError(name)
            }
            try SafePath.synchroniseDirectory(directory)
        }
    }

    /// Opens a database that is there, and brings an older one up to this version.
    ///
    /// - Throws: `StoreError.newerVersion` for a newer one, which is not touched.
    public static func open(
        in directory: String, purpose: Purpose, extraMigrations: [StoreMigration] = []
    ) throws -> DiaryDatabase {
        try open(
            in: directory, purpose: purpose, extraMigrations: extraMigrations,
            patience: .seconds(10))
    }

    /// As above, with the time to wait for another writer.
    package static func open(
        in directory: String, purpose: Purpose, extraMigrations: [StoreMigration] = [],
        patience: Duration
    ) throws -> DiaryDatabase {
        SafePath.restrictNewFiles()
        let path = path(in: directory, purpose)
        guard try SafePath.exists(directory), try SafePath.exists(path) else {
            throw StoreError.missing(directory: directory)
        }
        try checkFiles(path: path, directory: directory)
        guard let header = try DatabaseHeader(path: path) else {
            throw StoreError.notADiary(path: path)
        }
        try header.check(purpose, path: path)

        let lock = WriterLock(path: directory + "/writer.lock", patience: patience)
        let identity = try FileIdentity(of: path)
        let readers = try StoreError.mapping { try openReaders(path: path) }
        guard try FileIdentity(of: path) == identity else { throw StoreError.replaced }
        if try needsMigration(readers, purpose: purpose, extra: extraMigrations, path: path) {
            try lock.holding {
                try StoreError.mapping {
                    try migrate(path: path, purpose: purpose, extra: extraMigrations)
                }
            }
        }
        let database = DiaryDatabase(
            directory: directory, purpose: purpose, path: path, identity: identity,
            readers: readers, lock: lock,
            highWater: HighWater(path: directory + "/high-water.json"))
        try database.findBackwards()
        return database
    }

    /// Whether there is a database in a directory.
    ///
    /// - Throws: `StoreError.file` where the disk does not say.
    public static func isThere(in directory: String, purpose: Purpose) throws -> Bool {
        try SafePath.exists(path(in: directory, purpose))
    }

    static func path(in directory: String, _ purpose: Purpose) -> String {
        directory + (purpose == .device ? "/diary.db" : "/clinic.db")
    }

    private static func checkFiles(path: String, directory: String) throws {
        try SafePath.checkDirectory(directory)
        for name in [
            path, path + "-wal", path + "-shm", directory + "/writer.lock",
            directory + "/high-water.json",
        ] { try SafePath.checkFile(name) }
    }

    private static func openReaders(path: String) throws -> DatabasePool {
        var configuration = Connections.configuration()
        configuration.readonly = true
        configuration.label = "diary reader"
        return try DatabasePool(path: path, configuration: configuration)
    }

    /// Whether the file lacks tables; checks once more, now with what the write-ahead log says.
    private static func needsMigration(
        _ readers: DatabasePool, purpose: Purpose, extra: [StoreMigration], path: String
    ) throws -> Bool {
        try StoreError.mapping {
            try readers.read { database in
                let connection = SQLConnection(database, isWriting: false)
                let header = DatabaseHeader(
                    applicationID: try connection.integer("PRAGMA application_id"),
                    userVersion: try connection.integer("PRAGMA user_version"))
                try header.check(purpose, path: path)
                guard header.userVersion == Schema.version else { return true }
                let applied = Set(
                    try connection.rows("SELECT name FROM migration", table: "migration") {
                        try $0.text(0)
                    })
                return !applied.isSuperset(of: extra.map(\.name))
            }
        }
    }

    /// Applies what is missing in one transaction and moves it into the database file, so that its
    /// header tells an older program the truth. The caller holds the writer's lock.
    private static func migrate(path: String, purpose: Purpose, extra: [StoreMigration]) throws {
        let writer = try WritingConnection(path: path)
        try writer.queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let connection = SQLConnection(database, isWriting: true)
                let id = Schema.applicationID(of: purpose)
                try connection.script("PRAGMA application_id = \(id)")
                try Schema.migrate(connection, purpose: purpose, extra: extra)
                return .commit
            }
            try WritingConnection.checkpoint(database, "TRUNCATE")
        }
        try writer.queue.close()
    }
}

/// What the first hundred bytes of a database say, read without opening it.
struct DatabaseHeader {
    let applicationID: Int
    let userVersion: Int

    init(applicationID: Int, userVersion: Int) {
        self.applicationID = applicationID
        self.userVersion = userVersion
    }

    /// - Returns: nil if the file is empty.
    init?(path: String) throws {
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw SafePath.fileError(path) }
        defer { Glibc.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw SafePath.fileError(path) }
        guard count != 0 else { return nil }
        guard count == 100, bytes.starts(with: "SQLite format 3\0".utf8) else {
            throw StoreError.notADiary(path: path)
        }
        func number(at offset: Int) -> Int {
            let value = bytes[offset..<(offset + 4)].reduce(UInt32(0)) { ($0 << 8) | UInt32($1) }
            return Int(Int32(bitPattern: value))
        }
        applicationID = number(at: 68)
        userVersion = number(at: 60)
    }

    func check(_ purpose: DiaryDatabase.Purpose, path: String) throws {
        let ids = [DiaryDatabase.Purpose.device, .clinic].map(Schema.applicationID(of:))
        guard ids.contains(applicationID) else { throw StoreError.notADiary(path: path) }
        guard applicationID == Schema.applicationID(of: purpose) else {
            throw StoreError.otherPurpose(path: path)
        }
        guard userVersion <= Schema.version else {
            throw StoreError.newerVersion(found: userVersion, known: Schema.version)
        }
    }
}
