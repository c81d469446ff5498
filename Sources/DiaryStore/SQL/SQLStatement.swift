internal import GRDB
internal import GRDBSQLite
internal import SyncCore

/// A prepared statement, bound and stepped without a detour over values of any type.
final class SQLStatement {
    /// Keeps the prepared statement alive; GRDB's cache owns it.
    private let owner: Statement
    private let statement: OpaquePointer
    private let table: String

    init(_ owner: Statement, table: String) {
        self.owner = owner
        self.table = table
        statement = owner.sqliteStatement
    }

    // SQLite copies what is bound before the call returns.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    func bind(_ index: Int32, _ number: Int) throws {
        try check(sqlite3_bind_int64(statement, index, Int64(number)))
    }

    func bind(_ index: Int32, _ number: Int64?) throws {
        if let number {
            try check(sqlite3_bind_int64(statement, index, number))
        } else {
            try check(sqlite3_bind_null(statement, index))
        }
    }

    func bind(_ index: Int32, _ bytes: [UInt8]) throws {
        // An empty array has no address, and a null address would bind NULL.
        guard !bytes.isEmpty else { return try check(sqlite3_bind_zeroblob(statement, index, 0)) }
        try bytes.withUnsafeBytes {
            try check(
                sqlite3_bind_blob64(
                    statement, index, $0.baseAddress, UInt64($0.count), Self.copied))
        }
    }

    func bind(_ index: Int32, _ text: String) throws {
        // SQLite's text functions cut at U+0000; a text that holds one is never bound.
        guard !text.utf8.contains(0) else { throw StoreError.unstorableText }
        var text = text
        try text.withUTF8 { bytes in
            try bytes.withMemoryRebound(to: CChar.self) {
                try check(
                    sqlite3_bind_text64(
                        statement, index, $0.baseAddress, UInt64($0.count), Self.copied,
                        UInt8(SQLITE_UTF8)))
            }
        }
    }

    func bind(_ values: [SQLValue]) throws {
        for (offset, value) in values.enumerated() {
            let index = Int32(truncatingIfNeeded: offset + 1)
            switch value {
            case .null: try check(sqlite3_bind_null(statement, index))
            case .integer(let number): try bind(index, number)
            case .text(let text): try bind(index, text)
            case .blob(let bytes): try bind(index, bytes)
            }
        }
    }

    /// Steps once; the row, if there is one, is valid until the next step or reset.
    func step() throws -> SQLRow? {
        let code = sqlite3_step(statement)
        switch code {
        case SQLITE_ROW: return SQLRow(statement: statement, table: table)
        case SQLITE_DONE: return nil
        default:
            let code = sqlite3_extended_errcode(sqlite3_db_handle(statement))
            reset()
            throw StoreError(code: code)
        }
    }

    /// Whether it stands on a row.
    var isBusy: Bool { sqlite3_stmt_busy(statement) != 0 }

    func reset() {
        // The code repeats that of the last step, which has been reported.
        _ = sqlite3_reset(statement)
    }

    /// Steps to the end; for statements that give no rows.
    func run() throws {
        defer { reset() }
        while try step() != nil {}
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw StoreError(code: code) }
    }
}
