import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// A diary to which a phone at home, a carer's tablet and a clinic write, each its own log.
///
/// Every event has a name; an entry has that of the event that began it.
struct CareStory {
    private var store: MemoryEventStore
    private var logs: [OwnLog]
    private var random: SplitMix64
    private var begun: [(name: String, position: Position)] = []
    private var events: [String: Position] = [:]

    enum Writer: Int, CaseIterable { case phone, tablet, clinic }
    struct NotHeld: Error {}

    init(seed: UInt64 = 11) {
        var random = SplitMix64(seed: seed)
        let keys = (0..<3).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[2].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
    }

    /// Begins an entry.
    @discardableResult
    mutating func begin(
        _ name: String, _ kind: EntryKind, _ set: JSONObject, by writer: Writer = .phone,
        at text: String = "2026-03-29T12:00"
    ) throws -> EntryID {
        let position = try write(.begin(kind.rawValue, set: set), by: writer, at: text)
        begun.append((name, position))
        events[name] = position
        return position.id
    }

    /// An amendment of an entry by somebody who had seen these events of it.
    mutating func amend(
        _ entry: String, _ set: JSONObject, by writer: Writer = .phone, seeing names: [String],
        as name: String = "amended", at text: String = "2026-03-29T13:00"
    ) throws {
        guard let position = events[entry] else { throw NotHeld() }
        let draft = EventDraft(
            .entry(position), context: names.compactMap { events[$0] }, set: set)
        events[name] = try write(draft, by: writer, at: text)
    }

    /// Says that two entries are one and which of them counts, in the field where that stands.
    mutating func link(_ one: String, _ other: String, counts: String, by writer: Writer = .phone)
        throws
    {
        let (first, second) = (try id(one), try id(other))
        let (entry, field) = Vocabulary.link(first, second)
        let value: JSONValue = ["value": "same", "counts": try id(counts).json]
        try amend(entry == first ? one : other, [field: value], by: writer, seeing: [])
    }

    func id(_ name: String) throws -> EntryID {
        guard let position = events[name] else { throw NotHeld() }
        return position.id
    }

    func view(_ name: String) throws -> EntryView {
        guard let position = events[name], let held = try store.held(position),
            let view = try EntryView(
                of: store.events(ofEntry: held.entry), in: store, standing: Standing(of: store))
        else { throw NotHeld() }
        return view
    }

    /// The views of all entries.
    func views() throws -> [EntryView] { try begun.map { try view($0.name) } }

    /// Whether a value was written at home or at the clinic, by its log.
    func source(_ value: Candidate) -> MeasureSource? {
        value.event.replica == logs[Writer.clinic.rawValue].replica ? .clinic : .home
    }

    func measurements() throws -> Measurements {
        try Measurements(views(), zone: HandwrittenZone.london, source: source)
    }

    func infusions() throws -> InfusionTimes {
        try InfusionTimes(views(), zone: HandwrittenZone.london)
    }

    private mutating func write(_ draft: EventDraft, by writer: Writer, at text: String) throws
        -> Position
    {
        try store.commit(
            to: &logs[writer.rawValue], at: Timestamp(milliseconds: utc(text), offset: 0),
            using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }
}

extension CareStory {
    /// Measures something at a time, "2026-03-29T09:05" in UTC or a bare day.
    @discardableResult
    mutating func measure(
        _ name: String, _ measure: MeasureCode, _ value: JSONValue, on text: String,
        by writer: Writer = .phone
    ) throws -> EntryID {
        try begin(
            name, .measurement, ["measure": measure.json, "time": time(text), "value": value],
            by: writer)
    }

    /// A grip in kilopascals.
    @discardableResult
    mutating func grip(
        _ name: String, _ measure: MeasureCode, _ kilopascals: Int64, on text: String,
        by writer: Writer = .phone
    ) throws -> EntryID {
        try self.measure(
            name, measure, ["gripPascals": .integer(kilopascals * 1000)], on: text, by: writer)
    }

    /// An infusion of 8 vials of 4 g Hizentra.
    @discardableResult
    mutating func infuse(
        _ name: String, from start: String, to end: String? = nil, lot: String = "P100423917",
        by writer: Writer = .phone
    ) throws -> EntryID {
        var line = VialLine(product: "hizentra")
        line.vialMilligrams = 4000
        line.vialMicrolitres = 20_000
        line.count = 8
        line.lot = PrintedText(lot)
        return try begin(
            name, .infusion,
            [
                "infusedBy": ["code": "self"], "outcome": ["code": "completed"], "route": "sc",
                "time": time(start, end), "vials.1": line.json,
            ], by: writer)
    }
}

/// The field `time` of a text to the minute in UTC, shown in London, or of a bare day or month.
func time(_ start: String, _ end: String? = nil) -> JSONValue {
    func moment(_ text: String) -> Moment? {
        guard let wall = WallTime(text) else { return nil }
        return wall.precision.hasInstant
            ? Moment(ms: utc(text), in: HandwrittenZone.london)
            : Moment(bare: wall, zone: "Europe/London")
    }
    guard let from = moment(start) else { return .null }
    return TimeValue(start: from, end: end.flatMap(moment)).json
}
