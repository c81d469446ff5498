import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// A diary in a store to which a phone, a tablet and a clinic write, told event by event.
struct RecallStory {
    private(set) var store: MemoryEventStore
    private var logs: [OwnLog]
    private var random: SplitMix64
    private(set) var events: [String: Position] = [:]
    private var entries: [String: Position] = [:]
    private var namesOfEntry: [Position: [String]] = [:]

    enum Writer: Int { case phone, tablet, clinic }
    struct NotHeld: Error {}

    init(seed: UInt64 = 7) {
        var random = SplitMix64(seed: seed)
        let keys = (0..<3).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[2].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
    }

    /// Begins an entry; the event has the entry's name.
    mutating func begin(
        _ name: String, kind: String = "infusion", by writer: Writer = .phone, atMs: Int64 = 0,
        about: JSONObject = [:], _ set: JSONObject
    ) throws {
        let position = try write(.begin(kind, set: set, about: about), by: writer, atMs)
        entries[name] = position
        events[name] = position
        namesOfEntry[position] = [name]
    }

    /// A later event of an entry by somebody who had seen these of its events, or all of them.
    mutating func amend(
        _ entry: String, as name: String = "", by writer: Writer = .phone,
        seeing names: [String]? = nil, atMs: Int64 = 0, about: JSONObject = [:], _ set: JSONObject
    ) throws {
        guard let position = entries[entry] else { throw NotHeld() }
        let own = namesOfEntry[position] ?? []
        let seen = (names ?? own).filter(own.contains).compactMap { events[$0] }
        let draft = EventDraft(
            .entry(position), context: VectorClock(seen).positions, set: set, about: about)
        let written = try write(draft, by: writer, atMs)
        let name = name.isEmpty ? "\(entry) \(events.count)" : name
        events[name] = written
        namesOfEntry[position, default: []].append(name)
    }

    mutating func void(
        _ entry: String, because reason: String, by writer: Writer = .phone,
        seeing names: [String]? = nil
    ) throws {
        try amend(
            entry, by: writer, seeing: names, about: ["reason": .string(reason)],
            ["status": "voided"])
    }

    /// Says that two entries are one, and which of them counts.
    mutating func link(
        _ one: String, _ other: String, counts: String, by writer: Writer = .phone,
        seeing names: [String]? = nil
    ) throws {
        guard let a = entries[one], let b = entries[other], let kept = entries[counts] else {
            throw NotHeld()
        }
        let (home, field) = Vocabulary.link(a.id, b.id)
        try amend(
            home == a.id ? one : other, by: writer, seeing: names,
            [field: ["counts": .string(kept.id.text), "value": "same"]])
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
        guard let position = first?.line.position else { return }
        _ = try write(
            EventDraft(.entry(position), context: [position], set: set), by: .clinic, 0)
    }

    /// The clinic's signature is put in place of an event's body.
    mutating func erase(_ name: String) throws {
        guard let position = events[name], let held = try store.held(position),
            let event = try store.events(ofEntry: held.entry)
                .first(where: { $0.line.position == position })
        else { throw NotHeld() }
        let signature = logs[Writer.clinic.rawValue].key.sign(
            SignedText.erasure(store.diary, position.id))
        try store.erase(StoredEvent(line: event.line.erased(by: signature), held: event.held))
    }

    /// Whether that device wrote anything.
    func hasWritten(_ writer: Writer) -> Bool { logs[writer.rawValue].tip != nil }

    func id(_ name: String) throws -> EntryID {
        guard let entry = entries[name] else { throw NotHeld() }
        return entry.id
    }

    /// The diary as a recall is told of it.
    var diary: RecallDiary {
        get throws {
            let standing = try Standing(of: store)
            return RecallDiary(
                store.diary,
                entries: try store.entries.map { entry in
                    let events = try store.events(ofEntry: entry)
                    guard
                        let view = try EntryView(of: events, in: store, standing: standing)
                    else { throw NotHeld() }
                    return RecallEntry(view, events: events)
                })
        }
    }

    private mutating func write(
        _ draft: EventDraft, by writer: Writer, _ ms: Int64
    ) throws -> Position {
        try store.commit(
            to: &logs[writer.rawValue], at: Timestamp(milliseconds: ms, offset: 0), using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }
}

// MARK: What is said

extension JSONValue {
    /// A vial line of Octagam 5 % unless said otherwise, 5 g a vial.
    static func vials(
        _ lot: String?, _ count: Int64 = 4, of product: String = "octagam5",
        by method: String? = "typed", with more: JSONObject = [:]
    ) -> JSONValue {
        var line: JSONObject = [
            "count": .integer(count), "product": .string(product), "vialMicrolitres": 100_000,
            "vialMilligrams": 5000,
        ]
        if let lot { line["lot"] = .string(lot) }
        if let method { line["entryMethod"] = .string(method) }
        for member in more.members { line[member.key] = member.value }
        return .object(line)
    }

    /// The time of something that began then, in UTC; a bare day or month without an hour.
    static func starting(_ text: String) -> JSONValue {
        guard let wall = WallTime(text) else { return .null }
        let bare = Moment(bare: wall, zone: "UTC")
        return TimeValue(start: bare ?? moment(text, .universal)).json
    }
}

extension JSONObject {
    /// A completed infusion of these lines.
    static func infusion(
        _ when: String, _ lines: JSONValue..., more: JSONObject = [:]
    ) -> JSONObject {
        var set: JSONObject = [
            "outcome": ["code": "completed"], "route": "iv", "time": .starting(when),
        ]
        for (index, line) in lines.enumerated() { set["vials.\(index + 1)"] = line }
        for member in more.members { set[member.key] = member.value }
        return set
    }

    /// A stock entry of one line.
    static func stock(
        _ movement: String, _ when: String, _ line: JSONValue, loss: String? = nil
    ) -> JSONObject {
        var set: JSONObject = [
            "movement": .string(movement), "time": .starting(when), "vials.1": line,
        ]
        if let loss { set["loss"] = .string(loss) }
        return set
    }

    /// The member of a line with an expiry to the day, or to the month.
    static func expiry(_ text: String) -> JSONObject {
        guard let expiry = Expiry(typed: text) else { return [:] }
        return ["expiry": expiry.json]
    }
}

// MARK: Patients and searches

extension RecallPatient {
    /// A patient with one device.
    init(
        _ reference: String, _ stories: RecallStory..., heardMs: Int64? = RecallStory.noon,
        plan: Set<ProductKey> = [], devices: [EnrolledDevice]? = nil
    ) throws {
        self.init(
            PrintedText(reference), diaries: try stories.map { try $0.diary },
            planProducts: plan,
            coverage: PatientCoverage(devices ?? [EnrolledDevice("phone", heardMs: heardMs)]),
            zone: HandwrittenZone.universal)
    }
}

extension RecallQuery {
    /// The search for the lot of the notice of 2016-04-21.
    static func octagam(expiry: String? = nil, noticeMs: Int64? = nil) -> RecallQuery? {
        let lot = RecalledLot(
            product: "octagam5", lot: "K551A8441", expiry: expiry.flatMap { Expiry(typed: $0) })
        return lot.flatMap { RecallQuery([$0], asOfMs: RecallStory.noon, noticeMs: noticeMs) }
    }
}

extension RecallStory {
    /// The instant that the searches of these tests are asked for.
    static let noon = utc("2016-05-02T12:00")

    /// What the search for that lot answers about a patient with this diary.
    func answer(
        heardMs: Int64? = noon, plan: Set<ProductKey> = ["octagam5"], noticeMs: Int64? = nil
    ) throws -> RecallAnswer {
        guard let query = RecallQuery.octagam(noticeMs: noticeMs) else { throw NotHeld() }
        let patient = try RecallPatient("P01", self, heardMs: heardMs, plan: plan)
        return RecallAnswer(query, patients: [patient], askedMs: Self.noon)
    }

    /// The patient of that answer.
    func found(heardMs: Int64? = noon, plan: Set<ProductKey> = ["octagam5"]) throws
        -> PatientAnswer?
    {
        try answer(heardMs: heardMs, plan: plan).patients.first
    }

    /// The line of that answer in which the patient stands: "CLEAR P01".
    func told(heardMs: Int64? = noon, noticeMs: Int64? = nil) throws -> String? {
        let lines = RecallText(try answer(heardMs: heardMs, noticeMs: noticeMs)).lines()
        return lines.first { $0.dropFirst(15).hasPrefix("P01") }.map { line in
            line.split(separator: " ").joined(separator: " ")
        }
    }
}
