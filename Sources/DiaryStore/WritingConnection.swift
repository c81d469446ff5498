internal import GRDB
internal import GRDBSQLite
internal import Glibc
internal import SQLiteDefences
internal import Synchronization

/// The one connection that writes, with the settings that make its commits durable.
final class WritingConnection: Sendable {
    /// Pages in the write-ahead log above which it is copied into the database after a commit.
    static let longLogPages = 2000

    let queue: DatabaseQueue
    private let path: String
    private let length: LogLength

    /// How many pages the write-ahead log had after the last commit.
    final class LogLength: Sendable {
        let pages = Atomic<Int>(0)
    }

    /// Opens the connection; the caller holds the writer's lock.
    init(path: String) throws {
        let length = LogLength()
        self.length = length
        self.path = path
        var configuration = Connections.configuration()
        configuration.label = "diary writer"
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        self.queue = queue
        try queue.writeWithoutTransaction { database in
            let connection = SQLConnection(database, isWriting: true)
            // Last, because whoever switches to a write-ahead log may lower it.
            guard
                try connection.first(
                    "PRAGMA journal_mode = WAL", table: "pragma", { try $0.text(0) })
                    == "wal"
            else { throw StoreError.settingRefused("journal_mode") }
            try connection.script("PRAGMA synchronous = FULL")
            guard try connection.integer("PRAGMA synchronous") == 2 else {
                throw StoreError.settingRefused("synchronous")
            }
            _ = try connection.integer("PRAGMA wal_autocheckpoint = 0")
            _ = try connection.integer("PRAGMA journal_size_limit = 16777216")
            _ = try connection.integer("PRAGMA secure_delete = ON")
            sqlite3_wal_hook(
                database.sqliteConnection,
                { context, _, _, pages in
                    if let context {
                        Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue()
                            .pages.store(Int(pages), ordering: .relaxed)
                    }
                    return SQLITE_OK
                }, Unmanaged.passUnretained(length).toOpaque())
        }
    }

    /// Whether the write-ahead log has nothing in it, as one has whose file was just made.
    var logIsEmpty: Bool {
        get throws {
            var status = stat()
            guard stat(path + "-wal", &status) == 0 || errno == ENOENT else {
                throw SafePath.fileError(path + "-wal")
            }
            return status.st_size == 0
        }
    }

    /// Copies a long log into the database; the caller holds the writer's lock.
    func checkpointIfLong(_ database: Database) throws {
        guard length.pages.load(ordering: .relaxed) > Self.longLogPages else { return }
        try Self.checkpoint(database, "PASSIVE")
    }

    /// Copies all of the log and empties it; the caller holds the writer's lock.
    func moveLogIntoDatabase() throws {
        try queue.writeWithoutTransaction { database in
            let connection = SQLConnection(database, isWriting: true)
            guard try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0 else {
                throw StoreError.busy
            }
        }
    }

    /// Reads the whole file for damage that SQLite can see.
    func check() throws {
        try queue.read { database in
            let connection = SQLConnection(database, isWriting: false)
            let found = try connection.first(
                "PRAGMA quick_check(1)", table: "pragma", { try $0.text(0) })
            guard found == "ok" else { throw StoreError.damaged(.file) }
        }
    }

    static func checkpoint(_ database: Database, _ mode: String) throws {
        let connection = SQLConnection(database, isWriting: true)
        _ = try connection.integer("PRAGMA wal_checkpoint(\(mode))")
    }
}

/// Settings of every connection, reading or writing.
enum Connections {
    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            guard let handle = database.sqliteConnection,
                sqlite_defences_set(UnsafeMutableRawPointer(handle)) == SQLITE_OK
            else { throw StoreError.settingRefused("defensive") }
            try database.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0;
                    PRAGMA temp_store = MEMORY;
                    """)
        }
        return configuration
    }
}
