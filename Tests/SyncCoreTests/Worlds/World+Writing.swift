import SyncCore
import TestSupport

/// What people write: new entries, and forms that stay open while others write.
extension World {
    /// One writing transaction; returns what the drafts became.
    func commit(_ device: WorldDevice, _ drafts: [EventDraft]) throws -> [WorldEvent] {
        let start = device.store.nextArrival
        // No clock orders anything, so clocks are wild.
        let at = Timestamp(milliseconds: Int64(random.below(1 << 42)), offset: random.below(600))
        var own = device.disk.own
        _ = try device.disk.store.commit(
            to: &own, at: at, introduction: ["label": .string(device.name)],
            newKey: device.isClinic ? .clinic(clinicKey) : .generated, using: &random
        ) { commit, random in
            for draft in drafts { try commit.write(draft, using: &random) }
        }
        device.disk.own = own
        device.disk.keys[own.replica] = own.key
        var events: [WorldEvent] = []
        for position in device.store.arrived[start...] {
            guard let line = device.store.lines[position.id] else { continue }
            events.append(try oracle.note(line, isClinic: device.isClinic))
        }
        return events.suffix(drafts.count)
    }

    func about() -> JSONObject {
        guard odds.isLarge, random.chance(0.3) else { return [:] }
        return ["note": .string(String(repeating: "n", count: 15_000 + random.below(20_000)))]
    }

    func someValue() -> (String, JSONValue) {
        (random.pick(["a", "b", "c"]), .integer(Int64(1 + random.below(3))))
    }

    /// Records one new entry or several.
    func record(_ device: WorldDevice) throws {
        let drafts = (0..<random.pick([1, 1, 2, 4])).map { _ in
            let (field, value) = someValue()
            return EventDraft.begin("reaction", set: [field: value], about: about())
        }
        for event in try commit(device, drafts) {
            oracle.told(event, seeing: [], speaksOfStatus: true)
        }
    }

    /// Opens an entry on a person's page.
    func open(_ device: WorldDevice, _ entry: Position) throws -> WorldForm {
        let standing = try Standing(of: device.store)
        guard let view = try device.store.view(entry, standing),
            let held = try device.store.held(entry)
        else { throw WorldFailure(description: "an entry that is held has no view") }
        let page = try device.store.events(ofEntry: held.entry).map(\.line.position)
        let seen = Set(page.map(\.id)).subtracting(view.toReview.map(\.id))
        let context =
            defect == .contextOfWhatDoesNotCount
            ? try device.store.tops(of: page).positions : view.context
        return WorldForm(
            device: device, entry: entry, page: page, seen: seen, context: context,
            status: view.status)
    }

    func save(_ form: WorldForm, _ set: JSONObject) throws {
        let device = form.device
        let draft = EventDraft(.entry(form.entry), context: form.context, set: set, about: about())
        guard device.store.lines[form.entry.id] != nil else {
            sometimes["drafts", default: 0] += 1
            return
        }
        if device.disk.isHostile, random.chance(0.2) { return try saveMalformed(draft, device) }
        var context = form.context
        if defect == .contextAtSaving { context = try open(device, form.entry).context }
        let event = try commit(
            device,
            [
                EventDraft(.entry(form.entry), context: context, set: set, about: draft.about)
            ])[0]
        let kept = form.context.filter { device.store.lines[$0.id] != nil }
        let below = kept.reduce(into: Set()) { $0.formUnion(oracle.events[$1.id]?.below ?? []) }
        oracle.told(
            event,
            seeing: kept.count == form.context.count ? form.seen : form.seen.intersection(below),
            speaksOfStatus: set["status"] != nil)
    }

    /// A hostile device writes a line whose context names an event of another entry.
    func saveMalformed(_ draft: EventDraft, _ device: WorldDevice) throws {
        guard case .entry(let entry) = draft.subject, let held = try device.store.held(entry),
            let other = device.store.arrived.filter({
                oracle.events[$0.id]?.entry != entry.id
            }).randomElement(using: &random)
        else { return }
        var draft = draft
        draft.context.append(other)
        device.disk.store.lies = [other: held.entry]
        defer { device.disk.store.lies = [:] }
        bad.insert(try commit(device, [draft])[0].id)
        sometimes["malformed", default: 0] += 1
    }

    func put(_ form: WorldForm, _ set: JSONObject, later: Double) throws {
        sometimes["forms", default: 0] += 1
        if random.chance(later) { forms.append((form, set)) } else { try save(form, set) }
    }

    func fillIn(_ device: WorldDevice) throws {
        let store = device.store
        let entries = store.arrived.filter { store.lines[$0.id]?.envelope.kind == "reaction" }
            .sorted { $0.id < $1.id }.prefix(random.pick([1, 2, 5]))
        if (store.lines.count < 9 && random.chance(0.5)) || entries.isEmpty {
            return try record(device)
        }
        var entry = random.pick(Array(entries))
        let (field, value) = someValue()
        var set: JSONObject = [field: value]
        switch Double.random(in: 0..<1, using: &random) {
        case ..<0.2:
            let isActive = try open(device, entry).status == .active
            let voids = random.chance(0.3) || isActive
            set = ["status": voids ? Vocabulary.voided : Vocabulary.active]
        case ..<0.3 where entries.count > 1:
            let pair = entries.shuffled(using: &random).prefix(2).sorted { $0.id < $1.id }
            let link = Vocabulary.link(pair[1].id, pair[0].id)
            guard link.entry == pair[0].id else {
                throw WorldFailure(description: "a link stands in the smaller id's entry")
            }
            entry = pair[0]
            set = [link.field: .string(random.pick(pair).id.text)]
        case ..<0.4: set = ["grade.assessed": value]
        case ..<0.44:
            entry = random.pick(store.arrived.filter { $0.seq == 1 })
            set = ["label": value]
        case ..<0.46 where !device.isClinic:
            guard let first = device.disk.first else { return }
            entry = first
            set = ["access": Vocabulary.open, "trusted": Vocabulary.trustedAll]
        default: break
        }
        try put(open(device, entry), set, later: 0.4)
    }
}
