import SyncCore

/// A mistake that an implementation could make, planted to see that the worlds find it.
enum Defect: String, CaseIterable, Sendable {
    /// A store takes any event of that replica and seq for the one that was meant.
    case heldIgnoresIDs
    /// The context is taken when the form is saved, not when it was opened.
    case contextAtSaving
    /// The context names what did not count on the page.
    case contextOfWhatDoesNotCount
    /// The asker remembers as held what it sent and heard nothing of.
    case believesUnanswered
    /// A signed form does not replace the body of a line that is held.
    case keepsErasedBody
    /// A restored clinic gives before its list of devices is confirmed.
    case givesUnconfirmed

    /// Where to begin to look for it; the worlds that show it are rare for some.
    var firstWorld: UInt64 { self == .believesUnanswered ? 90 : 0 }
}

/// The store of one device in a world: the memory store, and the seams through which defects and a
/// hostile writer get in.
struct WorldStore: EventStore {
    private var inner: MemoryEventStore
    private let defect: Defect?
    /// The lines as they stand here now.
    private(set) var lines: [EventID: EventLine] = [:]
    /// Positions in order of arrival.
    private(set) var arrived: [Position] = []
    private(set) var erased: Set<EventID> = []
    private var seats: [ReplicaID: [Int: Position]] = [:]
    /// Of which entry an event is said to be, while a hostile device writes.
    var lies: [Position: Int] = [:]

    init(diary: DiaryID, pinnedClinic: PublicKey?, defect: Defect?) {
        inner = MemoryEventStore(diary: diary, pinnedClinic: pinnedClinic)
        self.defect = defect
    }

    var ids: Set<EventID> { Set(lines.keys) }
    var diary: DiaryID { inner.diary }
    var tree: LogTree { inner.tree }
    var nextArrival: Int { inner.nextArrival }
    var pinnedClinic: PublicKey? {
        get { inner.pinnedClinic }
        set { inner.pinnedClinic = newValue }
    }

    func held(_ position: Position) throws -> HeldEvent? {
        if let entry = lies[position], let held = try inner.held(position) {
            return HeldEvent(
                place: held.place, arrival: held.arrival, entry: entry, isErased: held.isErased)
        }
        if defect == .heldIgnoresIDs, let other = seats[position.replica]?[position.seq] {
            return try inner.held(other)
        }
        return try inner.held(position)
    }

    func key(of replica: ReplicaID) throws -> PublicKey? { try inner.key(of: replica) }
    func events(ofEntry entry: Int) throws -> [StoredEvent] { try inner.events(ofEntry: entry) }
    func events(ofKind kind: String) throws -> [StoredEvent] { try inner.events(ofKind: kind) }
    func kind(ofEntry entry: Int) throws -> String? { try inner.kind(ofEntry: entry) }
    func erasureOrdered(of position: Position) throws -> Signature? {
        try inner.erasureOrdered(of: position)
    }

    mutating func append(_ section: AcceptedSection) throws {
        try inner.append(section)
        for event in section.events {
            let position = event.line.position
            lines[position.id] = event.line
            arrived.append(position)
            if event.line.isErased { erased.insert(position.id) }
            if seats[position.replica]?[position.seq] == nil {
                seats[position.replica, default: [:]][position.seq] = position
            }
        }
    }

    func forEachSection(
        beyond known: Coverage, _ body: (StoredSection) throws -> Bool
    ) throws {
        try inner.forEachSection(beyond: known, body)
    }

    mutating func erase(_ event: StoredEvent) throws {
        if defect == .keepsErasedBody { return }
        try inner.erase(event)
        lines[event.line.id] = event.line
        erased.insert(event.line.id)
    }

    mutating func order(erasureOf position: Position, _ signature: Signature) throws {
        try inner.order(erasureOf: position, signature)
    }

    /// What every entry says here, by the id of the event that began it.
    func views() throws -> [EventID: EntryView] {
        let standing = try Standing(of: self)
        var views: [EventID: EntryView] = [:]
        for position in arrived where lines[position.id]?.envelope.kind != nil {
            views[position.id] = try view(position, standing)
        }
        return views
    }

    func view(_ entry: Position, _ standing: Standing) throws -> EntryView? {
        guard let held = try inner.held(entry) else { return nil }
        return try EntryView(of: events(ofEntry: held.entry), in: self, standing: standing)
    }

    /// The events that count here.
    func counting(_ standing: Standing) throws -> Set<EventID> {
        Set(
            try arrived.filter { position in
                try inner.held(position).map { standing.counts($0.place) } ?? false
            }.map(\.id))
    }
}
