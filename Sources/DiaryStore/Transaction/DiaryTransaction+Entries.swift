public import SyncCore

extension DiaryTransaction {
    private static let columns = """
        entry.arrival, entry.kind, entry.start_ms, entry.at_ms, entry.low, entry.status,
        entry.in_conflict, entry.to_review, entry.last, entry.digest, entry.diary,
        event.log, event.seq, event.id
        """

    /// Entries in order of their rows: of the instant at which they happened or, where a row has none,
    /// at which they were written.
    ///
    /// What is known by its day alone has no instant, so it stands where it was written.
    ///
    /// - Parameters:
    ///   - kinds: only these; nil for all.
    ///   - times: only those whose instant lies here; costs what it finds.
    public func entries(
        in diary: DiaryID, kinds: [String]? = nil, within times: ClosedRange<Int64>? = nil,
        newestFirst: Bool = true, limit: Int? = nil
    ) throws -> [EntrySummary] {
        let store = try upToDate(diary)
        var condition = "entry.diary = ?"
        var values: [SQLValue] = [.integer(store.number)]
        if let times {
            condition += " AND entry.sort_ms BETWEEN ? AND ?"
            values += [.integer(times.lowerBound), .integer(times.upperBound)]
        }
        if let kinds, kinds.count == 1, let indexed = SQLiteEventStore.indexedKind(kinds[0]) {
            condition += " AND entry.\(indexed)"
        } else if let kinds {
            condition +=
                " AND entry.kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
            values += kinds.map(SQLValue.text)
        }
        let direction = newestFirst ? "DESC" : "ASC"
        let order = "entry.sort_ms \(direction), entry.low \(direction), entry.arrival \(direction)"
        values.append(.integer(limit ?? -1))
        return try summaries(of: store, where: condition, order: order, values)
    }

    /// How many entries there are, but for those of these kinds.
    public func entryCount(in diary: DiaryID, without kinds: Set<String>) throws -> Int {
        let store = try upToDate(diary)
        let all = try connection.integer(
            "SELECT count(*) FROM entry WHERE diary = ?", [.integer(store.number)], table: "entry")
        return try kinds.reduce(all) { left, kind in
            let condition = SQLiteEventStore.indexedKind(kind) ?? "kind = ?2"
            let values: [SQLValue] = [.integer(store.number), .text(kind)]
            return try left
                - connection.integer(
                    "SELECT count(*) FROM entry WHERE diary = ?1 AND \(condition)",
                    condition.hasSuffix("?2") ? values : [values[0]], table: "entry")
        }
    }

    /// The last 40 bits of the ids of all entries, as handles show them.
    public func lowBits(in diary: DiaryID) throws -> [Int] {
        let store = try upToDate(diary)
        return try connection.rows(
            "SELECT low FROM entry WHERE diary = ?", [.integer(store.number)], table: "entry"
        ) { try $0.integer(0) }
    }

    /// The entries of which some event is not covered by `known`; costs what it finds.
    public func entries(
        in diary: DiaryID, beyond known: Coverage
    ) throws -> [EntrySummary] {
        let store = try upToDate(diary)
        return try store.entries(beyond: known).flatMap { entry in
            try summaries(
                of: store, where: "entry.arrival = ?", order: "entry.arrival",
                [.integer(entry), -1])
        }
    }

    /// The entries that wait for a person, oldest first.
    public func openQuestions(in diary: DiaryID) throws -> [EntrySummary] {
        let store = try upToDate(diary)
        return try summaries(
            of: store, where: "entry.diary = ? AND entry.in_conflict = 1",
            order: "entry.sort_ms, entry.low, entry.arrival", [.integer(store.number), -1])
    }

    /// The entries with events that do not count, oldest first.
    public func entriesToReview(in diary: DiaryID) throws -> [EntrySummary] {
        let store = try upToDate(diary)
        return try summaries(
            of: store, where: "entry.diary = ? AND entry.to_review = 1",
            order: "entry.sort_ms, entry.low, entry.arrival", [.integer(store.number), -1])
    }

    /// The entries whose ids end in these bits, as the handles do by which people call them.
    ///
    /// - Parameter count: how many bits are told, at most 40.
    public func entries(
        whoseIDsEndIn bits: Int, count: Int, in diary: DiaryID
    ) throws -> [EntrySummary] {
        let store = try upToDate(diary)
        let mask = (1 << min(max(count, 0), 40)) - 1
        return try summaries(
            of: store, where: "entry.diary = ? AND entry.low & ? = ?",
            order: "entry.sort_ms, entry.low, entry.arrival",
            [.integer(store.number), .integer(mask), .integer(bits & mask), -1])
    }

    /// The entry of this id. Costs a walk over an index of the diary; a position is found at once.
    public func entry(named id: EntryID, in diary: DiaryID) throws -> EntrySummary? {
        let store = try upToDate(diary)
        return try summaries(
            of: store, where: "entry.diary = ? AND entry.low = ?", order: "entry.arrival",
            [.integer(store.number), .integer(EntryRow.low(of: id)), -1]
        ).first { $0.id == id }
    }

    /// The entry begun by the event at this position.
    public func entry(at position: Position, in diary: DiaryID) throws -> EntrySummary? {
        let store = try upToDate(diary)
        guard let held = try store.held(position), held.beginsEntry else { return nil }
        return try summaries(
            of: store, where: "entry.arrival = ?", order: "entry.arrival",
            [.integer(held.arrival), -1]
        ).first
    }

    private func summaries(
        of store: SQLiteEventStore, where condition: String, order: String, _ values: [SQLValue]
    ) throws -> [EntrySummary] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM entry JOIN event ON event.arrival = entry.arrival
            WHERE \(condition) ORDER BY \(order) LIMIT ?
            """, values, table: "entry"
        ) { row in
            let summary = try EntryRow(row)
            guard let branch = store.branchOfRow[try row.integer(11)] else {
                throw StoreError.damaged(.tree)
            }
            let position = Position(
                replica: store.tree.branches[branch].replica, seq: try row.integer(12),
                id: try row.identifier(13))
            return EntrySummary(
                position: position, kind: summary.kind, startMs: summary.startMs,
                atMs: summary.atMs, status: summary.status, isInConflict: summary.isInConflict,
                hasEventsToReview: summary.hasEventsToReview, lastArrival: summary.lastArrival)
        }
    }

    /// What a search over all entries of a kind needs of each.
    public struct Glance: Sendable, Hashable {
        let arrival: Int
        public let startMs: Int64?
        public let status: EntryView.Status
        public let isInConflict: Bool

        /// As of an `EntrySummary`.
        public var settledStartMs: Int64? { isInConflict ? nil : startMs }
    }

    /// All entries of a kind, in no order.
    public func glances(ofKind kind: String, in diary: DiaryID) throws -> [Glance] {
        let store = try upToDate(diary)
        return try connection.rows(
            "SELECT \(EntryRow.columns) FROM entry WHERE diary = ? AND kind = ?",
            [.integer(store.number), .text(kind)], table: "entry"
        ) { row in
            let entry = try EntryRow(row)
            return Glance(
                arrival: entry.arrival, startMs: entry.startMs, status: entry.status,
                isInConflict: entry.isInConflict)
        }
    }

    /// Those of these entries of which a line has one text somewhere, and those with the other; costs a
    /// walk over the diary's lines.
    public func glances(
        _ glances: [Glance], mentioning one: String, or other: String, in diary: DiaryID
    ) throws -> (one: [Glance], other: [Glance]) {
        let store = try upToDate(diary)
        var found: (one: Set<Int>, other: Set<Int>) = ([], [])
        _ = try connection.rows(
            """
            SELECT entry, one, other FROM (
            SELECT entry, instr(line, ?) > 0 AS one, instr(line, ?) > 0 AS other FROM event
            WHERE log IN (SELECT number FROM branch WHERE diary = ?)) WHERE one OR other
            """,
            [
                .blob(Array(one.utf8)), .blob(Array(other.utf8)), .integer(store.number),
            ], table: "event"
        ) { row in
            if try row.bool(1) { found.one.insert(try row.integer(0)) }
            if try row.bool(2) { found.other.insert(try row.integer(0)) }
        }
        return (
            glances.filter { found.one.contains($0.arrival) },
            glances.filter { found.other.contains($0.arrival) }
        )
    }

    // MARK: What entries say

    /// What the entry says at which this is a glance.
    public func view(of glance: Glance, in diary: DiaryID) throws -> EntryView? {
        try view(ofArrival: glance.arrival, in: diary)
    }

    /// What an entry says, derived from its own lines; nil if it is not held.
    public func view(of entry: EntryID, in diary: DiaryID) throws -> EntryView? {
        guard let arrival = try arrival(of: entry, in: diary) else { return nil }
        return try view(ofArrival: arrival, in: diary)
    }

    /// What the entry begun at this position says.
    public func view(of entry: Position, in diary: DiaryID) throws -> EntryView? {
        guard let held = try events(in: diary).held(entry), held.beginsEntry else { return nil }
        return try view(ofArrival: held.arrival, in: diary)
    }

    private func view(ofArrival arrival: Int, in diary: DiaryID) throws -> EntryView? {
        let store = try upToDate(diary)
        return try EntryView(
            of: store.events(ofEntry: arrival), in: store, standing: standing(in: diary))
    }

    /// All events of the entry begun at this position, in order of arrival; empty if it is not held.
    public func events(of entry: Position, in diary: DiaryID) throws -> [StoredEvent] {
        let store = try events(in: diary)
        guard let held = try store.held(entry), held.beginsEntry else { return [] }
        return try store.events(ofEntry: held.arrival)
    }

    /// All events of an entry, in order of arrival; empty if it is not held.
    public func events(of entry: EntryID, in diary: DiaryID) throws -> [StoredEvent] {
        guard let arrival = try arrival(of: entry, in: diary) else { return [] }
        return try events(in: diary).events(ofEntry: arrival)
    }

    private func arrival(of entry: EntryID, in diary: DiaryID) throws -> Int? {
        guard let position = try self.entry(named: entry, in: diary)?.position else { return nil }
        return try events(in: diary).held(position)?.arrival
    }

    /// What counts, worked out once for each state of the logs.
    public func standing(in diary: DiaryID) throws -> Standing {
        try upToDate(diary).currentStanding()
    }
}
