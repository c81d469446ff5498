import SyncCore
import Testing

@Suite struct `Sync conversations` {
    var home: Household
    var talk: Conversation

    init() throws {
        home = try Household()
        talk = try Conversation(home)
    }

    @Test mutating func `A first contact sends the header alone, then everything`() throws {
        var initiator = talk.initiator()
        let request = try initiator.nextRequest(from: talk.device)
        #expect(request.sections.isEmpty)
        let (ending, report) = try talk.sync()
        #expect(ending == .equal)
        #expect(report.fetched == 2)
        #expect(talk.device.frontier == talk.clinic.frontier)
        #expect(report.confirmed == talk.clinic.frontier)
        let receipt = try #require(report.receipt)
        #expect(
            receipt.isGenuine(
                of: talk.clinic.frontier, diary: .test, clinic: home.clinic.key.publicKey))
    }

    @Test mutating func `An ordinary sync, push and pull and confirmation, is one round trip`()
        throws
    {
        _ = try talk.sync()
        for round in 1...3 {
            let mine = try home.phone.begin(set: ["n": .integer(Int64(round))])
            let theirs = try home.clinic.begin(set: ["n": .integer(Int64(-round))])
            try talk.device.add(home.phone, mine)
            try talk.clinic.add(home.clinic, theirs)
            let (ending, report) = try talk.sync()
            #expect(ending == .equal)
            #expect(talk.rounds == 1)
            #expect(report.sent == 1)
            #expect(report.fetched == 1)
            #expect(try talk.clinic.held(mine.position) != nil)
            #expect(try talk.device.held(theirs.position) != nil)
        }
    }

    @Test mutating func `Each receipt is of a frontier that covers those of all earlier ones`()
        throws
    {
        var confirmed: [VectorClock] = []
        for round in 1...5 {
            let wrote = JSONValue.integer(Int64(round))
            try talk.device.add(home.phone, home.phone.begin(set: ["n": wrote]))
            if round % 2 == 0 {
                try talk.clinic.add(home.clinic, home.clinic.begin(set: ["n": wrote]))
            }
            let (_, report) = try talk.sync()
            let frontier = try #require(report.confirmed)
            let clinic = home.clinic.key.publicKey
            #expect(report.receipt?.isGenuine(of: frontier, diary: .test, clinic: clinic) == true)
            for earlier in confirmed {
                #expect(try talk.device.order(earlier, frontier) == .before)
            }
            confirmed.append(frontier)
        }
    }

    @Test(arguments: [1, 60])
    func `A no-op is one round trip of at most 1 KiB each way for eight replicas`(
        events: Int
    ) throws {
        var (home, talk) = (home, talk)
        for number in 0..<6 {
            var pen = Pen(seed: UInt64(700 + number))
            try talk.clinic.add(pen, pen.introduce())
            for _ in 0..<events { try talk.clinic.add(pen, pen.begin(set: ["n": 1])) }
        }
        try talk.device.add(home.phone, home.phone.begin(set: ["n": 1]))
        _ = try talk.sync()
        #expect(talk.device.frontier.positions.count == 8)
        let (ending, report) = try talk.sync()
        #expect(ending == .equal)
        #expect(talk.rounds == 1)
        #expect(report.sent == 0 && report.fetched == 0)
        #expect(talk.lengths.request <= 1024)
        #expect(talk.lengths.answer <= 1024)
    }

    @Test mutating func `What exceeds a page goes in several, and each takes something`() throws {
        talk.page = PageLimit(bytes: 3000)
        _ = try talk.sync()
        for number in 0..<8 {
            let note = JSONValue.string(String(repeating: "x", count: 1000 + number))
            try talk.device.add(home.phone, home.phone.begin(set: ["n": note]))
            try talk.clinic.add(home.clinic, home.clinic.begin(set: ["n": note]))
        }
        let (ending, report) = try talk.sync()
        #expect(ending == .equal)
        #expect((4...9).contains(talk.rounds))
        #expect(report.sent == 8 && report.fetched == 8)
        #expect(talk.device.frontier == talk.clinic.frontier)
    }

    @Test mutating func `An answer that never came is found out by the next request`() throws {
        _ = try talk.sync()
        let line = try home.phone.begin(set: ["n": 1])
        try talk.device.add(home.phone, line)
        var lost = talk.initiator()
        _ = try talk.answer(lost.nextRequest(from: talk.device))
        #expect(try talk.clinic.held(line.position) != nil)
        let (ending, _) = try talk.sync()
        #expect(ending == .equal)
        #expect(talk.rounds == 1)
        #expect(talk.clinic.nextArrival == talk.device.nextArrival)
    }

    @Test mutating func `A clinic put back to last night gets everything again`() throws {
        _ = try talk.sync()
        let night = talk.clinic
        for number in 0..<3 {
            try talk.device.add(home.phone, home.phone.begin(set: ["n": .integer(Int64(number))]))
            _ = try talk.sync()
        }
        let later = try home.clinic.begin(set: ["n": 9])
        try talk.clinic.add(home.clinic, later)
        _ = try talk.sync()
        let full = talk.clinic.frontier
        talk.clinic = night
        let (ending, _) = try talk.sync()
        #expect(ending == .equal)
        #expect(talk.clinic.frontier == full)
        #expect(try talk.clinic.held(later.position) != nil)
    }

    @Test mutating func `A closed device learns what was taken and nothing else`() throws {
        _ = try talk.sync()
        let closing = try home.clinic.amend(
            home.phoneFirst, seeing: [home.phoneFirst, home.welcome],
            set: ["access": "closed", "trusted": [home.phoneFirst.position.json]])
        try talk.clinic.add(home.clinic, closing)
        let line = try home.phone.begin(set: ["n": 1])
        try talk.device.add(home.phone, line)
        let (ending, report) = try talk.sync { answer, _ in
            #expect(answer.frontier == nil)
            #expect(answer.receipt == nil)
            #expect(answer.sections.isEmpty)
        }
        #expect(ending == .closed)
        #expect(report.sent == 1 && report.fetched == 0)
        #expect(try talk.clinic.view(line)?.toReview == [line.position])
        #expect(try talk.device.held(closing.position) == nil)
    }

    @Test mutating func `A clinic that is not confirmed takes and gives nothing`() throws {
        _ = try talk.sync()
        let mine = try home.phone.begin(set: ["n": 1])
        let theirs = try home.clinic.begin(set: ["n": 2])
        try talk.device.add(home.phone, mine)
        try talk.clinic.add(home.clinic, theirs)
        talk.isUnconfirmed = true
        #expect(try talk.sync().ending == .unconfirmed)
        #expect(try talk.clinic.held(mine.position) != nil)
        #expect(try talk.device.held(theirs.position) == nil)
        talk.isUnconfirmed = false
        #expect(try talk.sync().ending == .equal)
        #expect(try talk.device.held(theirs.position) != nil)
    }

    @Test mutating func `Nothing is given while something of the asker is lacking`() throws {
        var (tablet, rest) = (Pen(seed: 40), talk)
        try rest.device.add(tablet, tablet.introduce())
        try rest.clinic.add(home.clinic, home.clinic.begin(set: ["n": 2]))
        let request = SyncRequest(diary: .test, frontier: rest.device.frontier, sections: [])
        let answer = try rest.answer(request)
        #expect(answer.lacks.positions == [tablet.tip])
        #expect(answer.sections.isEmpty)
        #expect(answer.frontier == rest.clinic.frontier)
    }

    @Test mutating func `Neighbouring sections are joined under the last head of each branch`()
        throws
    {
        var copy = home.phone.fork(seed: 41)
        for number in 0..<4 {
            try talk.device.add(home.phone, home.phone.begin(set: ["n": .integer(Int64(number))]))
            try talk.device.add(copy, copy.begin(set: ["n": .integer(Int64(number))]))
        }
        let offer = try talk.device.offer(beyond: Coverage(), page: .http)
        #expect(offer.sections.count == 1)
        #expect(offer.sections[0].lines.count == 9)
        #expect(Set(offer.tips[0]) == Set([home.phone.tip, copy.tip].compactMap { $0 }))
        var other = MemoryEventStore()
        #expect(try other.take(offer.sections).stored == 9)
    }

    @Test mutating func `What was just taken is not given back, whatever the frontier says`() throws
    {
        _ = try talk.sync()
        let both = talk.device.frontier
        let mine = try home.phone.begin(set: ["n": 1])
        let theirs = try home.clinic.begin(set: ["n": 2])
        try talk.clinic.add(home.clinic, theirs)
        // A frontier of what both are known to hold, as after a refusal.
        let request = SyncRequest(
            diary: .test, frontier: both, sections: [try home.phone.section(mine)])
        let answer = try talk.answer(request)
        #expect(answer.taken == 1)
        #expect(answer.sections.flatMap(\.lines) == [theirs.bytes])
    }

    @Test mutating func `A request of another diary is refused before anything is taken`() throws {
        let mine = try home.phone.begin(set: ["n": 1])
        let other = DiaryID(founder: home.phone.key.publicKey, nonce: home.phone.nonce)
        let request = SyncRequest(
            diary: other, frontier: VectorClock(), sections: [try home.phone.section(mine)])
        let flaw = #expect(throws: MessageFlaw.self) { try talk.answer(request) }
        guard case .header = flaw else {
            Issue.record("\(String(describing: flaw)) is not about the header")
            return
        }
        #expect(try talk.clinic.held(mine.position) == nil)
    }
}
