internal import GRDBSQLite
public import SyncCore

/// The row a statement stands on, read by column number with errors and never a trap.
///
/// GRDB's row subscripts end the process on a value of the wrong type and print the whole row; a
/// damaged or hostile file must not be able to do either. Valid only inside the closure it is handed to.
public struct SQLRow {
    let statement: OpaquePointer
    let table: String

    private var flaw: StoreError { .damaged(.row(table: table)) }

    public func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, Int32(truncatingIfNeeded: column)) == SQLITE_NULL
    }

    public func integer(_ column: Int) throws -> Int {
        let column = Int32(truncatingIfNeeded: column)
        guard sqlite3_column_type(statement, column) == SQLITE_INTEGER,
            let value = Int(exactly: sqlite3_column_int64(statement, column))
        else { throw flaw }
        return value
    }

    public func bool(_ column: Int) throws -> Bool {
        switch try integer(column) {
        case 0: false
        case 1: true
        default: throw flaw
        }
    }

    public func blob(_ column: Int) throws -> [UInt8] {
        let column = Int32(truncatingIfNeeded: column)
        guard sqlite3_column_type(statement, column) == SQLITE_BLOB else { throw flaw }
        let count = Int(sqlite3_column_bytes(statement, column))
        guard count > 0 else { return [] }
        guard let start = sqlite3_column_blob(statement, column) else { throw flaw }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    public func text(_ column: Int) throws -> String {
        let column = Int32(truncatingIfNeeded: column)
        guard sqlite3_column_type(statement, column) == SQLITE_TEXT,
            let start = sqlite3_column_text(statement, column)
        else { throw flaw }
        let count = Int(sqlite3_column_bytes(statement, column))
        let bytes = UnsafeBufferPointer(start: start, count: count)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw flaw }
        return text
    }

    /// An id, key or signature kept as its octets.
    public func identifier<Identifier: OpaqueIdentifier>(
        _ column: Int, as type: Identifier.Type = Identifier.self
    ) throws -> Identifier {
        guard let value = Identifier(octets: try blob(column)) else { throw flaw }
        return value
    }

    public func optionalInteger(_ column: Int) throws -> Int? {
        isNull(column) ? nil : try integer(column)
    }

    public func optionalText(_ column: Int) throws -> String? {
        isNull(column) ? nil : try text(column)
    }

    public func optionalBlob(_ column: Int) throws -> [UInt8]? {
        isNull(column) ? nil : try blob(column)
    }

    public func optionalIdentifier<Identifier: OpaqueIdentifier>(
        _ column: Int, as type: Identifier.Type = Identifier.self
    ) throws -> Identifier? {
        isNull(column) ? nil : try identifier(column, as: type)
    }

    /// A value of any type, as it can be handed to SQL again.
    package func value(_ column: Int) throws -> SQLValue {
        if isNull(column) { return .null }
        if let integer = try? integer(column) { return .integer(integer) }
        if let text = try? text(column) { return .text(text) }
        return .blob(try blob(column))
    }

    /// A small JSON value kept as its canonical bytes.
    public func json(_ column: Int) throws -> JSONValue {
        guard let value = try? JSONValue(canonical: try blob(column)) else { throw flaw }
        return value
    }
}
