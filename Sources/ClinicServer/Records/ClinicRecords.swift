public import DiaryStore

/// The clinic's own tables within one transaction; valid as long as that is.
public struct ClinicRecords {
    let transaction: DiaryTransaction

    public init(_ transaction: DiaryTransaction) { self.transaction = transaction }

    func run(_ sql: String, _ values: [SQLValue], table: String) throws {
        try transaction.run(sql, values, table: table)
    }

    func rows<T>(
        _ sql: String, _ values: [SQLValue], table: String, _ read: (SQLRow) throws -> T
    ) throws -> [T] {
        try transaction.rows(sql, values, table: table, read)
    }

    func number(_ row: SQLRow, _ column: Int) throws -> Int64 { Int64(try row.integer(column)) }
}

extension SQLValue {
    static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    static func optional(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .blob($0) } ?? .null }
    static func optional(_ number: Int?) -> SQLValue { number.map { .integer($0) } ?? .null }
}
