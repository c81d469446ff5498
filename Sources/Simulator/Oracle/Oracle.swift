import SyncCore

/// What the people of a diary remember: what was saved, what each writer saw, whom the clinic trusts.
struct Oracle {
    struct Saved {
        let event: OracleEvent
        let seen: Set<EventID>
    }
    /// The clinic's word on a device: nil trusts all, otherwise each position with what is below it.
    struct Word {
        let id: EventID
        let seen: Set<EventID>
        let trusted: [EventID: Set<EventID>]?
    }
    struct Origin {
        let isClinic: Bool
        let continues: ReplicaID?
        let first: Position
    }
    /// What counts of a log: all, or these.
    enum Belief {
        case all
        case only(Set<EventID>)

        func covers(_ id: EventID) -> Bool {
            switch self {
            case .all: true
            case .only(let ids): ids.contains(id)
            }
        }
    }

    private(set) var events: [EventID: OracleEvent] = [:]
    private(set) var saved: [EventID: Saved] = [:]
    private(set) var origin: [ReplicaID: Origin] = [:]
    private(set) var words: [EventID: [Word]] = [:]
    /// Events with which a person spoke of the entry's status.
    private(set) var spoke: Set<EventID> = []
    /// Which event each order to erase names.
    var orders: [EventID: EventID] = [:]
    /// The events that were written in one section, each with all of them.
    var mates: [EventID: Set<EventID>] = [:]

    mutating func note(_ line: EventLine, isClinic: Bool) throws -> OracleEvent {
        let envelope = line.envelope
        let entry = line.entry.id
        var supports = Set(envelope.context.map(\.id))
        if entry != line.id { supports.insert(entry) }
        if let prev = envelope.prev { supports.insert(prev) }
        let continues = envelope.introduction?.continues?.position
        if let continues { supports.insert(continues.id) }
        let below = envelope.prev.flatMap { events[$0]?.below } ?? []
        let event = OracleEvent(
            line: line, entry: entry, kind: envelope.kind ?? events[entry]?.kind ?? "",
            sets: line.body?.set ?? [:], below: below.union([line.id]), supports: supports)
        if events[line.id] != nil {
            throw SimulationFailure(description: "two events of one id")
        }
        events[line.id] = event
        if envelope.introduction != nil {
            origin[event.replica] = Origin(
                isClinic: isClinic, continues: continues?.replica, first: line.position)
        }
        return event
    }

    /// A person was told that this is saved; it was written from a page that showed `seen`.
    mutating func told(_ event: OracleEvent, seeing seen: Set<EventID>, speaksOfStatus: Bool) {
        saved[event.id] = Saved(event: event, seen: seen)
        if speaksOfStatus { spoke.insert(event.id) }
        guard let trusted = event.sets["trusted"], isClinic(event.replica) else { return }
        let list = trusted.arrayValue.map { items in
            Dictionary(
                items.compactMap(Position.init(json:)).map { ($0.id, events[$0.id]?.below ?? []) },
                uniquingKeysWith: { first, _ in first })
        }
        words[event.entry, default: []].append(Word(id: event.id, seen: seen, trusted: list))
    }

    func isClinic(_ replica: ReplicaID) -> Bool { origin[replica]?.isClinic ?? false }

    /// The introduction that a replica's chain began with.
    func root(_ replica: ReplicaID) -> Position? {
        guard let origin = origin[replica] else { return nil }
        return origin.continues.flatMap(root) ?? origin.first
    }

    /// Whether nobody's word is in force in a store that holds these events.
    func everythingCounts(in held: Set<EventID>, isPinned: Bool) -> Bool {
        !isPinned || !words.values.joined().contains { held.contains($0.id) }
    }

    func belief(in replica: ReplicaID, held: Set<EventID>) -> Belief {
        if isClinic(replica) { return .all }
        guard let root = root(replica) else { return .only([]) }
        let known = (words[root.id] ?? []).filter { held.contains($0.id) }
        let standing = known.filter { word in !known.contains { $0.seen.contains(word.id) } }
        let lists = standing.compactMap(\.trusted).map { list in
            list.filter { held.contains($0.key) }.values.reduce(into: Set()) { $0.formUnion($1) }
        }
        guard let first = lists.first else { return standing.isEmpty ? .only([]) : .all }
        return .only(lists.dropFirst().reduce(first) { $0.intersection($1) })
    }

    /// Whether a field counts from the log that set it.
    func may(_ event: OracleEvent, _ field: String, anyone: Bool) -> Bool {
        if anyone || isClinic(event.replica) { return true }
        switch (event.kind, field) {
        case ("erasure", _), ("reaction", "grade.assessed"): return false
        case ("replica", "label"):
            return events[event.entry].map { root($0.replica) == root(event.replica) } ?? false
        case ("replica", _): return !OracleEvent.clinicFields.contains(field)
        default: return true
        }
    }

    /// These events with all that rests on them.
    func resting(on bad: Set<EventID>) -> Set<EventID> {
        var bad = bad
        var grew = !bad.isEmpty
        while grew {
            grew = false
            for event in events.values where !bad.contains(event.id) {
                if !event.supports.isDisjoint(with: bad) { grew = bad.insert(event.id).inserted }
            }
        }
        return bad
    }
}
