import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// One diary to which a phone, a tablet and a clinic write, each its own log, and what is exported of it.
struct ExportStory {
    private(set) var store: MemoryEventStore
    /// One of each writer.
    private var logs: [OwnLog]
    private var random: SplitMix64
    private(set) var begun: [Position] = []

    enum Writer: Int { case phone, tablet, clinic }
    struct NotHeld: Error {}

    init(seed: UInt64 = 11) {
        var random = SplitMix64(seed: seed)
        let keys = (0..<3).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[2].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
    }

    /// Begins an infusion.
    @discardableResult
    mutating func begin(
        _ set: JSONObject, about: JSONObject = [:], by writer: Writer = .phone,
        author: Position? = nil, at: Int64 = utc("2026-03-30T08:00")
    ) throws -> Position {
        try begin("infusion", set, about: about, by: writer, author: author, at: at)
    }

    /// Begins an entry.
    @discardableResult
    mutating func begin(
        _ kind: String, _ set: JSONObject, about: JSONObject = [:],
        by writer: Writer = .phone, author: Position? = nil, at: Int64 = utc("2026-03-30T08:00")
    ) throws -> Position {
        let draft = EventDraft.begin(kind, set: set, about: about, author: author?.id)
        let position = try write(draft, by: writer, at: at)
        begun.append(position)
        return position
    }

    /// An amendment by somebody who had seen these events of the entry.
    @discardableResult
    mutating func amend(
        _ entry: Position, by writer: Writer = .phone, seeing context: [Position],
        _ set: JSONObject,
        about: JSONObject = [:], at: Int64 = utc("2026-03-31T08:00")
    ) throws -> Position {
        try write(
            EventDraft(.entry(entry), context: context, set: set, about: about), by: writer, at: at)
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
        try amend(position, by: .clinic, seeing: [position], set)
    }

    /// The clinic's signature is put in place of an event's body.
    mutating func erase(_ event: Position) throws {
        guard let held = try store.held(event) else { throw NotHeld() }
        let stored = try store.events(ofEntry: held.entry).first { $0.line.position == event }
        guard let stored else { throw NotHeld() }
        let signature = logs[Writer.clinic.rawValue].key.sign(
            SignedText.erasure(store.diary, event.id))
        try store.erase(StoredEvent(line: stored.line.erased(by: signature), held: stored.held))
    }

    /// Everything that is held, as one export.
    func exported(
        asOf: Int64 = utc("2026-04-01T12:00"), receivedMs: [EventID: Int64] = [:],
        in other: MemoryEventStore? = nil, showsNames: Bool = true
    ) throws -> ExportedDiary {
        let store = other ?? store
        let standing = try Standing(of: store)
        let entries = try store.entries.compactMap { entry in
            try ExportedEntry(
                of: store.events(ofEntry: entry), in: store, standing: standing)
        }
        return ExportedDiary(
            entries, of: store.diary, patientRef: "P01", asOfMs: asOf,
            coverageToMs: utc("2026-04-01T09:00"), zone: HandwrittenZone.london,
            showsNames: showsNames, receivedMs: receivedMs, clinicReplicas: standing.clinicReplicas)
    }

    func table() throws -> CSVTable { CSVTable(try exported()) }

    /// The rows of an entry.
    func rows(_ entry: Position) throws -> [CSVTable.Row] {
        try table().rows.filter { $0[.entryID] == entry.id.text }
    }

    private mutating func write(
        _ draft: EventDraft, by writer: Writer, at: Int64
    ) throws -> Position {
        try store.commit(
            to: &logs[writer.rawValue], at: Timestamp(milliseconds: at, offset: 60),
            using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }

    /// Another store that took the same sections, the logs in another order.
    func copied() throws -> MemoryEventStore {
        var sections: [Section] = []
        var copy = MemoryEventStore(diary: store.diary, pinnedClinic: store.pinnedClinic)
        try store.forEachSection(beyond: Coverage()) { stored in
            sections.append(
                Section(lines: stored.lines.map(\.bytes), heads: stored.heads.map(\.head)))
            return true
        }
        // Whatever rests on what is not there yet waits.
        var waiting = Array(sections.reversed())
        while !waiting.isEmpty {
            let before = waiting.count
            var left: [Section] = []
            for section in waiting {
                if try copy.take([section]).taken == 0 { left.append(section) }
            }
            guard left.count < before else { throw NotHeld() }
            waiting = left
        }
        return copy
    }
}

/// Values as an event sets them.
enum Typed {
    /// A vial line.
    static func line(
        _ lot: String?, product: String = "hizentra", count: Int64 = 8, milligrams: Int64 = 4000,
        _ more: JSONObject = [:]
    ) -> JSONValue {
        var line: JSONObject = [
            "count": .integer(count), "entryMethod": "typed", "product": .string(product),
            "vialMicrolitres": .integer(milligrams * 5), "vialMilligrams": .integer(milligrams),
        ]
        if let lot { line["lot"] = .string(lot) }
        for member in more.members { line[member.key] = member.value }
        return .object(line)
    }

    /// A time in London, to the minute; in UTC as given.
    static func time(_ start: String, _ end: String? = nil) -> JSONValue {
        TimeValue(
            start: moment(start, .london), end: end.map { moment($0, .london) }
        ).json
    }

    /// What an infusion needs at least, and more; on Sunday 29 March 2026 from 10:05 to 11:20.
    static func infusion(_ more: JSONObject) -> JSONObject {
        infusion("2026-03-29T09:05", end: "2026-03-29T10:20", more)
    }

    /// As above, at another time; in UTC as given.
    static func infusion(_ start: String, end: String?, _ more: JSONObject) -> JSONObject {
        var set: JSONObject = [
            "infusedBy": ["code": "self"], "outcome": ["code": "completed"], "route": "sc",
            "time": time(start, end),
        ]
        for member in more.members { set[member.key] = member.value }
        return set
    }
}
