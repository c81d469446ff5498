package import GRDB
public import SyncCore

/// One transaction: a snapshot to read from, or all of a write.
///
/// Valid only inside the closure it is handed to; later every use is an error.
public final class DiaryTransaction {
    let connection: SQLConnection
    private let arrivals: ArrivalCounter
    private var stores: [DiaryID: SQLiteEventStore] = [:]
    private var records: [DiaryID: (number: Int, record: DiaryRecord)] = [:]
    /// Diaries of which this store has written more than the file holds.
    private let backwards: [DiaryID: Position]
    /// How far the own logs reach that this transaction wrote to.
    private(set) var ownPositions: [DiaryID: Position] = [:]

    init(_ connection: SQLConnection, backwards: [DiaryID: Position]) {
        self.connection = connection
        self.backwards = backwards
        arrivals = ArrivalCounter(connection)
    }

    func end() {
        connection.end()
        stores = [:]
        records = [:]
    }

    func flush() throws {
        for store in stores.values.sorted(by: { $0.number < $1.number }) { try store.flush() }
    }

    // MARK: Diaries

    /// The diaries of this file, in the order in which they were added.
    public func diaries() throws -> [DiaryRecord] {
        try connection.check()
        return try connection.rows(
            "SELECT number, id, name, pin FROM diary ORDER BY number", table: "diary", Self.record
        ).map(\.record)
    }

    private static func record(_ row: SQLRow) throws -> (number: Int, record: DiaryRecord) {
        let record = DiaryRecord(
            id: try row.identifier(1), name: try row.text(2),
            pinnedClinic: try row.optionalIdentifier(3))
        return (try row.integer(0), record)
    }

    /// The row of one diary; looks at no other, so that damage to one patient's row is theirs alone.
    private func found(_ diary: DiaryID) throws -> (number: Int, record: DiaryRecord)? {
        try connection.check()
        if let record = records[diary] { return record }
        let found = try connection.first(
            "SELECT number, id, name, pin FROM diary WHERE id = ?", [.blob(diary.octets)],
            table: "diary", Self.record)
        records[diary] = found
        return found
    }

    /// Whether this file has the diary.
    public func hasDiary(_ id: DiaryID) throws -> Bool { try found(id) != nil }

    /// Adds a diary; nothing happens if it is there.
    ///
    /// - Throws: `StoreError.unstorableText` for a name with U+0000.
    public func addDiary(_ id: DiaryID, name: String) throws {
        try connection.check(writing: true)
        guard try !hasDiary(id) else { return }
        try connection.run(
            "INSERT INTO diary(id, name) VALUES (?, ?)", [.blob(id.octets), .text(name)],
            table: "diary")
        records = [:]
    }

    /// Changes what this device calls a diary.
    public func rename(_ diary: DiaryID, to name: String) throws {
        try connection.check(writing: true)
        try connection.run(
            "UPDATE diary SET name = ? WHERE number = ?",
            [.text(name), .integer(number(of: diary))],
            table: "diary")
        records = [:]
    }

    func number(of diary: DiaryID) throws -> Int {
        guard let number = try found(diary)?.number else {
            throw StoreError.unknownDiary
        }
        return number
    }

    /// The logs of a diary; the same object throughout the transaction.
    public func events(in diary: DiaryID) throws -> SQLiteEventStore {
        try connection.check()
        if let store = stores[diary] { return store }
        guard let (number, record) = try found(diary) else {
            throw StoreError.unknownDiary
        }
        let store = try SQLiteEventStore(
            connection, diary: diary, number: number, pin: record.pinnedClinic, arrivals: arrivals)
        stores[diary] = store
        return store
    }

    /// As above, with everything derived from its events up to date.
    func upToDate(_ diary: DiaryID) throws -> SQLiteEventStore {
        let store = try events(in: diary)
        try store.flush()
        return store
    }

    /// How many events this file holds, over all diaries.
    public func eventCount() throws -> Int {
        try diaries().reduce(0) { try $0 + events(in: $1.id).tree.eventCount }
    }

    // MARK: The pinned clinic

    /// The clinic whose key a person compared and pinned.
    public func pinnedClinic(in diary: DiaryID) throws -> PublicKey? {
        try events(in: diary).pinnedClinic
    }

    /// Pins a clinic's key, obeys its orders of erasure and works out again what counts.
    public func pin(_ clinic: PublicKey, in diary: DiaryID) throws {
        try connection.check(writing: true)
        var store = try events(in: diary)
        try store.rememberStandingBefore()
        try connection.run(
            "UPDATE diary SET pin = ? WHERE number = ?",
            [.blob(clinic.octets), .integer(store.number)], table: "diary")
        records = [:]
        store.pinnedClinic = clinic
        store.projection.standingMayHaveChanged = true
        try store.obeyOrders()
        try store.flush()
    }

    // MARK: SQL of other modules

    /// The connection, for a module with tables of its own.
    package var database: Database { connection.database }

    /// Runs a statement on a module's own tables.
    package func run(_ sql: String, _ values: [SQLValue] = [], table: String) throws {
        try connection.check(writing: true)
        try connection.run(sql, values, table: table)
    }

    /// Reads rows of a module's own tables; every value through `SQLRow`, which never traps.
    package func rows<T>(
        _ sql: String, _ values: [SQLValue] = [], table: String, _ read: (SQLRow) throws -> T
    ) throws -> [T] {
        try connection.rows(sql, values, table: table, read)
    }

    /// The number of the row that was inserted last.
    package var lastRowNumber: Int { connection.lastRowNumber }

    // MARK: Positions for the high-water file

    /// The highest arrival number in the file; 0 where what is there cannot be one.
    func lastArrival() throws -> Int {
        do { return try arrivals.next() - 1 } catch StoreError.damaged(.row) { return 0 }
    }

    /// The highest arrival number that this transaction has given; nil if it took no event.
    var lastArrivalGiven: Int? { arrivals.given }

    func wrote(upTo position: Position?, in diary: DiaryID) {
        if let position { ownPositions[diary] = position }
    }

    /// Whether this store had written more than the file holds, and has not ended that log since.
    ///
    /// A log that it ended is in its rows and is not the present one; one begun after the copy is in none.
    func historyWentBackwards(of own: OwnLog, in diary: DiaryID) throws -> Bool {
        guard let position = backwards[diary], ownPositions[diary] == nil,
            try position.replica == own.replica || ownKeys(in: diary)[position.replica] == nil
        else { return false }
        // A sync may have brought it back.
        return try events(in: diary).held(position) == nil
    }

    /// Forgets what was read of a diary's logs, where they were changed from below.
    func forgetEvents(in diary: DiaryID) { stores[diary] = nil }
}
