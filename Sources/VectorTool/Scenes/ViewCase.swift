import SyncCore

/// A scene with what each of its entries says, written by hand and not asked of the engine.
struct ViewCase: Sendable {
    let name: String
    /// The rule, in a sentence.
    let rule: String
    let build: @Sendable (Scene) throws -> Expectation

    init(_ name: String, _ rule: String, _ build: @escaping @Sendable (Scene) throws -> Expectation)
    {
        self.name = name
        self.rule = rule
        self.build = build
    }

    /// What has to be seen once everything is held.
    struct Expectation {
        var entries: [ExpectedEntry]
        var devices: [ExpectedDevice] = []

        init(_ entries: ExpectedEntry..., devices: [ExpectedDevice] = []) {
            self.entries = entries
            self.devices = devices
        }
    }

    /// How far a replica is relied on.
    struct ExpectedDevice {
        let replica: ReplicaID
        /// `all`, `some` or `none`.
        let trusted: String
        var isClosed = false
    }

    /// The case as a vector; throws where the engine says otherwise.
    func vector() throws -> JSONValue {
        let scene = try Scene(name)
        let expectation = try build(scene)
        let store = try scene.store()
        let standing = try Standing(of: store)
        for entry in expectation.entries { try entry.check(store, standing, in: name) }
        for device in expectation.devices {
            let trust = standing.trust(of: device.replica)
            let found = trust.isAll ? "all" : trust == .none ? "none" : "some"
            try expect(found, is: device.trusted, "\(name): trust")
            try expect(standing.isClosed(device.replica), is: device.isClosed, "\(name): closed")
        }
        var object: JSONObject = [
            "diary": .id(scene.diary),
            "entries": .array(expectation.entries.map(\.vector)),
            "name": .string(name),
            "rule": .string(rule),
            "sections": .array(scene.sections.map(\.vector)),
        ]
        object["clinic"] = scene.pinned.map(JSONValue.id)
        if !expectation.devices.isEmpty {
            object["devices"] = .array(
                expectation.devices.map {
                    [
                        "closed": .bool($0.isClosed), "replica": .id($0.replica),
                        "trusted": .string($0.trusted),
                    ]
                })
        }
        return .object(object)
    }
}

/// What one entry has to say.
struct ExpectedEntry {
    let entry: Position
    let kind: String
    let fields: [String: [Said]]
    var conflicts: [String] = []
    /// A void and what had not seen it.
    var questions: [(void: Position, unseen: [Position])] = []
    var review: [Position] = []
    var status = "active"
    let context: [Position]

    /// What one candidate says.
    enum Said {
        case value(Position, JSONValue)
        case erased(Position)

        var json: JSONValue {
            switch self {
            case .value(let event, let value): ["event": .id(event.id), "value": value]
            case .erased(let event): ["erased": true, "event": .id(event.id)]
            }
        }

        var event: EventID {
            switch self {
            case .value(let event, _), .erased(let event): event.id
            }
        }
    }

    var vector: JSONValue {
        let fields = fields.map { name, said in
            (name, JSONValue.array(said.sorted { $0.event < $1.event }.map(\.json)))
        }
        let questions = questions.sorted { $0.void.id < $1.void.id }.map { void, unseen in
            JSONValue.object([
                "unseen": Self.ids(unseen), "void": .id(void.id),
            ])
        }
        return [
            "conflicts": .array(conflicts.map(JSONValue.string)),
            "context": VectorClock(context).json,
            "entry": entry.json,
            "fields": .object(JSONObject(fields.sorted { $0.0 < $1.0 })),
            "kind": .string(kind),
            "questions": .array(questions),
            "review": Self.ids(review),
            "status": .string(status),
        ]
    }

    private static func ids(_ positions: [Position]) -> JSONValue {
        .array(positions.map(\.id).sorted().map(JSONValue.id))
    }

    func check(_ store: MemoryEventStore, _ standing: Standing, in name: String) throws {
        guard let held = try store.held(entry),
            let view = try EntryView(
                of: store.events(ofEntry: held.entry), in: store, standing: standing)
        else { throw VectorError("\(name): the entry is not held") }
        try expect(Self.vector(of: view).prettyText, is: vector.prettyText, name)
    }

    /// A view in the form of the vectors.
    static func vector(of view: EntryView) -> JSONValue {
        let fields = view.fields.mapValues { register in
            register.candidates.map { candidate in
                candidate.value.json.map { Said.value(candidate.event, $0) }
                    ?? .erased(candidate.event)
            }
        }
        let status =
            switch view.status {
            case .active: "active"
            case .voided: "voided"
            case .inQuestion: "in-question"
            case .none: "none"
            }
        return ExpectedEntry(
            entry: view.entry, kind: view.kind, fields: fields, conflicts: view.conflicts,
            questions: view.voidQuestions.map { ($0.void, $0.unseen) }, review: view.toReview,
            status: status, context: view.context
        ).vector
    }
}
