import SyncCore
import Testing

@Suite struct `Taking sections` {
    var home: Household
    var store: MemoryEventStore

    init() throws {
        home = try Household()
        store = MemoryEventStore(diary: .test, pinnedClinic: home.clinic.key.publicKey)
        try store.add(home.phone, home.phoneFirst)
    }

    enum Verdict: Equatable {
        case taken(Int)
        case later
        case refused(Int, Refusal.Kind)
    }

    /// Takes a section and checks that only a taken one changes anything.
    private mutating func take(_ section: Section) throws -> Verdict {
        let (frontier, next) = (store.frontier, store.nextArrival)
        let intake = try store.take([section])
        if intake.taken == 1 { return .taken(intake.stored) }
        #expect(store.frontier == frontier)
        #expect(store.nextArrival == next)
        #expect(intake.stored == 0)
        return intake.refused.map { .refused($0.line, $0.type) } ?? .later
    }

    private func section(_ lines: [EventLine], _ heads: [Head]) -> Section {
        Section(lines: lines.map(\.bytes), heads: heads)
    }

    // MARK: What lies below

    @Test mutating func `A section above a gap waits and is taken once the gap is filled`() throws {
        let (a, b) = (try home.phone.begin(set: ["n": 1]), try home.phone.begin(set: ["n": 2]))
        #expect(try take(home.phone.section(b)) == .later)
        #expect(try take(home.phone.section(a)) == .taken(1))
        #expect(try take(home.phone.section(b)) == .taken(1))
    }

    @Test mutating func `A line whose context or entry is not held waits`() throws {
        var tablet = Pen(seed: 7)
        let first = try tablet.introduce()
        let begun = try tablet.begin(set: ["n": 1])
        let amended = try tablet.amend(begun, seeing: [begun], set: ["n": 2])
        let foreign = try home.phone.amend(begun, set: ["n": 3])
        #expect(try take(home.phone.section(foreign)) == .later)
        try store.add(tablet, first, begun)
        #expect(try take(home.phone.section(foreign)) == .taken(1))
        let seen = try home.phone.amend(begun, seeing: [amended], set: ["n": 4])
        #expect(try take(home.phone.section(seen)) == .later)
        try store.add(tablet, amended)
        #expect(try take(home.phone.section(seen)) == .taken(1))
    }

    @Test mutating func `A context of another entry makes a line malformed`() throws {
        let (a, b) = (try home.phone.begin(set: ["n": 1]), try home.phone.begin(set: ["n": 2]))
        let good = try home.phone.amend(a, seeing: [a], set: ["n": 3])
        let crossed = try home.phone.amend(a, seeing: [good, b], set: ["n": 4])
        #expect(try take(home.phone.section(a, b, good, crossed)) == .refused(3, .malformed))
        #expect(try take(home.phone.section(a, b, good)) == .taken(3))
        #expect(try take(home.phone.section(crossed)) == .refused(0, .malformed))
    }

    @Test mutating func `An entry named by an event that began none is malformed`() throws {
        let a = try home.phone.begin(set: ["n": 1])
        let b = try home.phone.amend(a, seeing: [a], set: ["n": 2])
        let wrong = try home.phone.amend(b, set: ["n": 3])
        #expect(try take(home.phone.section(a, b, wrong)) == .refused(2, .malformed))
    }

    @Test mutating func `A line one seq too far above its tip, or on another's log, is malformed`()
        throws
    {
        var skipping = home.phone
        let tip = try #require(home.phone.tip)
        skipping.tip = Position(replica: tip.replica, seq: 4, id: tip.id)
        let skipped = try skipping.begin(set: ["n": 1])
        #expect(try take(skipping.section(skipped)) == .refused(0, .malformed))
        var intruder = home.clinic
        intruder.tip = Position(replica: intruder.replica, seq: 1, id: tip.id)
        try store.add(home.clinic, home.clinicFirst)
        let line = try intruder.begin(set: ["n": 1])
        #expect(try take(intruder.section(line)) == .refused(0, .malformed))
    }

    @Test(arguments: [2, 1 << 31, 9_007_199_254_740_991])
    func `Any seq up to the largest is read, and what it rests on is not there`(seq: Int) throws {
        var (store, pen) = (store, home.phone)
        let id = try #require(EventID(Vectors.event))
        pen.tip = Position(replica: pen.replica, seq: seq - 1, id: id)
        let line = try pen.begin(set: ["n": 1])
        #expect(line.position.seq == seq)
        let intake = try store.take([pen.section(line)])
        #expect(intake == Intake())
    }

    // MARK: Heads

    @Test mutating func `Every line not yet held lies at or below a signed head`() throws {
        let (a, b) = (try home.phone.begin(set: ["n": 1]), try home.phone.begin(set: ["n": 2]))
        let (headA, headB) = (home.phone.head(at: a.position), home.phone.head(at: b.position))
        let byOther = home.clinic.head(at: b.position)
        let other = Pen(
            DiaryID(founder: home.phone.key.publicKey, nonce: home.phone.nonce),
            key: home.phone.key, seed: 1)
        let notThere = home.phone.head(
            at: Position(replica: b.position.replica, seq: b.position.seq, id: home.clinicFirst.id))
        #expect(try take(section([a, b], [])) == .refused(0, .section))
        #expect(try take(section([a, b], [headA])) == .refused(1, .section))
        #expect(try take(section([a, b], [byOther])) == .refused(1, .wronglySigned))
        #expect(
            try take(section([a, b], [other.head(at: b.position)])) == .refused(1, .wronglySigned))
        #expect(try take(section([a, b], [headB, notThere])) == .refused(0, .section))
        #expect(try take(section([a], [headB])) == .refused(0, .section))
        #expect(try take(section([], [])) == .refused(0, .section))
        #expect(try take(section([], [headB])) == .refused(0, .section))
        #expect(try take(section([a, b], [headA, headB])) == .taken(2))
    }

    @Test
    mutating func `A branch after one prev needs a head of its own and lives beside the other`()
        throws
    {
        var copy = home.phone.fork(seed: 8)
        let (a, b) = (try home.phone.begin(set: ["n": 1]), try copy.begin(set: ["n": 2]))
        let heads = [home.phone.head(at: a.position), copy.head(at: b.position)]
        #expect(try take(section([a, b], [heads[0]])) == .refused(1, .section))
        #expect(try take(section([a, b], heads)) == .taken(2))
        #expect(store.frontier == VectorClock([a.position, b.position]))
    }

    @Test mutating func `A line twice in a section, a section twice and one held in part are fine`()
        throws
    {
        let (a, b) = (try home.phone.begin(set: ["n": 1]), try home.phone.begin(set: ["n": 2]))
        #expect(try take(home.phone.section(a, a)) == .taken(1))
        #expect(try take(home.phone.section(a, a)) == .taken(0))
        #expect(try take(home.phone.section(home.phoneFirst, a, b)) == .taken(1))
        #expect(try take(home.phone.section(a, b)) == .taken(0))
        // Nothing new, so no head is asked for.
        #expect(try take(section([a, b], [])) == .taken(0))
    }

    // MARK: Continuations

    @Test mutating func `A continuation is signed by the key of the log it continues`() throws {
        let a = try home.phone.begin(set: ["n": 1])
        var (next, good) = try home.phone.continued(seed: 30)
        let forged = Continuation(
            position: good.position,
            signature: next.key.sign(.continuation(.test, from: good.position, to: next.replica)))
        let forOther = Continuation(
            position: good.position,
            signature: home.phone.key.sign(
                .continuation(.test, from: good.position, to: home.clinic.replica)))
        for wrong in [forged, forOther] {
            var pen = next
            let line = try pen.introduce(continues: wrong, set: [:])
            #expect(try take(pen.section(line)) == .later)
        }
        let line = try next.introduce(continues: good, set: [:])
        #expect(try take(next.section(line)) == .later)
        try store.add(home.phone, a)
        for wrong in [forged, forOther] {
            var pen = Pen.sameLog(as: next, seed: 31)
            let line = try pen.introduce(continues: wrong, set: [:])
            #expect(try take(pen.section(line)) == .refused(0, .wronglySigned))
        }
        #expect(try take(next.section(line)) == .taken(1))
    }

    // MARK: Erased lines

    @Test mutating func `An erased line is taken under the pinned clinic's signature alone`() throws
    {
        let a = try home.phone.begin(set: ["n": 1])
        let erased = home.clinic.erase(a)
        let byOther = home.phone.erase(a)
        let forOther = a.erased(by: home.clinic.key.sign(.erasure(.test, home.phoneFirst.id)))
        #expect(try take(home.phone.section(byOther)) == .refused(0, .wronglySigned))
        #expect(try take(home.phone.section(forOther)) == .refused(0, .wronglySigned))
        let pin = store.pinnedClinic
        store.pinnedClinic = nil
        #expect(try take(home.phone.section(erased)) == .later)
        store.pinnedClinic = pin
        #expect(try take(home.phone.section(erased)) == .taken(1))
        #expect(try store.held(a.position)?.isErased == true)
        #expect(try take(home.phone.section(a)) == .taken(0))
        #expect(try store.held(a.position)?.isErased == true)
    }

    @Test mutating func `The signed form of a line that is held takes the place of its body`()
        throws
    {
        let a = try home.phone.begin(set: ["n": 1])
        #expect(try take(home.phone.section(a)) == .taken(1))
        #expect(try take(section([home.phone.erase(a)], [])) == .refused(0, .wronglySigned))
        #expect(try store.held(a.position)?.isErased == false)
        #expect(try take(section([home.clinic.erase(a)], [])) == .taken(0))
        #expect(try store.held(a.position)?.isErased == true)
        let given = try store.offer(beyond: Coverage(), page: .bundle).sections
        #expect(given.flatMap(\.lines).last == home.clinic.erase(a).bytes)
    }

    @Test(arguments: [false, true])
    func `The erased form of what no order reaches is refused, held or not`(isHeld: Bool) throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["n": 1])
        let order = try home.order(note)
        let asked = try home.phone.amend(order, seeing: [order], set: ["asked": "by mail"])
        let closing = try home.clinic.amend(
            home.phoneFirst, seeing: [home.welcome], set: ["access": "closed"])
        var store = try home.store()
        try store.add(home.phone, note)
        for (pen, line) in [(home.clinic, order), (home.phone, asked), (home.clinic, closing)] {
            let good = try pen.section(line)
            if isHeld { try store.add(good) }
            let bad = Section(lines: [home.clinic.erase(line).bytes], heads: good.heads)
            #expect(
                try store.take([bad]).refused == Refusal(section: 0, line: 0, type: .malformed))
            if !isHeld { try store.add(good) }
            #expect(try store.held(line.position)?.isErased == false)
        }
        let name = try home.phone.amend(home.phoneFirst, set: ["label": "a name"])
        #expect(try store.take([home.phone.section(home.clinic.erase(name))]).stored == 1)
    }

    // MARK: Lengths

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func `A section of several lines has 64 KiB at most`(more: Int, isTaken: Bool) throws {
        var (store, pen) = (store, home.phone)
        let small = try pen.begin(set: ["n": 1])
        let before = pen
        let probe = try pen.begin(set: ["n": ""])
        let room = Section.lengthLimit + more - (small.bytes.count + 1) - (probe.bytes.count + 1)
        pen = before
        let big = try pen.begin(set: ["n": .string(String(repeating: "x", count: room))])
        let section = try pen.section(small, big)
        #expect(section.length == Section.lengthLimit + more)
        let intake = try store.take([section])
        #expect(intake.taken == (isTaken ? 1 : 0))
        #expect(intake.refused == (isTaken ? nil : Refusal(section: 0, line: 0, type: .section)))
    }

    @Test mutating func `One line may be longer than a section`() throws {
        let big = JSONValue.string(String(repeating: "x", count: 200_000))
        #expect(try take(home.phone.section(home.phone.begin(set: ["n": big]))) == .taken(1))
    }

    @Test
    mutating func `Taking stops at the first section that does not fit and keeps those before`()
        throws
    {
        let (a, b) = (try home.phone.begin(set: ["n": 1]), try home.phone.begin(set: ["n": 2]))
        let c = try home.phone.begin(set: ["n": 3])
        let broken = Section(lines: [Array("{}".utf8)], heads: [])
        let intake = try store.take([
            home.phone.section(a), broken, home.phone.section(b), home.phone.section(c),
        ])
        #expect(
            intake
                == Intake(
                    taken: 1, stored: 1, refused: Refusal(section: 1, line: 0, type: .malformed)))
        #expect(store.frontier == VectorClock([a.position]))
    }
}
