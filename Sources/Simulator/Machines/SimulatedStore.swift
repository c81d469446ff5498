import DiaryStore
import SyncCore

/// The store of one machine in a world, with the seams through which faults and liars get in.
///
/// Beneath it is the store in memory or one transaction of the store on disk; all rules are SyncCore's.
struct SimulatedStore: EventStore {
    enum Inner {
        case memory(MemoryEventStore)
        case disk(SQLiteEventStore)
    }

    private var inner: Inner
    private var workedOut = WorkedOut()
    /// The lines as they stand here now.
    private(set) var lines: [EventID: EventLine] = [:]
    /// Positions in order of arrival.
    private(set) var arrived: [Position] = []
    private(set) var erased: Set<EventID> = []
    /// The events of each section stored, in order.
    private(set) var sections: [[EventID]] = []
    /// Of which entry an event is said to be, while a malicious device writes.
    var lies: [Position: Int] = [:] { didSet { workedOut = WorkedOut() } }
    /// Leaves bodies where a signed form should replace them: a planted mistake.
    var keepsErasedBodies = false
    /// What strikes in this transaction.
    var fault: StoreFault?

    init(diary: DiaryID, pinnedClinic: PublicKey?) {
        inner = .memory(MemoryEventStore(diary: diary, pinnedClinic: pinnedClinic))
    }

    /// What this store says, kept by a transaction on disk.
    func over(_ events: SQLiteEventStore) -> SimulatedStore {
        var copy = self
        copy.inner = .disk(events)
        copy.workedOut = WorkedOut()
        return copy
    }

    private var events: any EventStore {
        switch inner {
        case .memory(let store): store
        case .disk(let store): store
        }
    }

    var ids: Set<EventID> { Set(lines.keys) }
    var diary: DiaryID { events.diary }
    var tree: LogTree { events.tree }
    var nextArrival: Int { events.nextArrival }
    var pinnedClinic: PublicKey? {
        get { events.pinnedClinic }
        set {
            guard case .memory(var store) = inner else { return }
            store.pinnedClinic = newValue
            inner = .memory(store)
            workedOut = WorkedOut()
        }
    }

    func held(_ position: Position) throws -> HeldEvent? {
        let held = try events.held(position)
        guard let entry = lies[position], let held else { return held }
        return HeldEvent(
            place: held.place, arrival: held.arrival, entry: entry, isErased: held.isErased)
    }

    func key(of replica: ReplicaID) throws -> PublicKey? { try events.key(of: replica) }
    func events(ofEntry entry: Int) throws -> [StoredEvent] { try events.events(ofEntry: entry) }
    func events(ofKind kind: String) throws -> [StoredEvent] { try events.events(ofKind: kind) }
    func kind(ofEntry entry: Int) throws -> String? { try events.kind(ofEntry: entry) }
    func erasureOrdered(of position: Position) throws -> Signature? {
        try events.erasureOrdered(of: position)
    }

    mutating func append(_ section: AcceptedSection) throws {
        try strike()
        try change { try $0.append(section) }
        sections.append(section.events.map(\.line.id))
        for event in section.events {
            let position = event.line.position
            lines[position.id] = event.line
            arrived.append(position)
            if event.line.isErased { erased.insert(position.id) }
        }
    }

    func forEachSection(
        beyond known: Coverage, _ body: (StoredSection) throws -> Bool
    ) throws {
        try events.forEachSection(beyond: known, body)
    }

    mutating func erase(_ event: StoredEvent) throws {
        if keepsErasedBodies { return }
        try strike()
        try change { try $0.erase(event) }
        lines[event.line.id] = event.line
        erased.insert(event.line.id)
    }

    mutating func order(erasureOf position: Position, _ signature: Signature) throws {
        try strike()
        try change { try $0.order(erasureOf: position, signature) }
    }

    private mutating func change(_ body: (inout any EventStore) throws -> Void) throws {
        workedOut = WorkedOut()
        switch inner {
        case .memory(let store):
            // Let go of the one reference, or every change would copy the whole store.
            inner = .memory(MemoryEventStore(diary: store.diary))
            var changed: any EventStore = store
            defer { if let store = changed as? MemoryEventStore { inner = .memory(store) } }
            try body(&changed)
        case .disk(let store):
            var changed: any EventStore = store
            try body(&changed)
        }
    }

    /// Lets the fault strike, once its step of storing has come.
    private mutating func strike() throws {
        guard var fault else { return }
        fault.after -= 1
        self.fault = fault
        if fault.after < 0 { throw fault.kind }
    }
}

/// What goes wrong in one transaction, and after how many steps of storing.
struct StoreFault {
    enum Kind: Error {
        /// The process is gone; its disk has what was committed before.
        case crash
        /// No room: the transaction is undone, the process lives.
        case full
    }
    let kind: Kind
    var after: Int
}

extension SimulatedStore {
    /// What was worked out of one state of a store; copies of the store share it until they change.
    private final class WorkedOut {
        var standing: Standing?
        var views: [EventID: EntryView]?
    }

    /// What counts here.
    func standing() throws -> Standing {
        if let known = workedOut.standing { return known }
        let standing = try Standing(of: self)
        workedOut.standing = standing
        return standing
    }

    /// What every entry says here, by the id of the event that began it.
    func views() throws -> [EventID: EntryView] {
        if let known = workedOut.views { return known }
        var views: [EventID: EntryView] = [:]
        for position in arrived where lines[position.id]?.envelope.kind != nil {
            views[position.id] = try view(position)
        }
        workedOut.views = views
        return views
    }

    func view(_ entry: Position) throws -> EntryView? {
        guard let held = try held(entry) else { return nil }
        return try EntryView(of: events(ofEntry: held.entry), in: self, standing: standing())
    }

    /// The events that count here.
    func counting() throws -> Set<EventID> {
        let standing = try standing()
        return Set(
            try arrived.filter { position in
                try held(position).map { standing.counts($0.place) } ?? false
            }.map(\.id))
    }
}
