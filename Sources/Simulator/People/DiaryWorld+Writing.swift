internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// What people write: new entries, and forms that stay open while others write.
extension DiaryWorld {
    /// What a local commit changes beside the store.
    struct Pen {
        var own: OwnLog
        var random: SplitMix64
    }

    /// One writing transaction; returns what the drafts became, or nil where a fault struck: then
    /// nobody was told anything.
    func commit(
        _ machine: Machine, _ drafts: [EventDraft], fault: StoreFault?
    ) throws -> [OracleEvent]? {
        let start = machine.store.nextArrival
        let sections = machine.store.sections.count
        let at = Timestamp(
            milliseconds: machine.clock.reads(at: world.now), offset: random.below(600))
        let newKey: LocalCommit<SimulatedStore>.NewKey =
            machine.isClinic ? .clinic(clinicKey) : .generated
        let own = machine.disk.own
        let written = own.tip.flatMap { oracle.events[$0.id]?.below } ?? []
        let wentOnElsewhere = machine.store.arrived.contains {
            $0.replica == own.replica && !written.contains($0.id)
        }
        var pen = Pen(own: own, random: random)
        do {
            let continued = try transact(machine, &pen, fault: fault, own: \.own) { store, pen in
                try store.commit(
                    to: &pen.own, at: at, introduction: ["label": .string(machine.name)],
                    newKey: newKey, using: &pen.random
                ) { commit, random in
                    for draft in drafts { try commit.write(draft, using: &random) }
                }.continuedAsNewReplica
            }
            try check(
                continued == wentOnElsewhere,
                "it writes on where its log went on elsewhere, or leaves its own")
            if continued { count(.continuedAsNew) }
        } catch let kind as StoreFault.Kind {
            strike(machine, kind)
            return nil
        }
        random = pen.random
        machine.disk.own = pen.own
        machine.disk.keys[pen.own.replica] = pen.own.key
        let saved = Array(machine.store.sections[sections...])
        try judgeCuts(saved, in: machine.store)
        for section in saved {
            for event in section { oracle.mates[event] = Set(section) }
        }
        return try noteArrived(on: machine, since: start, isClinic: machine.isClinic)
            .suffix(drafts.count)
    }

    /// What was saved at once travels at once, as far as the limit of a section allows.
    private func judgeCuts(_ sections: [[EventID]], in store: SimulatedStore) throws {
        func length(_ events: some Sequence<EventID>) -> Int {
            events.reduce(0) { $0 + (store.lines[$1].map { $0.bytes.count + 1 } ?? 0) }
        }
        for (section, next) in zip(sections, sections.dropFirst()) {
            try check(
                length(section) + length(next.prefix(1)) > Section.lengthLimit,
                "saved at once and cut for no need")
        }
    }

    /// Tells the oracle of events that were written on this machine.
    func noteArrived(
        on machine: Machine, since start: Int, isClinic: Bool
    ) throws -> [OracleEvent] {
        try machine.store.arrived[start...].compactMap { position in
            try machine.store.lines[position.id].map {
                try oracle.note($0, isClinic: isClinic)
            }
        }
    }

    private func strike(_ machine: Machine, _ kind: StoreFault.Kind) {
        switch kind {
        case .crash:
            count(.crashedWriting)
            say("\(machine.name) dies before what was typed is on its disk")
            crash(machine)
        case .full:
            count(machine.isClinic ? .clinicDiskFull : .deviceDiskFull)
            say("\(machine.name)'s disk is full; nothing is saved and the person is told so")
        }
    }

    func about() -> JSONObject {
        guard odds.isLarge, random.chance(0.3) else { return [:] }
        let note = [UInt8](repeating: UInt8(ascii: "n"), count: 15_000 + random.below(20_000))
        return ["note": .string(String(decoding: note, as: UTF8.self))]
    }

    func someValue() -> (String, JSONValue) {
        // One word in two spellings, too: a merge must not take them for one.
        let values: [JSONValue] = [1, 2, 3, "caf\u{E9}", "cafe\u{301}"]
        return (random.pick(["a", "b", "c"]), random.pick(values))
    }

    /// Records one new entry or several.
    func record(_ machine: Machine) throws {
        let drafts = (0..<random.pick([1, 1, 2, 4])).map { _ in draftEntry() }
        guard let events = try commit(machine, drafts, fault: drawFault(on: machine)) else {
            return
        }
        for event in events { oracle.told(event, seeing: [], speaksOfStatus: true) }
        count(.logged, events.count)
        say("\(machine.name) logs \(events.map { name($0.id) }.joined(separator: ", "))")
    }

    private func draftEntry() -> EventDraft {
        guard odds.hasInfusions, random.chance(0.7) else {
            let (field, value) = someValue()
            return EventDraft.begin("reaction", set: [field: value], about: about())
        }
        count(.infusion)
        // Two people write down one infusion, each on their own device.
        let logged = oracle.saved.values.filter {
            $0.event.kind == "infusion" && $0.event.id == $0.event.entry
        }.sorted { $0.event.id < $1.event.id }
        if !logged.isEmpty, random.chance(0.3) {
            count(.recordedTwice)
            let copy = Self.facts.copy(of: random.pick(logged).event.sets, using: &random)
            return EventDraft.begin("infusion", set: copy, about: about())
        }
        return EventDraft.begin(
            "infusion", set: Self.facts.infusion(using: &random), about: about())
    }

    private static let facts = InfusionFacts(days: 4)

    /// Opens an entry on a person's page.
    func open(_ machine: Machine, _ entry: Position) throws -> Form {
        guard let view = try machine.store.view(entry),
            let held = try machine.store.held(entry)
        else { throw SimulationFailure(description: "an entry that is held has no view") }
        let page = try machine.store.events(ofEntry: held.entry).map(\.line.position)
        let seen = Set(page.map(\.id)).subtracting(view.toReview.map(\.id))
        let context =
            mistake == .contextOfWhatDoesNotCount
            ? try machine.store.tops(of: page).positions : view.context
        return Form(
            machine: machine, entry: entry, page: page, seen: seen, context: context, view: view)
    }

    /// - Returns: whether the person was told that it is saved.
    @discardableResult
    func save(_ form: Form, _ set: JSONObject) throws -> Bool {
        let machine = form.machine
        var draft = EventDraft(
            .entry(form.entry), context: form.context, set: set, about: about())
        guard machine.store.lines[form.entry.id] != nil else {
            count(.keptAsDraft)
            return false
        }
        if machine.disk.isHostile, !isQuiet, random.chance(0.2) {
            try writeForeignContext(draft, machine)
            return false
        }
        if mistake == .contextAtSaving { draft.context = try open(machine, form.entry).context }
        let isStale = try open(machine, form.entry).seen != form.seen
        let fault = drawFault(on: machine)
        guard let event = try commit(machine, [draft], fault: fault)?.first else { return false }
        let kept = form.context.filter { machine.store.lines[$0.id] != nil }
        let below = kept.reduce(into: Set()) { $0.formUnion(oracle.events[$1.id]?.below ?? []) }
        oracle.told(
            event,
            seeing: kept.count == form.context.count ? form.seen : form.seen.intersection(below),
            speaksOfStatus: set["status"] != nil)
        if isStale { count(.savedFromStalePage) }
        if let intent = form.intent { count(intent) }
        say(
            "\(machine.name) writes \(name(event.id)) in \(name(form.entry.id)): "
                + set.keys.joined(separator: ", ") + (isStale ? ", from a stale page" : ""))
        return true
    }

    /// Saves, or leaves the page open for later.
    @discardableResult
    func put(_ form: Form, _ set: JSONObject, later: Double) throws -> Bool {
        if random.chance(later) {
            forms.append((form, set))
            return false
        }
        return try save(form, set)
    }

    /// A person opens an entry, or begins one.
    func write(_ machine: Machine) throws {
        let store = machine.store
        let entries = store.arrived.filter { isRecord(store.lines[$0.id]?.envelope.kind) }
            .sorted { $0.id < $1.id }.prefix(random.pick([1, 2, 5]))
        if (store.lines.count < 9 && random.chance(0.5)) || entries.isEmpty {
            return try record(machine)
        }
        var form = try open(machine, random.pick(Array(entries)))
        let set = try fillIn(&form, among: Array(entries))
        if let set { try put(form, set, later: 0.4) }
    }

    /// What a person writes into a form; nil for nothing.
    private func fillIn(_ form: inout Form, among entries: [Position]) throws -> JSONObject? {
        let machine = form.machine
        let (field, value) = someAmendment(of: form)
        switch Double.random(in: 0..<1, using: &random) {
        case ..<0.2:
            let voids = random.chance(0.3) || form.status == .active
            form.intent = voids ? .voided : .reinstated
            return ["status": voids ? Vocabulary.voided : Vocabulary.active]
        case ..<(odds.hasInfusions ? 0.36 : 0.3) where entries.count > 1:
            let few = entries.prefix(random.pick([2, 3, 5])).shuffled(using: &random)
            let pair = few.prefix(2).sorted { $0.id < $1.id }
            let link = Vocabulary.link(pair[1].id, pair[0].id)
            try check(link.entry == pair[0].id, "a link stands in the smaller id's entry")
            form = try open(machine, pair[0])
            form.intent = .linked
            return [link.field: word(on: pair)]
        case ..<0.44:
            form.intent = .assessed
            return ["grade.assessed": value]
        case ..<0.47:
            form = try open(
                machine, random.pick(machine.store.arrived.filter { $0.seq == 1 }))
            return ["label": value]
        case ..<0.49 where !machine.isClinic:
            guard let first = machine.disk.first else { return nil }
            form = try open(machine, first)
            form.intent = .trustedItself
            return ["access": Vocabulary.open, "trusted": Vocabulary.trustedAll]
        case ..<0.6: return resolve(&form) ?? undo(&form) ?? [field: value]
        case ..<0.7: return undo(&form) ?? [field: value]
        default:
            form.intent = .amended
            return [field: value]
        }
    }

    /// What is said of two entries being one, or not.
    private func word(on pair: [Position]) -> JSONValue {
        if random.chance(0.3) { return ["value": "different"] }
        return ["counts": .string(random.pick(pair).id.text), "value": "same"]
    }

    /// Whether people write entries of this kind.
    func isRecord(_ kind: String?) -> Bool { kind == "reaction" || kind == "infusion" }

    private func someAmendment(of form: Form) -> (String, JSONValue) {
        guard form.view.kind == "infusion" else { return someValue() }
        let set = Self.facts.amendment(of: form.view.settledFields, using: &random)
        return set.members.first.map { ($0.key, $0.value) } ?? someValue()
    }

    /// Settles every open field of the page, each by one of its values.
    private func resolve(_ form: inout Form) -> JSONObject? {
        guard !form.view.conflicts.isEmpty else { return nil }
        form.intent = .resolved
        var set: JSONObject = [:]
        for field in form.view.conflicts {
            let values = form.view.fields[field]?.candidates.compactMap(\.value.json) ?? []
            set[field] = values.isEmpty ? 1 : random.pick(values)
        }
        return set
    }

    /// Puts back what the page's last amendment of a field replaced.
    private func undo(_ form: inout Form) -> JSONObject? {
        let page = form.page.compactMap { oracle.events[$0.id] }
        guard let last = page.last(where: { $0.id != form.entry.id }),
            let field = last.sets.keys.first(where: {
                ["a", "b", "c", "time", "sites"].contains($0) || $0.hasPrefix("vials.")
            }),
            let earlier = page.last(where: { $0.id != last.id && $0.sets[field] != nil }),
            let value = earlier.sets[field]
        else { return nil }
        form.intent = .undone
        return [field: value]
    }

    /// How a story calls an event.
    func name(_ id: EventID) -> String { String(id.text.prefix(6)) }
}
