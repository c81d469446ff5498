import DiaryModel
import SyncCore
import Testing

@Suite struct TrainingTests {
    private let anna: EntryID
    private let ben: EntryID

    init() throws {
        anna = try #require(entry(1))
        ben = try #require(entry(2))
    }

    private func train(
        _ story: inout CareStory, _ name: String, on text: String, until: String?,
        code: String = "signed_off", of person: EntryID? = nil, route: Route = .sc
    ) throws {
        var result: JSONObject = ["code": .string(code)]
        if let until { result["validUntil"] = .string(until) }
        try story.begin(
            name, .training,
            [
                "competency.needle": "independent", "competency.pump": "done",
                "result": .object(result), "skill": ["route": route.json],
                "time": time(text), "trainee": (person ?? anna).json,
            ], by: .clinic)
    }

    private func status(_ story: CareStory, on text: String, route: Route = .sc) throws
        -> TrainingStatus
    {
        TrainingBook(try story.views(), zone: HandwrittenZone.london)
            .status(of: anna, route: route, on: day(text))
    }

    @Test(
        arguments: [
            ("2026-01-01", .valid(until: day("2026-06-30"))),
            ("2026-05-30", .valid(until: day("2026-06-30"))),
            ("2026-05-31", .endsSoon(day("2026-06-30"))),
            ("2026-06-30", .endsSoon(day("2026-06-30"))),
            ("2026-07-01", .ended(day("2026-06-30"))), ("2025-12-31", .notKnown),
        ] as [(String, TrainingStatus)])
    func `a sign-off holds through its last day, and is said to end 30 days before`(
        today: String, expected: TrainingStatus
    ) throws {
        var story = CareStory()
        try train(&story, "first", on: "2026-01-01", until: "2026-06-30")
        #expect(try status(story, on: today) == expected)
    }

    @Test func `the words go to the person and the nurse`() {
        #expect(TrainingStatus.endsSoon(day("2026-06-30")).warning == .trainingEndsSoon)
        #expect(TrainingStatus.ended(day("2026-06-30")).warning == .trainingEnded)
        #expect(TrainingStatus.valid(until: nil).warning == nil)
        #expect(
            TrainingStatus.ended(day("2026-06-30")).words
                == "the sign-off ended on 30 Jun 2026; you can go on recording")
    }

    @Test func `renewal is a further training, and the one that holds longest counts`() throws {
        var story = CareStory()
        try train(&story, "first", on: "2024-01-01", until: "2026-01-01")
        try train(&story, "again", on: "2025-12-01", until: "2027-12-01")
        #expect(try status(story, on: "2026-03-29") == .valid(until: day("2027-12-01")))
    }

    @Test func `another person's or another route's sign-off is not one's own`() throws {
        var story = CareStory()
        try train(&story, "ben", on: "2026-01-01", until: "2027-01-01", of: ben)
        try train(&story, "vein", on: "2026-01-01", until: "2027-01-01", route: .iv)
        #expect(try status(story, on: "2026-03-29") == .notKnown)
        #expect(try status(story, on: "2026-03-29", route: .iv).isValid)
    }

    @Test func `a result that is not yet a sign-off takes nothing away, a withdrawal does`() throws
    {
        var story = CareStory()
        try train(&story, "first", on: "2026-01-01", until: "2027-01-01")
        try train(&story, "try", on: "2026-02-01", until: nil, code: "not_yet")
        #expect(try status(story, on: "2026-03-29").isValid)
        try train(&story, "back", on: "2026-03-01", until: nil, code: "withdrawn")
        #expect(try status(story, on: "2026-03-29") == .withdrawn(day("2026-03-01")))
        #expect(try status(story, on: "2026-02-20").isValid)
        try train(&story, "new", on: "2026-03-20", until: "2027-03-20")
        #expect(try status(story, on: "2026-03-29").isValid)
    }

    @Test func `a result code that is not known here is no sign-off`() throws {
        var story = CareStory()
        try train(&story, "first", on: "2026-01-01", until: "2027-01-01", code: "brilliant")
        #expect(try status(story, on: "2026-03-29") == .notKnown)
    }

    @Test func `two results beside each other are in question, unless both hold`() throws {
        var story = CareStory()
        try train(&story, "first", on: "2026-01-01", until: "2027-01-01")
        func result(_ code: String, _ until: String) -> JSONObject {
            ["result": ["code": .string(code), "validUntil": .string(until)]]
        }
        try story.amend(
            "first", result("signed_off", "2026-04-10"), by: .clinic, seeing: ["first"], as: "one")
        try story.amend(
            "first", result("signed_off", "2026-12-01"), by: .phone, seeing: ["first"], as: "two")
        #expect(try status(story, on: "2026-03-29") == .endsSoon(day("2026-04-10")))
        #expect(try status(story, on: "2026-05-01") == .inQuestion)
        #expect(!(try status(story, on: "2026-05-01").isValid))
    }

    @Test func `self with no valid sign-off is a word, and the infusion is saved`() throws {
        var story = CareStory()
        try train(&story, "first", on: "2024-01-01", until: "2026-01-01")
        let book = TrainingBook(try story.views(), zone: HandwrittenZone.london)
        var infusion = InfusionStory()
        let typed = Infusion(fields: infusion.fields)
        let isTrained = book.isTrained(typed, patient: anna, zone: HandwrittenZone.london)
        #expect(isTrained == false)
        infusion.context.isTrained = isTrained
        #expect(infusion.warned == ["no_training_signoff infusedBy"])
        #expect(infusion.rejected == [])
    }

    @Test func `who infused as another is not asked for the patient's sign-off`() throws {
        let book = TrainingBook([], zone: HandwrittenZone.london)
        var infusion = Infusion(fields: InfusionStory().fields)
        infusion.infusedBy = InfusedBy(.carer)
        #expect(book.isTrained(infusion, patient: anna, zone: HandwrittenZone.london) == nil)
    }

    @Test func `of each step the furthest level counts, and the last training is known`() throws {
        var story = CareStory()
        try train(&story, "first", on: "2026-01-01", until: "2027-01-01")
        try story.begin(
            "second", .training,
            [
                "competency.needle": "seen", "competency.pump": "independent",
                "result": ["code": "not_yet"], "skill": ["route": "sc"],
                "time": time("2026-02-01"), "trainee": anna.json,
            ], by: .clinic)
        let book = TrainingBook(try story.views(), zone: HandwrittenZone.london)
        let known = book.competencies(of: anna, route: .sc)
        #expect(known.map(\.code) == ["needle", "pump"])
        #expect(known.map(\.level) == [.independent, .independent])
        #expect(book.lastTraining(of: anna, route: .sc) == day("2026-02-01"))
    }

    @Test func `a training that cannot be read whole is named`() throws {
        var story = CareStory()
        let odd = try story.begin(
            "odd", .training,
            [
                "result": ["code": "signed_off", "stars": 5], "skill": ["route": "sc"],
                "time": time("2026-02-01"), "trainee": anna.json,
            ], by: .clinic)
        let book = TrainingBook(try story.views(), zone: HandwrittenZone.london)
        #expect(book.notUnderstood == [odd])
    }
}

@Suite struct ReviewCycleTests {
    @Test func `logs and bloods every 90 days, review every 365, retraining every 730`() {
        #expect(ReviewCycle.allCases.map(\.standardDays) == [90, 90, 365, 730])
    }

    @Test(
        arguments: [
            ("2026-03-31", .later(day("2026-04-01"))), ("2026-04-01", .today),
            ("2026-04-03", .overdue(since: day("2026-04-01"), days: 2)),
        ] as [(String, ReviewCycle.Due)])
    func `what is asked for again is due so many days later`(
        today: String, due: ReviewCycle.Due
    ) {
        #expect(ReviewCycle.logs.next(after: day("2026-01-01"), today: day(today)) == due)
    }

    @Test func `a clinic sets its own days, and what was never known is not overdue`() {
        let own = ReviewCycle.review.next(
            after: day("2026-01-01"), today: day("2026-01-31"), days: 30)
        #expect(own == .today)
        #expect(ReviewCycle.bloods.next(after: nil, today: day("2026-01-31")) == .neverKnown)
    }
}
