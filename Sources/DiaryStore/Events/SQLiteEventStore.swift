public import SyncCore

/// The logs of one diary in SQLite, within one transaction.
///
/// Looking up a position costs nothing where the tree shows that no such event can be held, and one
/// search of `(log, seq)` otherwise. What this transaction stored or looked up is remembered until it
/// ends. Rows derived from events are written by `flush`, once for each entry and transaction.
public final class SQLiteEventStore: EventStore {
    public let diary: DiaryID
    public internal(set) var pinnedClinic: PublicKey?
    public internal(set) var tree: LogTree
    let connection: SQLConnection
    /// The number of the diary in this file.
    let number: Int
    /// The row numbers of the tree's branches.
    var rowNumbers: [Int]
    var branchOfRow: [Int: Int] = [:]
    /// Branches whose tips are not yet in their rows.
    var movedBranches: Set<Int> = []
    let arrivals: ArrivalCounter
    private let firstFreeArrival: Int
    private var storedArrival: Int?
    private var remembered: [EventID: HeldEvent] = [:]
    private var keys: [ReplicaID: PublicKey] = [:]
    private var orders: [Position: Signature]?
    /// What follows from the events for the read model; written by `flush`.
    var projection = EntryProjection()
    /// The entries of each kind as their lines say, where the read model is not to be relied on.
    var entriesOfKind: [String: [Int]]?

    private static let rememberedLimit = 100_000

    init(
        _ connection: SQLConnection, diary: DiaryID, number: Int, pin: PublicKey?,
        arrivals: ArrivalCounter
    ) throws {
        self.connection = connection
        self.diary = diary
        self.number = number
        self.arrivals = arrivals
        pinnedClinic = pin
        firstFreeArrival = try arrivals.next()
        let branches = try BranchRows(of: number, in: connection)
        tree = branches.tree
        rowNumbers = branches.numbers
        for (branch, row) in rowNumbers.enumerated() { branchOfRow[row] = branch }
    }

    public var nextArrival: Int {
        // Loading failed in the initialiser or not at all.
        (try? arrivals.next()) ?? firstFreeArrival
    }

    // MARK: Looking up

    public func held(_ position: Position) throws -> HeldEvent? {
        if let held = remembered[position.id] {
            let branch = tree.branches.indices.contains(held.place.branch) ? held.place.branch : nil
            guard let branch, tree.branches[branch].replica == position.replica,
                held.place.seq == position.seq
            else { return nil }
            return held
        }
        for place in tree.candidatePlaces(replica: position.replica, seq: position.seq) {
            guard let (id, held) = try event(at: place) else {
                // The tree says that it is there.
                throw StoreError.damaged(.tree)
            }
            if id == position.id {
                remember(id, held)
                return held
            }
        }
        return nil
    }

    /// The id of the event at a place, and where it stands.
    public func event(at place: LogPlace) throws -> (EventID, HeldEvent)? {
        let statement = try connection.statement(
            """
            SELECT id, arrival, entry, substr(line, 1, 3) = x'7B2265' FROM event
            WHERE log = ? AND seq = ?
            """, table: "event")
        defer { statement.reset() }
        guard rowNumbers.indices.contains(place.branch) else { return nil }
        try statement.bind(1, rowNumbers[place.branch])
        try statement.bind(2, place.seq)
        guard let row = try statement.step() else { return nil }
        let held = HeldEvent(
            place: place, arrival: try row.integer(1), entry: try row.integer(2),
            isErased: try row.bool(3))
        return (try row.identifier(0), held)
    }

    func remember(_ id: EventID, _ held: HeldEvent) {
        if remembered.count >= Self.rememberedLimit { remembered = [:] }
        remembered[id] = held
    }

    public func key(of replica: ReplicaID) throws -> PublicKey? {
        if let key = keys[replica] { return key }
        let first = tree.branchNumbers(of: replica).first { tree.branches[$0].parent == nil }
        guard let first else { return nil }
        let stored = try connection.first(
            "SELECT arrival, log, seq, entry, id, line FROM event WHERE log = ? AND seq = 1",
            [.integer(rowNumbers[first])], table: "event", storedEvent)
        guard let stored, let key = stored.line.envelope.introduction?.key else {
            throw StoreError.damaged(.tree)
        }
        keys[replica] = key
        return key
    }

    func learn(_ introduction: Envelope.Introduction, of replica: ReplicaID) {
        keys[replica] = introduction.key
    }

    // MARK: Entries

    public func events(ofEntry entry: Int) throws -> [StoredEvent] {
        try connection.rows(
            """
            SELECT arrival, log, seq, entry, id, line FROM event WHERE entry = ? ORDER BY arrival
            """, [.integer(entry)], table: "event", storedEvent)
    }

    public func kind(ofEntry entry: Int) throws -> String? {
        if let row = projection.known(entry) { return row.kind }
        let first = try connection.first(
            "SELECT arrival, log, seq, entry, id, line FROM event WHERE arrival = ?",
            [.integer(entry)], table: "event", storedEvent)
        return first?.line.envelope.kind
    }

    public func events(ofKind kind: String) throws -> [StoredEvent] {
        if let entriesOfKind {
            return try (entriesOfKind[kind] ?? []).flatMap(events(ofEntry:))
                .sorted { $0.held.arrival < $1.held.arrival }
        }
        try writeRows()
        let indexed = Self.indexedKind(kind)
        let entries = try connection.rows(
            "SELECT arrival FROM entry WHERE diary = ?1 AND \(indexed ?? "kind = ?2")",
            indexed == nil ? [.integer(number), .text(kind)] : [.integer(number)], table: "entry"
        ) { try $0.integer(0) }
        return try entries.flatMap(events(ofEntry:)).sorted { $0.held.arrival < $1.held.arrival }
    }

    /// The condition on a kind that has an index of its own, written out as the index has it.
    static func indexedKind(_ kind: String) -> String? {
        switch kind {
        case Vocabulary.replicaKind: "kind = 'replica'"
        case Vocabulary.personKind: "kind = 'person'"
        case Vocabulary.erasureKind: "kind = 'erasure'"
        default: nil
        }
    }

    /// The entries of which some event is not covered by `known`, by arrival of their first event.
    func entries(beyond known: Coverage) throws -> [Int] {
        var entries: Set<Int> = []
        for (number, branch) in tree.branches.enumerated() {
            let reach = max(known.reach(of: number), branch.forkSeq)
            guard branch.tip.seq > reach else { continue }
            entries.formUnion(
                try connection.rows(
                    "SELECT entry FROM event WHERE log = ? AND seq > ?",
                    [.integer(rowNumbers[number]), .integer(reach)], table: "event"
                ) { try $0.integer(0) })
        }
        return entries.sorted()
    }

    /// The entries to which the first `limit` events that arrived from this number on belong, in the
    /// order of those: entries that began with them, and entries that were here before.
    public func entriesTouched(
        since arrival: Int, limit: Int
    ) throws -> (new: [EntryID], merged: [EntryID]) {
        let rows = try connection.rows(
            """
            SELECT event.log, event.entry, begun.id FROM event
            JOIN event AS begun ON begun.arrival = event.entry
            WHERE event.arrival >= ? ORDER BY event.arrival LIMIT ?
            """, [.integer(arrival), .integer(limit)], table: "event"
        ) { row in
            (
                branch: branchOfRow[try row.integer(0)], entry: try row.integer(1),
                id: try row.identifier(2, as: EntryID.self)
            )
        }.filter { $0.branch != nil }
        return (
            rows.filter { $0.entry >= arrival }.map(\.id),
            rows.filter { $0.entry < arrival }.map(\.id)
        )
    }

    /// The events that arrived from this number on and do not begin their entry, in that order.
    public func amendments(since arrival: Int) throws -> [StoredEvent] {
        try connection.rows(
            """
            SELECT arrival, log, seq, entry, id, line FROM event
            WHERE arrival >= ? AND entry != arrival ORDER BY arrival
            """, [.integer(arrival)], table: "event"
        ) { row in
            // One file may keep several diaries.
            branchOfRow[try row.integer(1)] == nil ? nil : try storedEvent(row)
        }.compactMap { $0 }
    }

    /// Reads `arrival, log, seq, entry, id, line`, and checks that the line is what its id says.
    func storedEvent(_ row: SQLRow) throws -> StoredEvent {
        let arrival = try row.integer(0)
        let seq = try row.integer(2)
        guard let branch = branchOfRow[try row.integer(1)] else {
            throw StoreError.damaged(.row(table: "event"))
        }
        guard let line = try? EventLine(try row.blob(5), diary: diary),
            line.id == (try row.identifier(4, as: EventID.self)), line.envelope.seq == seq
        else { throw StoreError.damaged(.line(arrival: arrival)) }
        let held = HeldEvent(
            place: LogPlace(branch: branch, seq: seq), arrival: arrival,
            entry: try row.integer(3), isErased: line.isErased)
        return StoredEvent(line: line, held: held)
    }

    // MARK: Erasure

    public func erasureOrdered(of position: Position) throws -> Signature? {
        try loadedOrders()[position]
    }

    private func loadedOrders() throws -> [Position: Signature] {
        if let orders { return orders }
        var loaded: [Position: Signature] = [:]
        let rows = try connection.rows(
            "SELECT replica, seq, id, signature FROM erasure_order WHERE diary = ?",
            [.integer(number)], table: "erasure_order"
        ) { row in
            let position = Position(
                replica: try row.identifier(0), seq: try row.integer(1), id: try row.identifier(2))
            return (position, try row.identifier(3, as: Signature.self))
        }
        for (position, signature) in rows { loaded[position] = signature }
        orders = loaded
        return loaded
    }

    public func order(erasureOf position: Position, _ signature: Signature) throws {
        try connection.check(writing: true)
        try connection.run(
            """
            INSERT OR REPLACE INTO erasure_order(diary, replica, seq, id, signature)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                .integer(number), .blob(position.replica.octets), .integer(position.seq),
                .blob(position.id.octets), .blob(signature.octets),
            ], table: "erasure_order")
        var known = try loadedOrders()
        known[position] = signature
        orders = known
    }

    public func erase(_ event: StoredEvent) throws {
        try connection.check(writing: true)
        try rememberStandingBefore()
        try connection.run(
            "UPDATE event SET line = ? WHERE arrival = ?",
            [.blob(event.line.bytes), .integer(event.held.arrival)], table: "event")
        let held = event.held
        remember(
            event.line.id,
            HeldEvent(
                place: held.place, arrival: held.arrival, entry: held.entry, isErased: true))
        projection.outdated.insert(held.entry)
        if try kind(ofEntry: held.entry) == Vocabulary.replicaKind {
            projection.standingMayHaveChanged = true
        }
    }
}
