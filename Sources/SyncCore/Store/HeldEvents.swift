/// What the pure rules ask of a store: where an event stands, and what stands around it.
///
/// Arrival numbers count the events of one store in the order in which it took them; they are a causal
/// order and, like branch numbers, never on the wire.
public protocol HeldEvents {
    var diary: DiaryID { get }
    /// The clinic this store has pinned; nil before joining.
    var pinnedClinic: PublicKey? { get }
    var tree: LogTree { get }
    /// The arrival number that the next event stored will have.
    var nextArrival: Int { get }

    /// Where an event stands, if it is held: replica, seq and id must all be right.
    func held(_ position: Position) throws -> HeldEvent?
    /// The key of a replica whose introduction is held.
    func key(of replica: ReplicaID) throws -> PublicKey?
    /// The signature that an order in force puts in place of the body of the event at this position:
    /// replica, seq and id must all be right.
    func erasureOrdered(of position: Position) throws -> Signature?
    /// All events of the entry begun by the event with this arrival number, in order of arrival.
    func events(ofEntry entry: Int) throws -> [StoredEvent]
    /// The kind of the entry begun by the event with this arrival number.
    func kind(ofEntry entry: Int) throws -> String?
    /// All events of entries of a kind, in order of arrival.
    func events(ofKind kind: String) throws -> [StoredEvent]
}

/// Where a held event stands.
public struct HeldEvent: Sendable, Hashable {
    public let place: LogPlace
    public let arrival: Int
    /// The arrival number of the event that began its entry.
    public let entry: Int
    /// Whether it stands here with the clinic's signature in place of its body.
    public let isErased: Bool

    public var beginsEntry: Bool { arrival == entry }

    public init(place: LogPlace, arrival: Int, entry: Int, isErased: Bool) {
        self.place = place
        self.arrival = arrival
        self.entry = entry
        self.isErased = isErased
    }
}

/// An event with where it stands.
public struct StoredEvent: Sendable, Hashable {
    public let line: EventLine
    public let held: HeldEvent

    public init(line: EventLine, held: HeldEvent) {
        self.line = line
        self.held = held
    }
}
