internal import GRDB
internal import SyncCore

/// Reads what can be read of a file whose pages are damaged, row by row, into a new one.
///
/// Rows go over as they stand and are believed by nobody yet: the cut that follows checks every line,
/// link and signature of them. What is derived is not read at all.
struct Salvage {
    private let source: SQLConnection
    private let target: SQLConnection

    private init(from source: SQLConnection, to target: SQLConnection) {
        self.source = source
        self.target = target
    }

    /// Copies all that can be read.
    ///
    /// - Returns: how many events the branches name that were not read.
    static func run(fileAt path: String, into database: DiaryDatabase) throws -> Int {
        var configuration = Connections.configuration()
        configuration.readonly = true
        configuration.label = "diary salvage"
        return try StoreError.mapping {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let lost = try queue.inDatabase { damaged in
                let source = SQLConnection(damaged, isWriting: false)
                defer { source.end() }
                return try database.write { transaction in
                    try Salvage(from: source, to: transaction.connection).copyAll()
                }
            }
            try queue.close()
            return lost
        }
    }

    private func copyAll() throws -> Int {
        // Diaries and branches first: rows of the others name them.
        let first = ["diary", "branch", "event", "head"]
        let rest = try target.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid", table: "schema"
        ) { try $0.text(0) }.filter {
            !first.contains($0) && !["entry", "migration"].contains($0) && !$0.hasPrefix("sqlite_")
        }
        for table in first + rest { try copy(table) }
        let named = try target.integer("SELECT coalesce(sum(tip_seq - fork), 0) FROM branch")
        let held = try target.integer(
            "SELECT count(*) FROM event WHERE log IN (SELECT number FROM branch)")
        for table in ["event", "head"] {
            try target.run(
                "DELETE FROM \(table) WHERE log NOT IN (SELECT number FROM branch)", table: table)
        }
        return max(0, named - held)
    }

    private func copy(_ table: String) throws {
        let columns = try target.rows("PRAGMA table_info(\(table))", table: "pragma") {
            (name: try $0.text(1), type: try $0.text(2), key: try $0.integer(5))
        }
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let insert = "INSERT OR IGNORE INTO \(table)(\(names)) VALUES (\(marks))"
        let key = columns.filter { $0.key > 0 }.sorted { $0.key < $1.key }.map(\.name)
        let order = key.isEmpty ? ["rowid"] : key
        var ends: [Int?] = []
        for direction in ["ASC", "DESC"] {
            let by = order.map { "\($0) \(direction)" }.joined(separator: ", ")
            let (isWhole, last) = try walk(
                "SELECT \(names) FROM \(table) ORDER BY \(by)", [], table, columns.count, insert)
            if isWhole { return }
            ends.append(last)
        }
        // Between the two walks, each row by itself: a damaged page takes only its own rows with it.
        guard key.count == 1, key.first == columns.first?.name, columns.first?.type == "INTEGER"
        else { return }
        let low = (ends[0] ?? 0) + 1
        let high = try ends[1] ?? (low + source.integer("PRAGMA page_count") * 64)
        guard low < high else { return }
        for number in low..<high {
            _ = try walk(
                "SELECT \(names) FROM \(table) WHERE \(key[0]) = ?", [.integer(number)], table,
                columns.count, insert)
        }
    }

    /// Copies the rows of one query until the first that cannot be read.
    ///
    /// - Returns: whether all could be, and the number in the first column of the last that was.
    private func walk(
        _ sql: String, _ values: [SQLValue], _ table: String, _ count: Int, _ insert: String
    ) throws -> (isWhole: Bool, last: Int?) {
        var last: Int?
        let rows: SQLStatement
        do {
            rows = try source.statement(sql, table: table)
            try rows.bind(values)
        } catch is StoreError { return (false, nil) }
        defer { rows.reset() }
        while true {
            let row: SQLRow
            do {
                guard let next = try rows.step() else { return (true, last) }
                row = next
            } catch is StoreError { return (false, last) }
            // A row of impossible values is left behind by itself.
            guard let values = try? (0..<count).map(row.value) else { continue }
            last = (try? row.integer(0)) ?? last
            do { try target.run(insert, values, table: table) } catch StoreError.database {
                continue
            }
        }
    }
}
