import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// The stock of a household: a phone, a tablet and the clinic write entries and see each other's as told.
struct StockStory {
    private var store: MemoryEventStore
    /// One of each writer.
    private var logs: [OwnLog]
    private var random: SplitMix64
    private(set) var events: [String: Position] = [:]
    private var entries: [String: Position] = [:]

    enum Writer: Int { case phone, tablet, clinic }
    struct NotHeld: Error {}

    init() {
        var random = SplitMix64(seed: 26)
        let keys = (0..<3).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[2].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
    }

    /// Begins an entry of kind stock; it and its first event have one name.
    mutating func begin(
        _ name: String, by writer: Writer = .phone, about: JSONObject = [:], _ set: JSONObject
    ) throws {
        try begin(name, "stock", by: writer, about: about, set)
    }

    /// Begins an entry of any kind.
    mutating func begin(
        _ name: String, _ kind: String, by writer: Writer = .phone, about: JSONObject = [:],
        _ set: JSONObject
    ) throws {
        let position = try write(EventDraft.begin(kind, set: set, about: about), by: writer)
        entries[name] = position
        events[name] = position
    }

    /// An amendment of an entry by somebody who had seen these events of it.
    mutating func amend(
        _ name: String, of entry: String, by writer: Writer = .phone, seeing names: [String],
        _ set: JSONObject
    ) throws {
        guard let position = entries[entry] else { throw NotHeld() }
        let draft = EventDraft(.entry(position), context: names.compactMap { events[$0] }, set: set)
        events[name] = try write(draft, by: writer)
    }

    /// Says that two entries are one or two; `counts` names the copy that counts.
    mutating func link(
        _ one: String, _ other: String, counts: String?, by writer: Writer = .phone
    ) throws {
        guard let left = entries[one], let right = entries[other] else { throw NotHeld() }
        let place = Vocabulary.link(left.id, right.id)
        let owner = place.entry == left.id ? one : other
        let kept = counts.flatMap { entries[$0] }?.id
        let value: JSONValue =
            kept.map { ["value": "same", "counts": $0.json] } ?? ["value": "different"]
        try amend(
            "\(one) and \(other)", of: owner, by: writer, seeing: [owner], [place.field: value])
    }

    func id(_ name: String) -> EntryID? { entries[name]?.id }

    /// All entries of stock and infusions, as every store sees them.
    var views: [EntryView] {
        get throws {
            let standing = try Standing(of: store)
            return try ["stock", "infusion"].flatMap { kind in
                try store.events(ofKind: kind).filter(\.held.beginsEntry).compactMap { begun in
                    try EntryView(
                        of: store.events(ofEntry: begun.held.arrival), in: store,
                        standing: standing)
                }
            }
        }
    }

    var book: StockBook { get throws { try book(of: views) } }

    func book(of views: [EntryView]) throws -> StockBook {
        let standing = try Standing(of: store)
        return StockBook(
            views, zone: HandwrittenZone.london, clinicReplicas: standing.clinicReplicas)
    }

    private mutating func write(_ draft: EventDraft, by writer: Writer) throws -> Position {
        try store.commit(
            to: &logs[writer.rawValue], at: Timestamp(milliseconds: 0, offset: 0), using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }
}

/// Vials of 4 g Hizentra.
func vials(
    _ count: Int64, _ lot: String?, _ product: ProductKey = "hizentra", milligrams: Int64 = 4000,
    expiry: String? = nil
) -> JSONValue {
    var line = VialLine(product: product)
    line.count = .value(count)
    line.vialMilligrams = .value(milligrams)
    line.vialMicrolitres = .value(milligrams * 5)
    line.lot = lot.map { PrintedText($0) }
    line.lotMissing = lot == nil ? .notNoted : nil
    line.expiry = expiry.flatMap { Expiry(typed: $0) }.map { .value($0) }
    return line.json
}

/// A time in London as typed: to the minute, or a bare day or month.
func when(_ text: String) -> JSONValue {
    let zone = HandwrittenZone.london
    if let wall = WallTime(text), let bare = Moment(bare: wall, zone: zone.name) {
        return TimeValue(start: bare).json
    }
    return TimeValue(start: moment(text, zone)).json
}

/// A stock entry of one line.
func movement(_ kind: String, _ time: String, _ line: JSONValue) -> JSONObject {
    ["movement": .string(kind), "time": when(time), "vials.1": line]
}

/// An infusion of one line.
func infusion(_ time: String, _ line: JSONValue) -> JSONObject {
    ["outcome": ["code": "completed"], "route": "sc", "time": when(time), "vials.1": line]
}

extension StockBook {
    /// `lot: balance` of every lot, `-` for vials without one.
    var balances: [String] { lots.map { "\($0.key.lot?.description ?? "-"): \($0.balance)" } }
}
