internal import GRDB
internal import GRDBSQLite

/// The connection of one transaction, and the statements prepared on it.
final class SQLConnection {
    let database: Database
    let isWriting: Bool
    private var isOver = false
    private var statements: [String: SQLStatement] = [:]

    init(_ database: Database, isWriting: Bool) {
        self.database = database
        self.isWriting = isWriting
    }

    /// Makes every later use an error.
    func end() {
        isOver = true
        statements = [:]
    }

    func check(writing: Bool = false) throws {
        guard !isOver else { throw StoreError.transactionOver }
        guard isWriting || !writing else { throw StoreError.notWriting }
    }

    /// A statement that is prepared once for each connection; `table` names it in damage reports.
    func statement(_ sql: String, table: String) throws -> SQLStatement {
        try check()
        if let statement = statements[sql] {
            // One that is being walked over is left alone.
            return statement.isBusy ? try cursor(sql, table: table, []) : statement
        }
        let prepared = try StoreError.mapping { try database.cachedStatement(sql: sql) }
        let statement = SQLStatement(prepared, table: table)
        statements[sql] = statement
        return statement
    }

    /// A statement of its own, for rows that are walked over beside others of the same form.
    func cursor(_ sql: String, table: String, _ values: [SQLValue]) throws -> SQLStatement {
        try check()
        let prepared = try StoreError.mapping { try database.makeStatement(sql: sql) }
        let statement = SQLStatement(prepared, table: table)
        try statement.bind(values)
        return statement
    }

    func run(_ sql: String, _ values: [SQLValue] = [], table: String) throws {
        let statement = try statement(sql, table: table)
        try statement.bind(values)
        try statement.run()
    }

    /// All rows as `read` makes them.
    func rows<T>(
        _ sql: String, _ values: [SQLValue] = [], table: String, _ read: (SQLRow) throws -> T
    ) throws -> [T] {
        let statement = try statement(sql, table: table)
        defer { statement.reset() }
        try statement.bind(values)
        var rows: [T] = []
        while let row = try statement.step() { rows.append(try read(row)) }
        return rows
    }

    /// The first row as `read` makes it.
    func first<T>(
        _ sql: String, _ values: [SQLValue] = [], table: String, _ read: (SQLRow) throws -> T
    ) throws -> T? {
        let statement = try statement(sql, table: table)
        defer { statement.reset() }
        try statement.bind(values)
        return try statement.step().map(read)
    }

    func integer(_ sql: String, _ values: [SQLValue] = [], table: String = "pragma") throws -> Int {
        guard let value = try first(sql, values, table: table, { try $0.integer(0) }) else {
            throw StoreError.damaged(.row(table: table))
        }
        return value
    }

    var lastRowNumber: Int {
        Int(truncatingIfNeeded: sqlite3_last_insert_rowid(database.sqliteConnection))
    }
}
