import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What waits for a person, each kind of it, and until when.
@Suite struct WaitingForAPersonTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func reading<Answer>(_ body: (Reading) throws -> Answer) throws -> Answer {
        try world.database.read {
            try body(Reading($0, diary: world.diary, zone: world.zone))
        }
    }

    private func waiting() throws -> [Waiting] {
        try reading { try $0.waiting(catalogue: .seed) }
    }

    /// The field names of conflicts, and the entries of all else, under a word for its kind.
    private func told() throws -> [String] {
        try waiting().map { item in
            let entries = item.entries.map(\.text).joined(separator: " ")
            return switch item {
            case .conflict(_, let question): "conflict \(question.field) \(entries)"
            case .copies: "copies \(entries)"
            case .alike: "alike \(entries)"
            case .alikeInTwoDiaries: "two diaries \(entries)"
            case .time: "time \(entries)"
            case .asked: "asked \(entries)"
            case .notice: "notice \(entries)"
            case .review: "review \(entries)"
            }
        }
    }

    @Test func `nothing waits where everybody says the same`() throws {
        let entry = try world.infusion()
        try world.amend(entry, "sites=thigh-L,thigh-R")
        #expect(try waiting().isEmpty)
    }

    @Test func `a field with two values waits until one who saw both has written`() throws {
        let entry = try world.infusion()
        let before = try world.view(entry).context
        for (role, site) in [(Role.patient, "thigh"), (.carer, "hip")] {
            _ = try world.desk(role).amend(
                entry, set: ["pump": ["model": .string(site)]], reason: "slip",
                seen: .exactly(before))
        }
        #expect(try told() == ["conflict pump \(entry)"])
        _ = try world.desk().amend(
            entry, set: ["pump": ["model": "hip"]], reason: "slip",
            seen: .exactly(try world.view(entry).context))
        #expect(try waiting().isEmpty)
    }

    @Test func `two that look like one wait until somebody says`() throws {
        let both = try [world.infusion(start: "08:05"), world.infusion(start: "08:10")].sorted()
        #expect(try told() == ["alike \(both[0]) \(both[1])"])
        _ = try world.desk().link(different: both[0], both[1])
        #expect(try waiting().isEmpty)
    }

    @Test func `a copy whose counted one was voided waits, though no field has two values`() throws
    {
        let both = try [world.infusion(start: "08:05"), world.infusion(start: "08:10")].sorted()
        _ = try world.desk().link(same: both[0], both[1])
        #expect(try waiting().isEmpty)
        _ = try world.desk().void(
            both[0], reason: "slip", seen: .exactly(try world.view(both[0]).context))
        #expect(try told() == ["copies \(both[0]) \(both[1])"])
    }

    @Test func `a time that a wrong clock gave waits until it is taken or kept`() throws {
        let entry = try world.infusion()
        let week = ClockSkew(deviceNowMs: 7 * 86_400_000, receiptMs: 0, roundTripMs: 0)
        try world.desk().doubtTimes(of: [entry], week)
        #expect(try told() == ["time \(entry)"])
        try world.desk().keepClaimedTime(of: entry)
        #expect(try waiting().isEmpty)
    }

    @Test func `a question of the clinic waits until it is answered`() throws {
        let asked = try world.desk(.nurse).log(
            "question", set: ["ask": ["code": "box_arrived", "text": "Did the box arrive?"]]
        ).result.entry
        #expect(try told() == ["asked \(asked)"])
        _ = try world.desk().amend(
            asked, set: ["answer": "yes"], reason: "asked",
            seen: .exactly(try world.view(asked).context))
        #expect(try waiting().isEmpty)
    }

    @Test func `what was found is remembered, and forgotten with the next event`() throws {
        let both = try [world.infusion(start: "08:05"), world.infusion(start: "08:10")].sorted()
        let (found, frontier) = try reading {
            (try $0.questionSearch(catalogue: .seed), $0.events.frontier)
        }
        try world.desk().remember(found, of: frontier)
        #expect(try reading { try $0.questionSearch(catalogue: .seed) } == found)
        _ = try world.desk().link(different: both[0], both[1])
        #expect(try waiting().isEmpty)
    }

    @Test func `one infusion in two diaries of a patient waits between them, until one is voided`()
        throws
    {
        let first = try world.infusion(start: "08:05")
        let further = try world.furtherDiary(named: "Anna")
        let desk = Desk(
            database: world.database, diary: further, zone: world.zone,
            clock: DeskClock { DeskWorld.noon },
            pen: .init(author: nil, role: .patient, label: "laptop"))
        let said = try world.view(first).settledFields.members
            .filter { $0.key != Vocabulary.status }
        let set = JSONObject(said.map { ($0.key, $0.value) })
        let second = try desk.log("infusion", set: set).result.entry
        func between() throws -> [[EntryID]] {
            try world.desk().waiting(between: [further]).map(\.entries)
        }
        #expect(try between() == [[first, second]])
        #expect(try waiting().isEmpty)
        _ = try desk.void(
            second, reason: "duplicate",
            seen: .exactly(
                try world.database.read {
                    try #require(try $0.view(of: second, in: further)).context
                }))
        #expect(try between().isEmpty)
    }

    @Test func `last is what was written to last, in whichever diary of the patient it is`() throws
    {
        let first = try world.infusion()
        let further = try world.furtherDiary(named: "Anna")
        let desk = Desk(
            database: world.database, diary: further, zone: world.zone,
            clock: DeskClock { DeskWorld.noon },
            pen: .init(author: nil, role: .patient, label: "laptop"))
        func last() throws -> FoundEntry {
            try world.database.read { transaction in
                let readings = try [world.diary, further].map {
                    try Reading(transaction, diary: $0, zone: world.zone)
                }
                return try FoundEntry(named: "last", in: readings, nowMs: DeskWorld.noon)
            }
        }
        #expect(try last().entry == first)
        let second = try desk.log("note", set: ["text": "Later."]).result.entry
        #expect(try last().entry == second)
        #expect(try last().diary == further)
        try world.amend(first, "sites=thigh-L,thigh-R")
        #expect(try last().entry == first)
        #expect(try last().diary == world.diary)
    }
}
