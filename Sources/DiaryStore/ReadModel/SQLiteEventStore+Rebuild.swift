internal import SyncCore

extension SQLiteEventStore {
    /// The entries of each kind, read from the lines that begin them.
    func readEntriesOfKind() throws -> [String: [Int]] {
        var entries: [String: [Int]] = [:]
        for row in rowNumbers {
            let begun = try connection.rows(
                """
                SELECT arrival, log, seq, entry, id, line FROM event
                WHERE log = ? AND entry = arrival ORDER BY seq
                """, [.integer(row)], table: "event"
            ) { row in
                let event = try storedEvent(row)
                return (event.held.arrival, event.line.envelope.kind)
            }
            for case (let arrival, let kind?) in begun {
                entries[kind, default: []].append(arrival)
            }
        }
        return entries.mapValues { $0.sorted() }
    }

    /// The rows of the read model as the lines say, one entry after the other.
    func forEachRowFromLines(_ body: (EntryRow) throws -> Void) throws {
        let entries = try readEntriesOfKind()
        entriesOfKind = entries
        defer { entriesOfKind = nil }
        let standing = try Standing(of: self)
        for entry in entries.values.joined().sorted() {
            let events = try events(ofEntry: entry)
            guard let view = try EntryView(of: events, in: self, standing: standing) else {
                throw StoreError.damaged(.tree)
            }
            try body(try EntryRow(view, of: events))
        }
    }

    /// Makes the read model of this diary anew.
    func rebuild() throws {
        try connection.check(writing: true)
        try connection.run(
            "DELETE FROM entry WHERE diary = ?", [.integer(number)], table: "entry")
        projection.reset()
        try forEachRowFromLines { row in
            projection.replace(row)
            if projection.isLong { try writeRows() }
        }
        try writeRows()
    }

    /// The rows of the read model in order, with why one cannot be read.
    func storedRows() throws -> [Int: Result<EntryRow, StoreError>] {
        let arrivals = try connection.rows(
            "SELECT arrival FROM entry WHERE diary = ?", [.integer(number)], table: "entry"
        ) { try $0.integer(0) }
        var rows: [Int: Result<EntryRow, StoreError>] = [:]
        for arrival in arrivals {
            do {
                let row = try connection.first(
                    "SELECT \(EntryRow.columns) FROM entry WHERE arrival = ?", [.integer(arrival)],
                    table: "entry", EntryRow.init)
                if let row { rows[arrival] = .success(row) }
            } catch let error as StoreError { rows[arrival] = .failure(error) }
        }
        return rows
    }
}
