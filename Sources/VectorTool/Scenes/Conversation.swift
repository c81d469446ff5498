import SyncCore

/// A device and a clinic, each with what it holds, that sync until the end.
struct Conversation {
    let name: String
    let describes: String
    let scene: Scene
    /// What the device holds, and what it remembers that the clinic holds.
    var device: [Section]
    var known: VectorClock?
    var clinic: [Section]
    /// The device's own logs, which may sign new heads.
    var own: [Log] = []
    var asker: ReplicaID
    var unconfirmed = false
    /// How many bytes of lines a message carries.
    var page = PageLimit.http
    /// A clinic whose key the device's erased lines are signed with, where it is not this one.
    var deviceErasedBy: SigningKey?
    /// Written by hand: how it ends, after how many round trips.
    let ending: String
    let rounds: Int

    /// One round trip, as text.
    struct Round {
        let request: [UInt8]
        let answer: [UInt8]
    }

    /// What a conversation was, once it is over.
    struct Outcome {
        var rounds: [Round] = []
        var ending = ""
        var known = VectorClock()
        var device = VectorClock()
        var clinic = VectorClock()
        var refused: [Position] = []
        var fetched = 0
        var sent = 0
    }

    /// The clinic's clock at the first answer; a second later at each further one.
    static let startMilliseconds: Int64 = 1_774_776_000_000

    func run() throws -> Outcome {
        var deviceStore = MemoryEventStore(
            diary: scene.diary, pinnedClinic: deviceErasedBy?.publicKey ?? scene.clinic.publicKey)
        try Self.fill(&deviceStore, device)
        deviceStore.pinnedClinic = scene.clinic.publicKey
        var clinicStore = MemoryEventStore(
            diary: scene.diary, pinnedClinic: scene.clinic.publicKey)
        try Self.fill(&clinicStore, clinic)
        let keys = Dictionary(own.map { ($0.replica, $0.key) }) { first, _ in first }
        var initiator = SyncInitiator(
            known: known, keys: keys, clinic: scene.clinic.publicKey, page: page)
        let responder = SyncResponder(
            page: page, receiptKey: scene.clinic, unconfirmed: unconfirmed)
        var outcome = Outcome()
        while outcome.ending.isEmpty, outcome.rounds.count < 16 {
            let request = try initiator.nextRequest(from: deviceStore).bytes
            let now = Self.startMilliseconds + Int64(outcome.rounds.count) * 1000
            let answer = try responder.answer(
                try SyncRequest(request), from: asker, at: now, in: &clinicStore
            ).bytes
            outcome.rounds.append(Round(request: request, answer: answer))
            switch try initiator.answered(try SyncAnswer(answer), in: &deviceStore) {
            case .again: break
            case .finished(let ending): outcome.ending = Self.name(of: ending)
            }
        }
        outcome.known = initiator.known ?? VectorClock()
        outcome.device = deviceStore.frontier
        outcome.clinic = clinicStore.frontier
        outcome.refused = initiator.report.refused
        outcome.fetched = initiator.report.fetched
        outcome.sent = initiator.report.sent
        try expect(outcome.ending, is: ending, name)
        try expect(outcome.rounds.count, is: rounds, "\(name): round trips")
        return outcome
    }

    private static func fill(_ store: inout MemoryEventStore, _ sections: [Section]) throws {
        guard try store.take(sections).taken == sections.count else {
            throw VectorError("a conversation begins with sections that fit")
        }
    }

    static func name(of ending: SyncInitiator.Ending) -> String {
        switch ending {
        case .equal: "equal"
        case .refusedSome: "refused-some"
        case .closed: "closed"
        case .unconfirmed: "unconfirmed"
        }
    }

    func vector() throws -> JSONValue {
        let outcome = try run()
        let keys = own.map { ($0.replica.text, JSONValue.hex($0.key.seed)) }
        var object: JSONObject = [
            "after": [
                "clinic": outcome.clinic.json, "device": outcome.device.json,
                "known": outcome.known.json,
            ],
            "asker": .id(asker),
            "clinic": [
                "pin": .id(scene.clinic.publicKey), "sections": .array(clinic.map(\.vector)),
                "seed": .hex(scene.clinic.seed), "unconfirmed": .bool(unconfirmed),
            ],
            "describes": .string(describes),
            "device": [
                "pin": .id((deviceErasedBy ?? scene.clinic).publicKey),
                "sections": .array(device.map(\.vector)), "seeds": .object(JSONObject(keys)),
            ],
            "diary": .id(scene.diary),
            "ending": .string(ending),
            "ms": .integer(Self.startMilliseconds),
            "name": .string(name),
            "page": .integer(Int64(page.bytes)),
            "refused": .array(outcome.refused.map(\.json)),
            "rounds": .array(
                outcome.rounds.map {
                    [
                        "answer": .string(String(decoding: $0.answer, as: UTF8.self)),
                        "request": .string(String(decoding: $0.request, as: UTF8.self)),
                    ]
                }),
        ]
        object["known"] = known?.json
        return .object(object)
    }
}
