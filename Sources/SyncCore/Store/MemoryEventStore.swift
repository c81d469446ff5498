/// The logs of one diary in memory: for simulation, tests and tools.
public struct MemoryEventStore: EventStore, Sendable {
    public let diary: DiaryID
    public var pinnedClinic: PublicKey?
    public private(set) var tree = LogTree()
    private var events: [StoredEvent] = []
    private var numbers: [EventID: Int] = [:]
    private var numbersOfEntry: [Int: [Int]] = [:]
    private var keys: [ReplicaID: PublicKey] = [:]
    private var orders: [Position: Signature] = [:]
    /// The stored sections: where each ends, and its heads.
    private var sections: [(end: Int, heads: [PlacedHead])] = []

    public init(diary: DiaryID, pinnedClinic: PublicKey? = nil) {
        self.diary = diary
        self.pinnedClinic = pinnedClinic
    }

    public var nextArrival: Int { events.count }

    public func held(_ position: Position) throws -> HeldEvent? {
        guard let number = numbers[position.id], events[number].line.position == position else {
            return nil
        }
        return events[number].held
    }

    public func key(of replica: ReplicaID) throws -> PublicKey? { keys[replica] }

    public func erasureOrdered(of position: Position) throws -> Signature? { orders[position] }

    public func events(ofEntry entry: Int) throws -> [StoredEvent] {
        (numbersOfEntry[entry] ?? []).map { events[$0] }
    }

    public func kind(ofEntry entry: Int) throws -> String? {
        events.indices.contains(entry) ? events[entry].line.envelope.kind : nil
    }

    public func events(ofKind kind: String) throws -> [StoredEvent] {
        events.filter { events[$0.held.entry].line.envelope.kind == kind }
    }

    /// The arrival numbers of the events that begin entries, in order.
    public var entries: [Int] { numbersOfEntry.keys.sorted() }

    public mutating func append(_ section: AcceptedSection) throws {
        for event in section.events {
            numbers[event.line.id] = event.held.arrival
            numbersOfEntry[event.held.entry, default: []].append(event.held.arrival)
            if let introduction = event.line.envelope.introduction {
                keys[event.line.envelope.replica] = introduction.key
            }
            events.append(event)
        }
        sections.append((end: events.count, heads: section.heads))
        tree = section.tree
    }

    public func forEachSection(
        beyond known: Coverage, _ body: (StoredSection) throws -> Bool
    ) throws {
        var start = 0
        for section in sections {
            let lines = events[start..<section.end].filter { !known.contains($0.held.place) }
                .map { StoredLine(bytes: $0.line.bytes, place: $0.held.place) }
            start = section.end
            let heads = section.heads.filter { !known.contains($0.place) }
            if !lines.isEmpty, try !body(StoredSection(lines: lines, heads: heads)) { return }
        }
    }

    public mutating func erase(_ event: StoredEvent) throws {
        let held = event.held
        events[held.arrival] = StoredEvent(
            line: event.line,
            held: HeldEvent(
                place: held.place, arrival: held.arrival, entry: held.entry, isErased: true))
    }

    public mutating func order(erasureOf position: Position, _ signature: Signature) throws {
        orders[position] = signature
    }
}
