import SyncCore
import Testing

@Suite struct `Hostile answers` {
    var home: Household
    var talk: Conversation

    init() throws {
        home = try Household()
        talk = try Conversation(home)
        _ = try talk.sync()
        for number in 0..<3 {
            try talk.device.add(home.phone, home.phone.begin(set: ["n": .integer(Int64(number))]))
        }
    }

    /// Syncs with a clinic whose answers are meddled with, and checks that it cost nothing but the sync.
    private mutating func expectFailure(
        _ failure: SyncFailure, keepingKnown: Bool = true,
        _ meddle: (inout SyncAnswer, SyncRequest) throws -> Void
    ) throws {
        let (frontier, known) = (talk.device.frontier, talk.known)
        #expect(throws: failure) { try talk.sync(meddle) }
        #expect(talk.device.frontier == frontier)
        if keepingKnown { #expect(talk.known == known) }
        // An honest clinic makes it good.
        #expect(try talk.sync().ending == .equal)
        #expect(talk.device.frontier == talk.clinic.frontier)
    }

    @Test mutating func `A forged head is refused and nothing of its section stored`() throws {
        var line = home.clinic
        let given = try line.begin(set: ["n": 9])
        let forged = Section(lines: [given.bytes], heads: [home.phone.head(at: given.position)])
        try expectFailure(.answerNotWhole(.wronglySigned)) { answer, _ in answer.sections = [forged]
        }
        #expect(try talk.device.held(given.position) == nil)
    }

    @Test mutating func `Another diary's lines are refused`() throws {
        let other = DiaryID(founder: home.phone.key.publicKey, nonce: home.phone.nonce)
        var pen = Pen(other, seed: 5)
        let section = try pen.section(pen.introduce())
        try expectFailure(.answerNotWhole(.malformed)) { answer, _ in answer.sections = [section] }
    }

    @Test mutating func `Lines that rest on nothing held are not stored`() throws {
        var pen = Pen(seed: 6)
        _ = try pen.introduce()
        let section = try pen.section(pen.begin(set: ["n": 1]))
        try expectFailure(.answerNotWhole(nil)) { answer, _ in answer.sections = [section] }
    }

    @Test mutating func `More taken than was sent is no answer`() throws {
        try expectFailure(.notAnAnswer) { answer, request in
            answer.taken = request.sections.count + 1
        }
    }

    @Test(arguments: [(5, 0), (0, 99), (1, 0)])
    func `A refusal of what was not sent is no answer`(section: Int, line: Int) throws {
        var suite = self
        try suite.expectFailure(.notAnAnswer) { answer, _ in
            answer.taken = 0
            answer.refused = Refusal(section: section, line: line, type: .malformed)
        }
    }

    @Test
    mutating func
        `A frontier under another key, of another time or without a receipt is not believed`()
        throws
    {
        let stranger = Pen(seed: 8).key
        for number in 0..<4 {
            try expectFailure(.notTheClinic) { answer, _ in
                guard let frontier = answer.frontier, let receipt = answer.receipt else { return }
                switch number {
                case 0:
                    answer.receipt = Receipt(
                        diary: .test, frontier: frontier, milliseconds: 1, key: stranger)
                case 1: answer.receipt = nil
                case 2: answer.receipt = Receipt(milliseconds: 1, signature: receipt.signature)
                default: answer.frontier = VectorClock(frontier.positions.dropLast())
                }
            }
        }
    }

    @Test mutating func `What is lacked for ever ends the sync at the log it stands at`() throws {
        let tip = try #require(home.phone.tip)
        try expectFailure(.stuck(at: tip), keepingKnown: false) { answer, _ in
            answer.lacks = VectorClock([tip])
            answer.sections = []
        }
        #expect(talk.rounds <= 3)
    }

    @Test mutating func `A frontier whose lines never come ends the sync`() throws {
        var pen = Pen(seed: 9)
        let line = try pen.introduce()
        let key = home.clinic.key
        try expectFailure(.stuck(at: line.position), keepingKnown: false) { answer, _ in
            let frontier = VectorClock([line.position])
            answer.frontier = frontier
            answer.receipt = Receipt(diary: .test, frontier: frontier, milliseconds: 1, key: key)
        }
    }

    @Test mutating func `Of a frontier of which a part never comes, that part is named`() throws {
        var pen = Pen(seed: 9)
        let line = try pen.introduce()
        let key = home.clinic.key
        _ = try talk.sync()
        let known = talk.clinic.frontier.positions
        try expectFailure(.stuck(at: line.position), keepingKnown: false) { answer, _ in
            let frontier = VectorClock(known + [line.position])
            answer.frontier = frontier
            answer.receipt = Receipt(diary: .test, frontier: frontier, milliseconds: 1, key: key)
        }
    }

    @Test mutating func `An older frontier with its own receipt confirms nothing written since`()
        throws
    {
        var old: SyncAnswer?
        _ = try talk.sync { answer, _ in old = answer }
        let recorded = try #require(old)
        try talk.device.add(home.phone, home.phone.begin(set: ["n": 7]))
        let tip = try #require(home.phone.tip)
        try expectFailure(.stuck(at: tip), keepingKnown: false) { answer, _ in answer = recorded }
    }

    @Test mutating func `Who refuses for ever gets a bounded number of requests`() throws {
        let frontier = talk.device.frontier
        let night = talk.clinic
        var rounds = 0
        let ending = try talk.sync { answer, request in
            rounds += 1
            answer = SyncAnswer(
                frontier: nil, taken: 0, lacks: request.frontier,
                refused: request.sections.isEmpty
                    ? nil : Refusal(section: 0, line: 0, type: .malformed))
            if request.sections.isEmpty { answer.lacks = VectorClock() }
        }
        #expect(rounds <= 5)
        #expect(ending.report.refused.count <= 3)
        #expect(talk.device.frontier == frontier)
        talk.clinic = night
        #expect(try talk.sync().ending == .equal)
    }

    @Test mutating func `Lacks of what was not asked about mean nothing`() throws {
        let other = try home.clinic.begin(set: ["n": 1])
        let (ending, _) = try talk.sync { answer, _ in answer.lacks = VectorClock([other.position])
        }
        #expect(ending == .equal)
    }
}
