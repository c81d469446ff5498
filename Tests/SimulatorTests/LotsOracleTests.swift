import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@testable import Simulator

/// A store to which two devices and a clinic write about a few infusions, with all that was said.
private struct LotWorld {
    private(set) var store: MemoryEventStore
    private var logs: [OwnLog]
    private(set) var random: SplitMix64
    private let facts = InfusionFacts()
    private var entries: [(position: Position, fields: JSONObject)] = []
    private var events: [EventID: [Position]] = [:]
    /// Every body that was written and not erased.
    private(set) var bodies: [Position: (entry: EntryID, set: JSONObject)] = [:]

    init(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let keys = (0..<3).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[2].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
        for _ in 0..<2 { try begin() }
        for _ in 0..<12 { try step() }
    }

    var begun: [Position] { entries.map(\.position) }

    private mutating func begin() throws {
        let kind = random.chance(0.2) ? "stock" : "infusion"
        let fields = facts.infusion(using: &random)
        let draft = EventDraft.begin(kind, set: fields)
        let position = try write(draft, to: random.below(2))
        entries.append((position, fields))
        remember(position, of: position.id, fields)
    }

    /// Somebody changes, voids, links or loses something, having seen some of what was there.
    private mutating func step() throws {
        let (entry, fields) = random.pick(entries)
        switch random.below(10) {
        case 0: try say(["trusted": "all"], of: random.below(2))
        case 1: try say(["access": "closed", "trusted": []], of: random.below(2))
        case 2: try erase(random.pick(events[entry.id] ?? [entry]))
        case 3: try begin()
        default:
            var set: JSONObject
            switch random.below(8) {
            case 0: set = ["status": random.chance(0.5) ? "voided" : "active"]
            case 1:
                let other = random.pick(entries).position.id
                set = [
                    Vocabulary.linkPrefix + other.text: [
                        "counts": .string(other.text), "value": "same",
                    ]
                ]
            case 2: set = ["vials.1": ["count": "many", "lot": "ODD-1", "newer": true]]
            case 3: set = ["vials.1": .null, "vials.2": ["lot": 7]]
            default: set = facts.amendment(of: fields, using: &random)
            }
            var seen: [Position] = []
            for position in events[entry.id] ?? [] where random.chance(0.5) {
                seen.append(position)
            }
            let draft = EventDraft(
                .entry(entry), context: VectorClock(seen).positions, set: set)
            remember(try write(draft, to: random.below(3)), of: entry.id, set)
        }
    }

    private mutating func remember(_ position: Position, of entry: EntryID, _ set: JSONObject) {
        events[entry, default: []].append(position)
        bodies[position] = (entry, set)
    }

    private mutating func say(_ set: JSONObject, of device: Int) throws {
        let replica = logs[device].replica
        guard
            let first = try store.events(ofKind: Vocabulary.replicaKind)
                .first(where: { $0.line.envelope.replica == replica })
        else { return }
        let position = first.line.position
        _ = try write(EventDraft(.entry(position), context: [position], set: set), to: 2)
    }

    private mutating func erase(_ position: Position) throws {
        guard let held = try store.held(position),
            let event = try store.events(ofEntry: held.entry)
                .first(where: { $0.line.position == position })
        else { return }
        let signature = logs[2].key.sign(SignedText.erasure(store.diary, position.id))
        try store.erase(StoredEvent(line: event.line.erased(by: signature), held: event.held))
        bodies[position] = nil
    }

    private mutating func write(_ draft: EventDraft, to log: Int) throws -> Position {
        try store.commit(
            to: &logs[log], at: Timestamp(milliseconds: 0, offset: 0), using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }
}

@Suite(.timeLimit(.minutes(60))) struct LotsOracleTests {
    @Test func `every lot that anybody ever wrote and nobody erased is traced, and no other`()
        throws
    {
        var lotCount = 0
        var standings: Set<LotSighting.Standing> = []
        for seed in 0..<60 as Range<UInt64> {
            let world = try LotWorld(seed: seed)
            var found: Set<PlainLot> = []
            let standing = try Standing(of: world.store)
            for entry in world.begun {
                let held = try #require(try world.store.held(entry))
                let events = try world.store.events(ofEntry: held.entry)
                let view = try #require(
                    try EntryView(of: events, in: world.store, standing: standing))
                let trace = LotTrace(events, in: view)
                for sighting in trace.sightings {
                    found.insert(PlainLot(entry: entry.id, lot: sighting.lot.json))
                    standings.insert(sighting.standing)
                }
            }
            let expected = plainLots(Array(world.bodies.values))
            #expect(found == expected, "seed \(seed)")
            lotCount += expected.count
        }
        #expect(lotCount > 300)
        #expect(standings == [.current, .replaced, .toReview])
    }
}
