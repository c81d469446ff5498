import SeededRandom
import SyncCore
import TestSupport

/// Several writers of one diary, who write, meet, fork, close and erase by one seed.
struct World {
    /// Somebody with a store and a log.
    struct Writer {
        var store: MemoryEventStore
        var log: OwnLog
        let isClinic: Bool
    }

    private(set) var writers: [Writer]
    private let clinicKey: SigningKey
    var random: SplitMix64
    private var milliseconds: Int64 = 1_700_000_000_000

    var clinic: PublicKey { clinicKey.publicKey }

    init(seed: UInt64, devices: Int = 3) {
        random = SplitMix64(seed: seed)
        clinicKey = SigningKey.random(using: &random)
        writers = []
        for number in 0...devices {
            let key = number == 0 ? clinicKey : SigningKey.random(using: &random)
            let log = OwnLog(diary: .test, key: key, nonce: Nonce.random(using: &random))
            writers.append(
                Writer(
                    store: MemoryEventStore(diary: .test, pinnedClinic: clinicKey.publicKey),
                    log: log, isClinic: number == 0))
        }
    }

    /// One step of somebody, and now and then a meeting.
    mutating func step() throws {
        let writer = random.below(writers.count)
        switch random.below(20) {
        case 0..<5: try begin(writer)
        case 5..<12: try amend(writer)
        case 12: try fork(writer)
        case 13, 14: try sayOfADevice()
        case 15: try orderErasure()
        default: try meet(writer, random.below(writers.count))
        }
    }

    // MARK: What they do

    private mutating func commit(
        _ writer: Int, _ drafts: (inout SplitMix64) -> [EventDraft]
    ) throws {
        milliseconds += 60_000
        let drafts = drafts(&random)
        let at = Timestamp(milliseconds: milliseconds, offset: 60)
        var one = writers[writer]
        _ = try one.store.commit(
            to: &one.log, at: at, introduction: ["label": "a device"],
            newKey: one.isClinic ? .clinic(clinicKey) : .generated, using: &random
        ) { commit, generator in
            for draft in drafts { try commit.write(draft, using: &generator) }
        }
        writers[writer] = one
    }

    private mutating func begin(_ writer: Int) throws {
        try commit(writer) { random in
            (0...random.below(3)).map { _ in
                let kinds = ["infusion", "reaction", "note", "plan", "question", "person"]
                return .begin(random.pick(kinds), set: Self.values(&random, isFirst: true))
            }
        }
    }

    private static func values(_ random: inout SplitMix64, isFirst: Bool = false) -> JSONObject {
        var set: JSONObject = [:]
        if isFirst || random.chance(0.3) {
            let start = Int64(random.below(1000)) * 1_000
            set["time"] = random.chance(0.9) ? ["start": ["ms": .integer(start)]] : "at some time"
        }
        for field in ["note", "grade.assessed", "link.x", "ask", "name"] where random.chance(0.3) {
            set[field] = .integer(Int64(random.below(3)))
        }
        return set
    }

    private mutating func amend(_ writer: Int) throws {
        let store = writers[writer].store
        guard !store.entries.isEmpty else { return }
        let entry = random.pick(store.entries)
        let events = try store.events(ofEntry: entry)
        guard let first = events.first, first.line.envelope.kind != "erasure" else { return }
        let standing = try Standing(of: store)
        // Now and then somebody has looked before the last lines came, or at nothing.
        let seen = random.chance(0.6) ? events.count : random.below(events.count + 1)
        let view = try EntryView(of: Array(events.prefix(seen)), in: store, standing: standing)
        try commit(writer) { random in
            var set = Self.values(&random)
            if random.chance(0.25) { set["status"] = random.pick(["voided", "active"]) }
            if set.isEmpty { set["note"] = 0 }
            return [
                EventDraft(.entry(first.line.position), context: view?.context ?? [], set: set)
            ]
        }
    }

    /// A copy of a device goes on by itself, from now or from the start.
    private mutating func fork(_ writer: Int) throws {
        guard writers.count < 8, !writers[writer].isClinic else { return }
        writers.append(writers[writer])
    }

    private mutating func sayOfADevice() throws {
        let store = writers[0].store
        let replicas = try store.events(ofKind: "replica").filter {
            $0.line.envelope.introduction != nil
                && $0.line.envelope.introduction?.key != clinicKey.publicKey
        }
        guard !replicas.isEmpty else { return }
        let introduction = random.pick(replicas)
        let events = try store.events(ofEntry: introduction.held.entry)
        let context =
            try random.chance(0.8) ? store.tops(of: events.map(\.line.position)).positions : []
        let tips = store.tree.branchNumbers(of: introduction.line.envelope.replica)
            .map { store.tree.branches[$0].tip }
        try commit(0) { random in
            let isClosed = random.chance(0.4)
            return [
                EventDraft(
                    .entry(introduction.line.position), context: context,
                    set: [
                        "access": isClosed ? "closed" : "open",
                        "trusted": isClosed ? .array(tips.map(\.json)) : "all",
                        "role": random.chance(0.1) ? "clinic" : "patient",
                    ])
            ]
        }
    }

    private mutating func orderErasure() throws {
        let store = writers[0].store
        let events = try store.entries.flatMap { try store.events(ofEntry: $0) }
        guard !events.isEmpty else { return }
        let event = random.pick(events)
        let kind = try store.kind(ofEntry: event.held.entry) ?? ""
        guard ErasureOrders.mayErase(fields: event.line.envelope.fields, kind: kind) else { return }
        let signature = clinicKey.sign(.erasure(.test, event.line.id))
        try commit(0) { _ in
            [
                .begin(
                    "erasure",
                    set: [
                        "erase": ["events": [event.line.position.json]],
                        "signatures": [.string(signature.text)],
                    ])
            ]
        }
    }

    private mutating func meet(_ one: Int, _ other: Int) throws {
        guard one != other else { return }
        let sections = try sections(of: one, for: writers[other].store, bytes: .max)
        _ = try writers[other].store.take(sections)
    }

    // MARK: Handing on

    /// What a writer holds beyond what a store holds.
    func sections(
        of writer: Int, for store: some EventStore, bytes: Int
    ) throws -> [Section] {
        let source = writers[writer].store
        let known = try source.coverage(of: store.frontier.positions)
        return try source.offer(beyond: known, page: PageLimit(bytes: bytes)).sections
    }
}
