import SyncCore
import Testing

@Suite struct `What counts` {
    var home: Household
    var store: MemoryEventStore

    init() throws {
        home = try Household()
        store = try home.store()
    }

    private func candidates(_ field: String, of entry: EventLine) throws -> [EventID] {
        let view = try #require(try store.view(entry))
        return (view.fields[field]?.candidates ?? []).map(\.event.id).sorted()
    }

    /// The clinic's word on the phone, having seen what is there.
    private mutating func say(_ set: JSONObject) throws {
        let view = try #require(try store.view(home.phoneFirst))
        let line = try home.clinic.write(
            .entry(home.phoneFirst.position), context: view.context, set: set)
        try store.add(home.clinic, line)
    }

    private mutating func close(relyingOn positions: [Position]) throws {
        try say(["access": "closed", "trusted": .array(positions.map(\.json))])
    }

    @Test mutating func `Until a pinned clinic's word is held everything counts`() throws {
        var stranger = Pen(seed: 5)
        let lines = (try stranger.introduce(), try stranger.begin(set: ["note": "a"]))
        for pin in [nil, home.clinic.key.publicKey] {
            store = MemoryEventStore(diary: .test, pinnedClinic: pin)
            try store.add(stranger, lines.0, lines.1)
            #expect(try candidates("note", of: lines.1) == [lines.1.id])
        }
        try store.add(home.phone, home.phoneFirst)
        try store.add(home.clinic, home.clinicFirst, home.welcome)
        #expect(try candidates("note", of: lines.1).isEmpty)
        #expect(try store.view(lines.1)?.status == EntryView.Status.none)
    }

    @Test
    mutating func
        `What does not count replaces nothing, and when it counts nothing has replaced it`()
        throws
    {
        let begun = try home.phone.begin(set: ["note": "a"])
        try store.add(home.phone, begun)
        var tablet = Pen(seed: 6)
        let first = try tablet.introduce()
        let uncounted = try tablet.amend(begun, seeing: [begun], set: ["note": "b"])
        try store.add(tablet, first, uncounted)
        #expect(try candidates("note", of: begun) == [begun.id])
        // Somebody writes from a page that shows it as "to review": it is not in the context.
        let context = try #require(try store.view(begun)).context
        let between = try home.phone.write(
            .entry(begun.position), context: context, set: ["note": "c"])
        try store.add(home.phone, between)
        #expect(try candidates("note", of: begun) == [between.id])
        try store.add(
            home.clinic, home.clinic.amend(first, seeing: [first], set: ["trusted": "all"]))
        #expect(try candidates("note", of: begun) == [between.id, uncounted.id].sorted())
    }

    @Test mutating func `A device cannot trust or open itself`() throws {
        try close(relyingOn: [])
        let own = try home.phone.amend(
            home.phoneFirst, seeing: [home.phoneFirst, home.welcome],
            set: ["access": "open", "trusted": "all"])
        try store.add(home.phone, own)
        let standing = try Standing(of: store)
        #expect(standing.isClosed(home.phone.replica))
        #expect(standing.trust(of: home.phone.replica).isAll == false)
        #expect(try candidates("trusted", of: home.phoneFirst).contains(own.id) == false)
    }

    @Test mutating func `Closing relies on the positions named and on nothing else of the device`()
        throws
    {
        let kept = try home.phone.begin(set: ["note": "kept"])
        var copy = home.phone.fork(seed: 50)
        let later = try home.phone.begin(set: ["note": "later"])
        let branch = try copy.begin(set: ["note": "branch"])
        try store.add(home.phone, kept)
        try close(relyingOn: [kept.position])
        try store.add(home.phone, later)
        try store.add(copy, branch)
        // A new replica that continues from below the trusted position, with a key of its own.
        var below = home.phone
        below.tip = home.phoneFirst.position
        var (next, continuation) = try below.continued(seed: 51)
        let nextFirst = try next.introduce(continues: continuation, set: [:])
        let continued = try next.begin(set: ["note": "continued"])
        try store.add(next, nextFirst, continued)
        // A second introduction under the phone's own name.
        var again = home.phone.fork(seed: 52)
        again.tip = nil
        let second = (try again.introduce(set: [:]), try again.begin(set: ["note": "again"]))
        try store.add(again, second.0, second.1)

        #expect(try candidates("note", of: kept) == [kept.id])
        for line in [later, branch, continued, second.1] {
            #expect(try candidates("note", of: line).isEmpty)
            #expect(try store.view(line)?.toReview == [line.position])
        }
        let standing = try Standing(of: store)
        #expect(standing.isClosed(next.replica))
        #expect(standing.firstReplicas(of: next.replica) == [home.phone.replica])
        // Trusted further: these count, and the clinic may open it again.
        try say(["trusted": [later.position.json, continued.position.json]])
        #expect(try candidates("note", of: later) == [later.id])
        #expect(try candidates("note", of: continued) == [continued.id])
        #expect(try candidates("note", of: branch).isEmpty)
        #expect(try candidates("note", of: kept) == [kept.id])
    }

    @Test
    mutating func `A second introduction that continues nothing does not free a continued log`()
        throws
    {
        try close(relyingOn: [])
        var (next, continuation) = try home.phone.continued(seed: 53)
        let free = Pen.sameLog(as: next, seed: 54)
        try store.add(next, next.introduce(continues: continuation, set: [:]))
        var other = free
        let first = try other.introduce(set: [:])
        let line = try other.begin(set: ["note": "free"])
        try store.add(other, first, line)
        try store.add(
            home.clinic, home.clinic.amend(first, seeing: [first], set: ["trusted": "all"]))
        #expect(try Standing(of: store).isClosed(next.replica))
        #expect(try candidates("note", of: line).isEmpty)
    }

    @Test mutating func `A trusted position that is not held covers nothing`() throws {
        let line = try home.phone.begin(set: ["note": "a"])
        let unheld = try home.phone.begin(set: ["note": "b"])
        try store.add(home.phone, line)
        try close(relyingOn: [unheld.position])
        #expect(try candidates("note", of: line).isEmpty)
        try store.add(home.phone, unheld)
        #expect(try candidates("note", of: line) == [line.id])
    }

    @Test
    mutating func
        `In conflict an event counts if every candidate trusts it, and any closed closes`()
        throws
    {
        let one = try home.phone.begin(set: ["note": "1"])
        let two = try home.phone.begin(set: ["note": "2"])
        try store.add(home.phone, one, two)
        let seen = [home.phoneFirst, home.welcome]
        let wide = try home.clinic.amend(
            home.phoneFirst, seeing: seen, set: ["access": "open", "trusted": "all"])
        let narrow = try home.clinic.amend(
            home.phoneFirst, seeing: seen,
            set: ["access": "closed", "trusted": [one.position.json]])
        try store.add(home.clinic, wide, narrow)
        #expect(try store.view(home.phoneFirst)?.conflicts == ["access", "trusted"])
        #expect(try candidates("note", of: one) == [one.id])
        #expect(try candidates("note", of: two).isEmpty)
        #expect(try Standing(of: store).isClosed(home.phone.replica))
    }

    @Test
    mutating func `Fields of the clinic count from its logs alone, the rest of the event counts`()
        throws
    {
        let begun = try home.phone.begin(
            set: ["grade.assessed": 3, "grade.said": 2, "status": "active"])
        try store.add(home.phone, begun)
        #expect(try candidates("grade.said", of: begun) == [begun.id])
        #expect(try candidates("grade.assessed", of: begun).isEmpty)
        let staff = try home.clinic.amend(begun, seeing: [begun], set: ["grade.assessed": 4])
        try store.add(home.clinic, staff)
        #expect(try candidates("grade.assessed", of: begun) == [staff.id])
        let plan = try home.phone.begin("plan", set: ["plan": 1])
        try store.add(home.phone, plan)
        #expect(try store.view(plan)?.fields.isEmpty == true)
    }

    @Test
    mutating func `A label and a name count from the chain that began them and from the clinic`()
        throws
    {
        var tablet = Pen(seed: 7)
        let tabletFirst = try tablet.introduce(set: ["label": "tablet"])
        try store.add(tablet, tabletFirst)
        try store.add(
            home.clinic,
            home.clinic.amend(tabletFirst, seeing: [tabletFirst], set: ["trusted": "all"]))
        let person = try home.phone.begin("person", set: ["name": "Anna", "role": "patient"])
        try store.add(home.phone, person)
        let foreign = (
            try tablet.amend(home.phoneFirst, seeing: [home.phoneFirst], set: ["label": "mine"]),
            try tablet.amend(person, seeing: [person], set: ["name": "Eve", "role": "nurse"])
        )
        try store.add(tablet, foreign.0, foreign.1)
        #expect(try store.view(home.phoneFirst)?["label"] == "phone")
        #expect(try store.view(person)?["name"] == "Anna")
        #expect(try store.view(person)?["role"] == "nurse")
        var (next, continuation) = try home.phone.continued(seed: 55)
        let renamed = [
            try next.introduce(continues: continuation, set: [:]),
            try next.amend(home.phoneFirst, seeing: [home.phoneFirst], set: ["label": "phone 2"]),
        ]
        try store.add(next.section(of: renamed))
        #expect(try store.view(home.phoneFirst)?["label"] == "phone 2")
        let clinics = try home.clinic.amend(
            home.phoneFirst, seeing: renamed + [home.phoneFirst], set: ["label": "Anna's"])
        #expect(throws: NotTaken.self) { try store.add(home.clinic, clinics) }
    }

    @Test mutating func `A former clinic's fields count, but not its word on devices`() throws {
        var newClinic = Pen(seed: 8)
        let newFirst = try newClinic.introduce(set: ["label": "new clinic"])
        let plan = try home.clinic.begin("plan", set: ["plan": 1])
        var tablet = Pen(seed: 9)
        let tabletFirst = try tablet.introduce()
        let trusted = try home.clinic.amend(
            tabletFirst, seeing: [tabletFirst], set: ["trusted": "all"])
        let note = try tablet.begin(set: ["note": "a"])
        try store.add(tablet, tabletFirst, note)
        try store.add(home.clinic, plan, trusted)
        #expect(try candidates("note", of: note) == [note.id])

        store.pinnedClinic = newClinic.key.publicKey
        let formerly = try newClinic.amend(
            home.clinicFirst, seeing: [home.clinicFirst],
            set: ["role": "clinic", "trusted": "all"])
        try store.add(newClinic, newFirst, formerly)
        #expect(try candidates("plan", of: plan) == [plan.id])
        #expect(try candidates("note", of: note).isEmpty)
        #expect(try Standing(of: store).formerClinicReplicas == [home.clinic.replica])
    }
}

extension Pen {
    /// Another introduction of the same log.
    static func sameLog(as pen: Pen, seed: UInt64) -> Pen {
        var copy = pen.fork(seed: seed)
        copy.tip = nil
        return copy
    }
}
