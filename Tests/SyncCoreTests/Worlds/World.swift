import SyncCore

/// A random world of one diary: a clinic, some devices, and what people and machines do to them.
///
/// A port of the project's executable model to the real rules: logs, sections, both machines of a
/// sync. One seed is one world. An oracle beside it remembers in plain sets of ids what each writer
/// saw and whom the clinic trusts; `judge` holds every store against it.
final class World {
    let defect: Defect?
    let clinicKey: SigningKey
    let diary: DiaryID
    var random: SplitMix64
    var oracle = WorldOracle()
    private(set) var clock = 0

    private(set) var devices: [WorldDevice] = []
    private var backups: [(device: WorldDevice, disk: WorldDevice.Disk)] = []
    private var files: [[Section]] = []
    private var forms: [(form: WorldForm, set: JSONObject)] = []
    private var live: [WorldSession] = []

    /// Events that only disks now lost held.
    private(set) var gone: Set<EventID> = []
    /// Devices the clinic ever closed, and what was saved when it last did.
    private(set) var revoked: Set<Position> = []
    private(set) var shut: [Position: Set<EventID>] = [:]
    /// Good lines that a faulty clinic refuses.
    var refused: Set<EventID> = []
    /// Malformed lines that a hostile device wrote.
    private(set) var bad: Set<EventID> = []
    /// The faults have stopped.
    var isQuiet = false
    /// How often each state worth reaching was reached.
    var sometimes: [String: Int] = [:]

    private struct Odds {
        var peers, close, erase, restore, restoreClinic, clone, lose, refuse, isLarge: Bool
        var cut: Double
    }
    private let odds: Odds

    init(seed: UInt64, defect: Defect? = nil) throws {
        self.defect = defect
        random = SplitMix64(seed: seed)
        clinicKey = SigningKey.random(using: &random)
        diary = DiaryID(founder: clinicKey.publicKey, nonce: Nonce.random(using: &random))
        odds = Odds(
            peers: random.chance(0.5), close: random.chance(0.6), erase: random.chance(0.3),
            restore: random.chance(0.6), restoreClinic: random.chance(0.5),
            clone: random.chance(0.5), lose: random.chance(0.3), refuse: random.chance(0.2),
            isLarge: random.chance(0.15), cut: random.pick([0, 0.1, 0.3]))
        devices.append(try make("hub", isClinic: true))
        for number in 0...random.below(4) {
            devices.append(try make("d\(number)", isClinic: false))
        }
        devices[1].disk.isHostile = random.chance(0.2)
        for device in devices.dropFirst() where random.chance(0.7) { try join(device) }
    }

    var hub: WorldDevice { devices[0] }

    private func tick() -> Int {
        clock += 1
        return clock
    }

    private func make(_ name: String, isClinic: Bool) throws -> WorldDevice {
        let key = isClinic ? clinicKey : SigningKey.random(using: &random)
        let own = OwnLog(diary: diary, key: key, nonce: Nonce.random(using: &random))
        let pages = odds.isLarge ? [40_000, 100_000, 1 << 20] : [1500, 4000, 1 << 20]
        let disk = WorldDevice.Disk(
            store: WorldStore(
                diary: diary, pinnedClinic: isClinic ? clinicKey.publicKey : nil, defect: defect),
            own: own, page: PageLimit(bytes: random.pick(pages)))
        let device = WorldDevice(
            name: name, isClinic: isClinic, disk: disk, generation: tick())
        _ = try commit(device, [])
        device.disk.first = device.disk.own.tip
        return device
    }

    // MARK: Writing

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

    private func about() -> JSONObject {
        guard odds.isLarge, random.chance(0.3) else { return [:] }
        return ["note": .string(String(repeating: "n", count: 15_000 + random.below(20_000)))]
    }

    private func someValue() -> (String, JSONValue) {
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
    private func open(_ device: WorldDevice, _ entry: Position) throws -> WorldForm {
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

    private func save(_ form: WorldForm, _ set: JSONObject) throws {
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
    private func saveMalformed(_ draft: EventDraft, _ device: WorldDevice) throws {
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

    private func put(_ form: WorldForm, _ set: JSONObject, later: Double) throws {
        sometimes["forms", default: 0] += 1
        if random.chance(later) { forms.append((form, set)) } else { try save(form, set) }
    }

    private func fillIn(_ device: WorldDevice) throws {
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

    // MARK: Joining, closing, erasing

    /// The device pins the clinic and brings the introduction its chain began with; the clinic trusts it.
    func join(_ device: WorldDevice) throws {
        guard let first = device.disk.first, let line = device.store.lines[first.id],
            let key = device.disk.keys[first.replica]
        else { return }
        let before = try device.store.views()
        device.disk.store.pinnedClinic = clinicKey.publicKey
        if oracle.everythingCounts(in: device.store.ids, isPinned: true) {
            try check(try device.store.views() == before, "joining empties the diary")
        }
        try device.disk.store.obeyOrders()
        guard !revoked.contains(first) else { return }
        let head = Head(position: first, signature: key.sign(.head(diary, first)))
        _ = try hub.disk.store.take([Section(lines: [line.bytes], heads: [head])])
        try check(try hub.store.held(first) != nil, "the clinic cannot name the device")
        try save(
            open(hub, first),
            ["access": Vocabulary.open, "role": "patient", "trusted": Vocabulary.trustedAll])
    }

    /// The clinic closes a device with all that continues it, or trusts it further.
    private func say(
        _ clinic: WorldDevice, _ first: Position, again: Bool = false, few: Bool = false,
        later: Double = 0
    ) throws {
        var logs: [ReplicaID: [Position]] = [:]
        for position in clinic.store.arrived where oracle.root(position.replica) == first {
            logs[position.replica, default: []].append(position)
        }
        var relied: [Position] = []
        for log in logs.sorted(by: { $0.key < $1.key }).map(\.value) {
            if few {
                relied += log.prefix(random.below(log.count + 1)).suffix(1)
            } else {
                relied += try clinic.store.tops(of: log).positions
            }
        }
        let list = JSONValue.array(relied.sorted().map(\.json))
        try put(
            open(clinic, first),
            [
                "access": again ? Vocabulary.open : Vocabulary.closed,
                "trusted": again && random.chance(0.5) ? Vocabulary.trustedAll : list,
            ], later: later)
    }

    private func decide() throws {
        let clinic = random.pick(devices.filter(\.isClinic))
        let device = random.pick(devices.filter { !$0.isClinic })
        guard let first = device.disk.first, clinic.store.lines[first.id] != nil else { return }
        guard revoked.contains(first) || !random.chance(0.3) else { return }
        let again = revoked.contains(first) && random.chance(0.7)
        revoked.insert(first)
        shut[first] = nil
        sometimes[again ? "reopened" : "closed", default: 0] += 1
        let few = !again && random.chance(0.6)
        try say(clinic, first, again: again, few: few, later: again ? 0.2 : 0)
        if !again { shut[first] = Set(oracle.saved.keys) }
    }

    /// An administrator closes again who had been closed, once a restored clinic knows all of them.
    func confirm(_ clinic: WorldDevice) throws {
        guard clinic.disk.reopened.allSatisfy({ clinic.store.lines[$0.id] != nil }) else { return }
        let standing = try Standing(of: clinic.store)
        for first in clinic.disk.reopened.sorted() where !standing.isClosed(first.replica) {
            try say(clinic, first)
        }
        clinic.disk.isUnconfirmed = false
        clinic.disk.reopened = []
    }

    private func erase() throws {
        let named = random.pick(hub.store.arrived)
        guard let event = oracle.events[named.id], event.mayBeErased || random.chance(0.1) else {
            return
        }
        let signature = clinicKey.sign(.erasure(diary, named.id))
        let draft = EventDraft.begin(
            "erasure",
            set: [
                "erase": ["events": [named.json]], "signatures": [.string(signature.text)],
            ])
        let order = try commit(hub, [draft])[0]
        if event.mayBeErased { oracle.orders[order.id] = named.id }
        oracle.told(order, seeing: [], speaksOfStatus: true)
        sometimes["orders", default: 0] += 1
    }

    // MARK: Faults

    private func restore(_ device: WorldDevice, _ disk: WorldDevice.Disk) throws {
        for id in device.store.ids.subtracting(disk.store.ids) where oracle.saved[id] != nil {
            let isElsewhere = devices.contains { $0 !== device && $0.store.lines[id] != nil }
            if !isElsewhere { gone.insert(id) }
        }
        var closed: Set<Position> = []
        if device.isClinic {
            let standing = try Standing(of: device.store)
            for other in devices.compactMap(\.disk.first) where standing.isClosed(other.replica) {
                closed.insert(other)
            }
            closed.formUnion(device.disk.reopened)
        }
        device.disk = disk
        device.generation = tick()
        sometimes["restores", default: 0] += 1
        guard device.isClinic else { return }
        let standing = try Standing(of: disk.store)
        device.disk.isUnconfirmed = true
        device.disk.reopened = closed.filter { !standing.isClosed($0.replica) }
    }

    private func clone(_ device: WorldDevice) {
        let keepsName = random.chance(0.5) && !device.isClinic
        let generation = tick()
        devices.append(
            WorldDevice(
                name: keepsName ? device.name : "c\(generation)", isClinic: device.isClinic,
                disk: device.disk, generation: generation))
        sometimes["clones", default: 0] += 1
    }

    // MARK: Steps

    func step() throws {
        let draw = Double.random(in: 0..<1, using: &random)
        let device = random.pick(devices)
        switch draw {
        case ..<0.33: try fillIn(device)
        case ..<0.40 where !forms.isEmpty:
            let (form, set) = forms.remove(at: random.below(forms.count))
            try save(form, set)
        case ..<0.55: beginSync(device)
        case ..<0.78 where !live.isEmpty: try goOn(random.pick(live))
        case ..<0.82: try export(device)
        case ..<0.85 where !files.isEmpty: _ = try device.disk.store.take(random.pick(files))
        case ..<0.89 where odds.close: try decide()
        case ..<0.91:
            let joins = device.store.pinnedClinic == nil || random.chance(0.4)
            if !device.isClinic, joins { try join(device) }
        case ..<0.925 where odds.erase: try erase()
        case ..<0.94: backups.append((device, device.disk))
        case ..<0.97 where device === hub ? odds.restoreClinic : odds.restore:
            let own = backups.filter { $0.device === device }
            if !own.isEmpty { try restore(device, random.pick(own).disk) }
        case ..<0.985 where odds.clone && devices.count < 7:
            if !device.isClinic || random.chance(0.2) { clone(device) }
        case ..<0.99 where odds.lose:
            try restore(hub, make("hub", isClinic: true).disk)
            sometimes["lost", default: 0] += 1
        case 0.99... where odds.refuse && refused.isEmpty && !oracle.saved.isEmpty:
            refused = [random.pick(oracle.saved.keys.sorted())]
        default: break
        }
        if random.chance(0.1) { try confirm(hub) }
        if random.chance(0.2) { try judge(device) }
    }

    private func beginSync(_ asker: WorldDevice) {
        let withHub = asker !== hub && (!odds.peers || random.chance(0.7))
        let other = withHub ? hub : random.pick(devices)
        guard other !== asker, !asker.isClinic || other.isClinic,
            !live.contains(where: { $0.a === asker && $0.b === other })
        else { return }
        live.append(WorldSession(asker, other, in: self))
    }

    private func goOn(_ session: WorldSession) throws {
        var outcome = WorldSession.Outcome.on
        for _ in 0..<random.pick([1, 1, 99]) where outcome == .on {
            let cut = random.chance(odds.cut) ? random.pick(WorldSession.Cut.allCases) : nil
            outcome =
                session.generation == session.a.generation ? try session.round(cut: cut) : .cut
        }
        guard outcome != .on else { return }
        live.removeAll { $0 === session }
        sometimes["\(outcome)", default: 0] += 1
    }

    private func export(_ device: WorldDevice) throws {
        guard !device.disk.isUnconfirmed else { return }
        let known = device.disk.known.sorted { $0.key < $1.key }.map(\.value)
        let beyond = random.pick([VectorClock()] + known)
        let offer = try device.store.offer(
            beyond: device.store.coverage(of: beyond.positions), page: .bundle)
        files.append(offer.sections)
    }
}
