internal import SyncCore

/// What a transaction has still to write to the read model.
///
/// Rows are kept here and written once, however often a transaction touches them. An entry whose row
/// does not follow from the new event alone is worked out again from its lines, also once.
struct EntryProjection {
    /// Rows as they are now, of entries this transaction began or amended.
    fileprivate(set) var rows: [Int: EntryRow] = [:]
    fileprivate var unwritten: Set<Int> = []
    /// Of entries touched: how far they reach on each branch.
    fileprivate var reaches: [Int: [Int: Int]] = [:]
    /// Entries to be worked out again.
    var outdated: Set<Int> = []
    /// What counted before this transaction.
    fileprivate var standing: Standing?
    fileprivate var hasStanding = false
    /// Whether some log is relied on in part: then any event may be one that is trusted.
    fileprivate var trustsInPart = false
    var standingMayHaveChanged = false
    /// What counts now, if it has been worked out since the last change.
    var standingNow: Standing?
    private static let limit = 50_000

    func known(_ entry: Int) -> EntryRow? { outdated.contains(entry) ? nil : rows[entry] }

    /// Forgets what has been written, so that a long import does not fill the memory.
    fileprivate mutating func written() {
        unwritten = []
        if rows.count > Self.limit { rows = [:] }
        if reaches.count > Self.limit { reaches = [:] }
    }

    /// Keeps a row that was made anew.
    mutating func replace(_ row: EntryRow) {
        rows[row.arrival] = row
        unwritten.insert(row.arrival)
    }

    var isLong: Bool { unwritten.count >= 10_000 }

    /// Forgets everything: the rows are made anew.
    mutating func reset() { self = EntryProjection() }
}

extension SQLiteEventStore {
    /// Notes what counts before the first change of this transaction.
    func rememberStandingBefore() throws {
        projection.standingNow = nil
        guard !projection.hasStanding else { return }
        let standing = pinnedClinic == nil ? nil : try Standing(of: self)
        projection.standing = standing
        projection.hasStanding = true
        projection.trustsInPart = tree.replicas.contains { standing?.trust(of: $0).isAll == false }
    }

    /// What counts now; everything put off has to be written.
    func currentStanding() throws -> Standing {
        if let standing = projection.standingNow { return standing }
        let standing = try Standing(of: self)
        projection.standingNow = standing
        return standing
    }

    /// Takes a new event into the read model.
    func project(_ event: StoredEvent) throws {
        let entry = event.held.entry
        let kind = try event.line.envelope.kind ?? row(ofEntry: entry)?.kind
        if kind == Vocabulary.replicaKind || kind == nil {
            projection.standingMayHaveChanged = true
        }
        if projection.trustsInPart { projection.standingMayHaveChanged = true }
        guard !projection.outdated.contains(entry) else { return }
        if let kind, counts(event, kind: kind), let row = try rowAfter(event, kind: kind) {
            projection.replace(row)
        } else {
            projection.outdated.insert(entry)
            if let kind = event.line.envelope.kind {
                // By its kind it can be found already, should it be the clinic's word.
                keepProvisionalRow(of: event, kind: kind)
            }
        }
    }

    /// Whether an event and all its fields count, by what counted when this transaction began.
    private func counts(_ event: StoredEvent, kind: String) -> Bool {
        guard let standing = projection.standing, standing.isInForce else { return true }
        let replica = event.line.envelope.replica
        let beginner = event.line.entry.replica
        return standing.counts(event.held.place)
            && event.line.envelope.fields.allSatisfy {
                standing.counts(field: $0, kind: kind, from: replica, begunBy: beginner)
            }
    }

    /// The row after an event that begins an entry, or that has seen all of an entry without a
    /// question; nil if the entry has to be worked out from its lines.
    private func rowAfter(_ event: StoredEvent, kind: String) throws -> EntryRow? {
        let line = event.line
        let setsStatus = line.envelope.fields.contains(Vocabulary.status)
        let setsTime = line.envelope.fields.contains(EntryRow.time)
        let glance = setsStatus || setsTime ? BodyGlance(line) : nil
        guard glance != nil || !(setsStatus || setsTime) else { return nil }

        var row: EntryRow
        if event.held.beginsEntry {
            row = EntryRow(beginning: event, kind: kind)
        } else {
            guard let before = try self.row(ofEntry: event.held.entry), !before.isInConflict,
                try hasSeenAll(event)
            else { return nil }
            row = before
            row.lastArrival = event.held.arrival
        }
        if setsStatus {
            row.status = glance?.status == Vocabulary.voided ? .voided : .active
        }
        if setsTime { row.startMs = glance?.startMs }
        return row
    }

    /// Whether an event's context covers every earlier event of its entry.
    private func hasSeenAll(_ event: StoredEvent) throws -> Bool {
        let entry = event.held.entry
        var reaches: [Int: Int]
        if let known = projection.reaches[entry] {
            reaches = known
        } else {
            reaches = [:]
            let places = try connection.rows(
                "SELECT log, seq FROM event WHERE entry = ? AND arrival < ?",
                [.integer(entry), .integer(event.held.arrival)], table: "event"
            ) { (row: try $0.integer(0), seq: try $0.integer(1)) }
            for place in places {
                guard let branch = branchOfRow[place.row] else {
                    throw StoreError.damaged(.row(table: "event"))
                }
                reaches[branch] = max(reaches[branch] ?? 0, place.seq)
            }
        }
        let seen = try coverage(of: event.line.envelope.context)
        let seesAll = reaches.allSatisfy { seen.reach(of: $0.key) >= $0.value }
        let place = event.held.place
        reaches[place.branch] = max(reaches[place.branch] ?? 0, place.seq)
        projection.reaches[entry] = reaches
        return seesAll
    }

    /// The row of an entry as it is now; nil if it is missing or damaged, and has to be made anew.
    private func row(ofEntry entry: Int) throws -> EntryRow? {
        if let row = projection.rows[entry] { return row }
        do {
            let row = try connection.first(
                "SELECT \(EntryRow.columns) FROM entry WHERE arrival = ?", [.integer(entry)],
                table: "entry", EntryRow.init)
            if let row { projection.rows[entry] = row }
            return row
        } catch StoreError.damaged(.readModel) { return nil }
    }

    // MARK: Writing

    /// Works out again what does not follow from single events.
    func refreshOutdated() throws {
        var standing = projection.standing
        if projection.standingMayHaveChanged {
            standing = pinnedClinic == nil ? nil : try Standing(of: self)
            let entries = try entriesAffected(by: projection.standing, standing)
            projection.outdated.formUnion(entries)
            projection.standing = standing
            projection.standingMayHaveChanged = false
        }
        guard !projection.outdated.isEmpty else { return }
        try workOut(projection.outdated.sorted(), standing: standing ?? currentStanding())
        projection.outdated = []
    }

    /// Makes the rows of entries from their lines.
    func workOut(_ entries: [Int], standing: Standing) throws {
        for entry in entries {
            let events = try events(ofEntry: entry)
            guard let view = try EntryView(of: events, in: self, standing: standing) else {
                throw StoreError.damaged(.tree)
            }
            projection.replace(try EntryRow(view, of: events))
        }
    }

    /// Keeps the row of an event that begins an entry until the entry is worked out.
    func keepProvisionalRow(of event: StoredEvent, kind: String) {
        projection.replace(EntryRow(beginning: event, kind: kind))
    }

    /// Writes the rows that this transaction changed.
    func writeRows() throws {
        guard connection.isWriting, !projection.unwritten.isEmpty else { return }
        let write = try connection.statement(
            """
            INSERT OR REPLACE INTO entry(
                arrival, diary, kind, start_ms, at_ms, sort_ms, low, status, in_conflict,
                to_review, last, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, table: "entry")
        for entry in projection.unwritten.sorted() {
            guard let row = projection.rows[entry] else { continue }
            try write.bind(1, row.arrival)
            try write.bind(2, number)
            try write.bind(3, row.kind)
            try write.bind(4, row.startMs)
            try write.bind(5, row.atMs)
            try write.bind(6, row.sortMs)
            try write.bind(7, row.low)
            try write.bind(8, Int(row.status.code))
            try write.bind(9, row.isInConflict ? 1 : 0)
            try write.bind(10, row.hasEventsToReview ? 1 : 0)
            try write.bind(11, row.lastArrival)
            try write.bind(12, row.digest(diary: number))
            try write.run()
        }
        projection.written()
    }
}
