import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// A diary in which a clinic signs plans and a phone may write, too; events have names.
struct PlanStory {
    private(set) var store: MemoryEventStore
    /// One of each writer.
    private var logs: [OwnLog]
    private var random: SplitMix64
    private(set) var events: [String: Position] = [:]
    /// The entry that each event is of.
    private var entries: [String: Position] = [:]

    enum Writer: Int { case phone, clinic }
    struct NotHeld: Error {}

    init(seed: UInt64 = 7) {
        var random = SplitMix64(seed: seed)
        let keys = (0..<2).map { _ in SigningKey.random(using: &random) }
        let diary = DiaryID(founder: keys[0].publicKey, nonce: Nonce.random(using: &random))
        store = MemoryEventStore(diary: diary, pinnedClinic: keys[1].publicKey)
        logs = keys.map { OwnLog(diary: diary, key: $0, nonce: Nonce.random(using: &random)) }
        self.random = random
    }

    /// A diary with one plan, signed by the clinic in an event named "signed".
    init(_ plan: TreatmentPlan) throws {
        self.init()
        try sign("signed", plan)
    }

    /// Begins an entry of kind plan.
    mutating func sign(_ name: String, _ plan: TreatmentPlan, by writer: Writer = .clinic) throws {
        try begin(name, "plan", ["plan": plan.json], by: writer)
    }

    /// Begins an entry.
    mutating func begin(
        _ name: String, _ kind: String, _ set: JSONObject, by writer: Writer = .phone
    ) throws {
        let position = try write(EventDraft.begin(kind, set: set), by: writer)
        events[name] = position
        entries[name] = position
    }

    /// Signs a version of the plan that an event is of, having seen these events of it.
    mutating func amend(
        _ name: String, seeing seen: [String], _ plan: TreatmentPlan, by writer: Writer = .clinic
    ) throws {
        try set(name, seeing: seen, ["plan": plan.json], by: writer)
    }

    /// Sets fields of the entry that the first of these events is of; they are what was seen of it.
    mutating func set(
        _ name: String, seeing seen: [String], _ set: JSONObject, by writer: Writer = .clinic
    ) throws {
        guard let entry = seen.first.flatMap({ entries[$0] }) else { throw NotHeld() }
        let draft = EventDraft(.entry(entry), context: seen.compactMap { events[$0] }, set: set)
        events[name] = try write(draft, by: writer)
        entries[name] = entry
    }

    /// The clinic's word on the phone is in force from now on.
    mutating func trustPhone() throws {
        let replica = logs[Writer.phone.rawValue].replica
        let first = try store.events(ofKind: Vocabulary.replicaKind)
            .first { $0.line.envelope.replica == replica }
        guard let position = first?.line.position else { throw NotHeld() }
        _ = try write(
            EventDraft(.entry(position), context: [position], set: ["trusted": "all"]), by: .clinic)
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

    private mutating func write(_ draft: EventDraft, by writer: Writer) throws -> Position {
        try store.commit(
            to: &logs[writer.rawValue], at: Timestamp(milliseconds: 0, offset: 0), using: &random
        ) { commit, random in
            try commit.write(draft, using: &random)
        }.result
    }

    func history(endsOn: CivilDate? = nil) throws -> PlanHistory {
        let standing = try Standing(of: store)
        let plans = try store.entries.compactMap { number -> PlanEntry? in
            let events = try store.events(ofEntry: number)
            guard let view = try EntryView(of: events, in: store, standing: standing) else {
                return nil
            }
            return PlanEntry(events, in: view, tree: store.tree, standing: standing)
        }
        return PlanHistory(plans, endsOn: endsOn)
    }

    /// The only plan there is.
    var plan: PlanEntry {
        get throws {
            let history = try history()
            guard let entry = history.entries.first, history.entries.count == 1 else {
                throw NotHeld()
            }
            return entry
        }
    }

    /// The view of an entry that the named event is of.
    func view(_ name: String) throws -> EntryView {
        guard let position = entries[name], let held = try store.held(position),
            let view = try EntryView(
                of: store.events(ofEntry: held.entry), in: store, standing: Standing(of: store))
        else { throw NotHeld() }
        return view
    }

    /// The name of an event.
    func name(of event: Position?) -> String? {
        events.first { $0.value == event }?.key
    }

    /// The names of the agreed versions, oldest first.
    var agreed: [String] {
        get throws {
            try plan.agreed.map { version in
                version.signings.compactMap { name(of: $0.event) }.sorted().joined(separator: "+")
            }
        }
    }
}

/// A plan of 32 g Hizentra every 7 days on its own days, from Monday 5 January 2026.
func weekly(
    _ grams: Int64 = 32, from: String = "2026-01-05", every days: Int64 = 7,
    _ change: (inout TreatmentPlan) -> Void = { _ in }
) -> TreatmentPlan {
    var plan = TreatmentPlan(
        effectiveFrom: day(from), zone: "Europe/London", product: "hizentra", route: .sc,
        doseMilligrams: grams * 1000, intervalDays: days)
    plan.dueMode = .fixed
    change(&plan)
    return plan
}

/// 90 g into a vein every 21 days, counted from the last dose, in two parts.
func intravenous(from: String = "2026-03-02") -> TreatmentPlan {
    weekly(90, from: from, every: 21) {
        $0.product = "privigen"
        $0.route = .iv
        $0.parts = 2
        $0.dueMode = .rolling
    }
}

/// The ramp of A11: 7.5, 15, 22.5 and 30 g, then 30 g every 28 days.
func ramped() -> TreatmentPlan {
    weekly(30, from: "2026-04-06", every: 28) {
        $0.product = "hyqvia"
        $0.route = .fsc
        $0.ramp = [
            RampStep(dayOffset: 0, doseMilligrams: 7500),
            RampStep(dayOffset: 7, doseMilligrams: 15_000),
            RampStep(dayOffset: 21, doseMilligrams: 22_500),
            RampStep(dayOffset: 42, doseMilligrams: 30_000),
        ]
    }
}

/// The day of a text; 1970-01-01 for a text that is none.
func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }

/// The days from one up to another.
func window(_ from: String, _ until: String) -> DayWindow {
    DayWindow(from: day(from), until: day(until))
}
