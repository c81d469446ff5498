import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// One entry in a store to which a phone, a tablet and a clinic write, each its own log.
struct LotStory {
    private(set) var store: MemoryEventStore
    /// One of each writer.
    private var logs: [OwnLog]
    private var random: SplitMix64
    private var entry: Position?
    private(set) var events: [String: Position] = [:]

    enum Writer: Int { case phone, tablet, clinic }
    struct NotHeld: Error {}

    /// The phone begins an entry, in an event named "begun".
    init(kind: String = "infusion", _ set: JSONObject) throws {
        var random = SplitMix64(seed: 7)
        let keys = (0..<3).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[2].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
        entry = try write(EventDraft.begin(kind, set: set), by: .phone)
        events["begun"] = entry
    }

    /// An amendment by somebody who had seen these events.
    mutating func amend(
        _ name: String, by writer: Writer = .phone, seeing names: [String], _ set: JSONObject
    ) throws {
        guard let entry else { throw NotHeld() }
        let draft = EventDraft(.entry(entry), context: names.compactMap { events[$0] }, set: set)
        events[name] = try write(draft, by: writer)
    }

    /// The clinic relies on the phone, closes the tablet and relies on nothing that it wrote.
    mutating func closeTablet() throws {
        try say(["trusted": "all"], of: .phone)
        try say(["access": "closed", "trusted": []], of: .tablet)
    }

    private mutating func say(_ set: JSONObject, of device: Writer) throws {
        let replica = logs[device.rawValue].replica
        let first = try store.events(ofKind: Vocabulary.replicaKind)
            .first { $0.line.envelope.replica == replica }
        guard let position = first?.line.position else { throw NotHeld() }
        _ = try write(
            EventDraft(.entry(position), context: [position], set: set), by: .clinic)
    }

    /// The clinic's signature is put in place of an event's body.
    mutating func erase(_ name: String) throws {
        guard let position = events[name],
            let event = try held().first(where: { $0.line.position == position })
        else { throw NotHeld() }
        let signature = logs[Writer.clinic.rawValue].key.sign(
            SignedText.erasure(store.diary, position.id))
        try store.erase(StoredEvent(line: event.line.erased(by: signature), held: event.held))
    }

    var trace: LotTrace {
        get throws {
            let held = try held()
            let view = try EntryView(of: held, in: store, standing: Standing(of: store))
            guard let view else { throw NotHeld() }
            return LotTrace(held, in: view)
        }
    }

    /// `lot standing` of every sighting, sorted.
    var told: [String] {
        get throws { try trace.sightings.map { "\($0.lot) \($0.standing)" }.sorted() }
    }

    private func held() throws -> [StoredEvent] {
        guard let begun = try entry.flatMap(store.held) else { throw NotHeld() }
        return try store.events(ofEntry: begun.entry)
    }

    private mutating func write(_ draft: EventDraft, by writer: Writer) throws -> Position {
        try store.commit(
            to: &logs[writer.rawValue], at: Timestamp(milliseconds: 0, offset: 0), using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }
}
