import DiaryStore

/// The events of a store, their order and their number, read from the tables and judged by nobody.
struct Ledger: Equatable {
    let rows: [[[UInt8]]]

    init(of database: DiaryDatabase) throws {
        rows = try database.read { transaction in
            func all(_ sql: String, _ columns: Int) throws -> [[UInt8]] {
                try transaction.rows(sql, table: "test") { row in
                    try (0..<columns).flatMap { column -> [UInt8] in
                        let text = try? row.integer(column)
                        return try text.map { Array("\($0)|".utf8) } ?? row.blob(column)
                    }
                }
            }
            return [
                try all(
                    "SELECT arrival, log, seq, entry, id, line FROM event NOT INDEXED ORDER BY arrival",
                    6),
                try all(
                    "SELECT number, diary, fork, tip_seq, tip_id, replica FROM branch NOT INDEXED",
                    6),
                try all("SELECT log, seq, ends_at, signature FROM head", 4),
            ]
        }
    }
}
