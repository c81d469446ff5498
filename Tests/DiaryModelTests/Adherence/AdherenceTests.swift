import DiaryModel
import SyncCore
import Testing

@Suite struct AdherenceTests {
    /// The eight weeks of A1.
    private let eight = window("2026-01-05", "2026-03-02")

    private func adherence(
        _ story: PlanStory, _ views: [EntryView?], _ window: DayWindow, today: String? = nil,
        received: String? = nil, endsOn: String? = nil
    ) throws -> Adherence {
        Adherence(
            in: window, try story.history(endsOn: endsOn.map { day($0) }), ledger(views),
            today: today.map { day($0) } ?? window.until,
            receivedUntil: received.map { day($0) } ?? window.until)
    }

    /// 32, 32, 32, 28, 32, not done, 32, 32.
    private var eightWeeks: [EntryView?] {
        weeks([32, 32, 32, 28, 32, 0, 32, 32], from: "2026-01-05") + [notDone(9, "2026-02-09")]
    }

    @Test func `A1: eight weeks of 32 g, one less, one not done`() throws {
        let found = try adherence(PlanStory(weekly()), eightWeeks, eight)
        #expect(found.prescribed == .milligrams(Fraction(256_000)))
        #expect(found.given == MilligramRange(220_000))
        let observed = try #require(found.observed)
        #expect(observed.dose?.low == Fraction(55, over: 64))
        #expect(observed.dose?.percent == "85.9 %")
        #expect(observed.slotsClosed == 8)
        #expect(observed.slotsGiven == CountRange(7))
        #expect(observed.slotsFull == CountRange(6))
        #expect(observed.fullDoses?.percent == "75.0 %")
        #expect(
            AdherenceWords(found).lines == [
                "220 of 256 g, 85.9 %", "Doses given: 7 of 8", "In time: 7 of 8, 87.5 %",
                "Full doses: 6 of 8, 75.0 %",
            ])
    }

    @Test func `A2: a version from a Monday prescribes from that day`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        let found = try adherence(
            story, weeks([32, 32, 32, 32, 36, 36, 36, 36], from: "2026-01-05"), eight)
        #expect(found.prescribed == .milligrams(Fraction(272_000)))
        #expect(found.given == MilligramRange(272_000))
        #expect(found.observed?.dose?.percent == "100.0 %")
        #expect(found.observed?.slotsFull == CountRange(8))
    }

    @Test func `A3: a version from a Thursday prescribes exact fractions of a gram`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-05"))
        let found = try adherence(story, [], eight)
        let prescribed = try #require(found.prescribed.milligrams)
        #expect(prescribed == Fraction(1_892_000, over: 7))
        #expect(prescribed.divided(by: Fraction(1000))?.decimals(3) == "270.286")
        #expect(AdherenceWords(found).grams == "0 of 270.3 g, 0.0 %")
    }

    @Test func `A4: a week missed and twice as much the week after`() throws {
        let four = window("2026-01-05", "2026-02-02")
        let found = try adherence(
            PlanStory(weekly()), weeks([32, 0, 64, 32], from: "2026-01-05"), four)
        #expect(found.given == MilligramRange(128_000))
        #expect(found.observed?.dose?.percent == "100.0 %")
        #expect(found.observed?.slotsClosed == 4)
        #expect(found.observed?.slotsInTime == CountRange(3))
        var context = ValidationContext()
        context.plan = PlanFacts(weekly())
        let third = try #require(infusion(3, "2026-01-19", milligrams: 64_000))
        let warnings = Validator().findings(
            kind: .infusion, values: third.settledFields, context: context)
        #expect(warnings.map(\.code).contains(.doseOutsidePlan))
    }

    @Test func `A9: days that were not received are told, and no share hides them`() throws {
        let four = window("2026-01-05", "2026-02-02")
        let covered = CoveredDays.until(
            coveredMs: utc("2026-01-22T23:59"), zone: HandwrittenZone.london)
        #expect(covered == day("2026-01-23"))
        let found = Adherence(
            in: four, try PlanStory(weekly()).history(),
            ledger(weeks([32, 0, 32], from: "2026-01-05")), today: day("2026-02-02"),
            receivedUntil: covered)
        #expect(found.daysNotReceived == 10)
        #expect(found.prescribed == .milligrams(Fraction(128_000)))
        let observed = try #require(found.observed)
        #expect(observed.window.dayCount == 18)
        #expect(observed.prescribed == Fraction(576_000, over: 7))
        #expect(observed.dose?.percent == "77.8 %")
        let words = AdherenceWords(found)
        #expect(words.grams == "64 of 128 g, 10 days not yet received")
        #expect(words.lines[1] == "Up to Thursday 22 January 2026: 64 of 82.3 g, 77.8 %")
        #expect(!words.lines.contains { $0.contains("50.0 %") })
    }

    @Test func `A10: a doubtful pair makes a range of grams and of shares`() throws {
        let first = try #require(infusion(1, "2026-01-05"))
        let copy = infusion(10, "2026-01-05T09:05", ["vials.1": first["vials.1"] ?? .null])
        let found = try adherence(PlanStory(weekly()), eightWeeks + [copy], eight)
        #expect(found.given == MilligramRange(220_000, 252_000))
        #expect(found.observed?.dose?.percent == "85.9-98.4 %")
        #expect(AdherenceWords(found).grams == "220-252 of 256 g, 85.9-98.4 %")
        #expect(found.observed?.slotsGiven == CountRange(7))
        #expect(found.openQuestions.map(\.kind) == [.probableDuplicate])
        #expect(found.additional == [])
    }

    @Test func `A11: a ramp prescribes its listed doses, each on its day`() throws {
        let story = try PlanStory(ramped())
        func prescribed(_ days: Int) throws -> Fraction? {
            let window = DayWindow(
                from: day("2026-04-06"), until: day("2026-04-06").adding(days: days))
            return try adherence(story, [], window).prescribed.milligrams
        }
        #expect(try prescribed(42) == Fraction(45_000))
        #expect(try prescribed(43) == Fraction(75_000))
        #expect(try prescribed(70) == Fraction(75_000))
        #expect(try prescribed(98) == Fraction(105_000))
    }

    @Test func `A12: a taper prescribes each dose for its own days`() throws {
        let plan = weekly {
            $0.taper = [
                TaperStep(from: day("2026-01-19"), .doseMilligrams(28_800)),
                TaperStep(from: day("2026-02-02"), .doseMilligrams(25_600)),
                TaperStep(from: day("2026-02-16"), .doseMilligrams(22_400)),
            ]
        }
        let found = try adherence(PlanStory(plan), [], eight)
        #expect(found.prescribed == .milligrams(Fraction(2 * (32_000 + 28_800 + 25_600 + 22_400))))
    }

    @Test func `A16: without a plan there are grams, and no share at all`() throws {
        let found = try adherence(PlanStory(), eightWeeks, eight)
        #expect(found.prescribed == .noPlan)
        #expect(found.observed == nil)
        #expect(AdherenceWords(found).lines == ["220 g, no plan"])
    }

    @Test func `A17: what a hospital gave counts, and fills the slot at home`() throws {
        let plan = intravenous()
        let given = infusion(
            1, "2026-03-03", milligrams: 90_000,
            ["place": Place(.hospital, name: "John Radcliffe").json, "route": "iv"])
        let found = try adherence(
            PlanStory(plan), [given], window("2026-03-02", "2026-03-23"), today: "2026-03-23")
        #expect(found.given == MilligramRange(90_000))
        #expect(found.observed?.slotsInTime == CountRange(1))
        #expect(found.observed?.slotsFull == CountRange(1))
        #expect(found.inHospital == [entry(1)])
        #expect(
            AdherenceWords(found).lines == [
                "90 of 90 g, 100.0 %", "Doses given: 1 of 1", "In time: 1 of 1, 100.0 %",
                "Full doses: 1 of 1, 100.0 %", "1 infusion in hospital",
            ])
        let history = try PlanStory(plan).history()
        let schedule = DoseSchedule(
            of: try #require(history.entries.first), in: history, ledger([given]),
            today: day("2026-03-04"))
        #expect(schedule.slots.first?.course?.wasInHospital == true)
        #expect(schedule.slots.first?.stateWords == "given 1 day late, in hospital")
    }

    @Test(arguments: [(31_900, true), (30_400, true), (30_399, false)] as [(Int64, Bool)])
    func `A18: 95 % of the plan's grams is a full dose`(milligrams: Int64, isFull: Bool) throws {
        let found = try adherence(
            PlanStory(weekly()), [infusion(1, "2026-01-05", milligrams: milligrams)],
            window("2026-01-05", "2026-01-12"))
        #expect(found.observed?.slotsFull == CountRange(isFull ? 1 : 0))
    }

    @Test func `C06: a dose by the older version counts against the new one, without blame`() throws
    {
        var story = try PlanStory(weekly(32))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        let old = try #require(story.events["signed"])
        let found = try adherence(
            story, [infusion(1, "2026-02-03", ["planVersion": old.json])],
            window("2026-02-02", "2026-02-09"))
        #expect(
            AdherenceWords(found).lines == [
                "32 of 36 g, 88.9 %", "Doses given: 1 of 1", "In time: 1 of 1, 100.0 %",
                "Full doses: 0 of 1, 0.0 %",
                "1 infusion by the plan before: the patient could not yet see the new one",
            ])
    }

    @Test func `a window asks only what is of its own days`() throws {
        let views = [infusion(1, "2026-03-02", milligrams: 45_000)]
        let story = try PlanStory(intravenous())
        let march = try adherence(
            story, views, window("2026-03-02", "2026-04-01"), today: "2026-05-01",
            received: "2026-05-01")
        #expect(march.scheduleQuestions.count == 1)
        #expect(march.slots.map(\.date) == [day("2026-03-02"), day("2026-03-23")])
        let april = try adherence(
            story, views, window("2026-04-01", "2026-05-01"), today: "2026-05-01",
            received: "2026-05-01")
        #expect(april.scheduleQuestions == [])
    }

    @Test func `C07: while two versions stand side by side the days before them are compared`()
        throws
    {
        var story = try PlanStory(weekly(32))
        try story.amend("a", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        try story.amend("b", seeing: ["signed"], weekly(28, from: "2026-02-09"))
        let found = try adherence(
            story, weeks([32, 32, 32, 32, 32], from: "2026-01-05"), eight)
        #expect(found.prescribed == .notComputed(.versionsInConflict))
        #expect(found.observed?.window == window("2026-01-05", "2026-02-02"))
        #expect(found.observed?.dose?.percent == "100.0 %")
        #expect(
            AdherenceWords(found).lines.prefix(3) == [
                "160 g", "Up to Sunday 1 February 2026: 128 of 128 g, 100.0 %",
                "Two new plans, call clinic. No due day is worked out from either.",
            ])
    }

    @Test func `two plans give no share, siblings add up`() throws {
        var story = try PlanStory(weekly(32))
        var other = weekly(14, from: "2026-01-05", every: 28) { $0.route = .iv }
        try story.sign("other", other)
        var found = try adherence(story, [], eight)
        #expect(found.prescribed == .notComputed(.twoPlans))
        #expect(found.observed == nil)
        other.siblingPlan = try #require(story.events["signed"]).id
        try story.amend("named", seeing: ["other"], other)
        found = try adherence(story, [], eight)
        #expect(found.prescribed == .milligrams(Fraction(284_000)))
    }

    @Test func `C20: what came after the end is marked and makes no share`() throws {
        let found = try adherence(
            PlanStory(weekly()), weeks([32, 32, 32], from: "2026-01-05"),
            window("2026-01-05", "2026-01-26"), endsOn: "2026-01-19")
        #expect(found.afterEnd == [entry(3)])
        #expect(found.prescribed == .milligrams(Fraction(64_000)))
        #expect(found.observed?.window == window("2026-01-05", "2026-01-19"))
        #expect(found.observed?.dose?.percent == "100.0 %")
        #expect(AdherenceWords(found).lines.contains("1 infusion after end"))
    }

    @Test func `grams from before the plan make no share of it`() throws {
        let found = try adherence(
            PlanStory(weekly()), weeks([32, 32, 32], from: "2025-12-29"),
            window("2025-12-29", "2026-01-19"))
        #expect(found.given == MilligramRange(96_000))
        #expect(found.prescribed == .milligrams(Fraction(64_000)))
        #expect(found.observed?.dose?.percent == "100.0 %")
        #expect(
            AdherenceWords(found).lines.prefix(2) == [
                "96 of 64 g",
                "From Monday 5 January 2026 to Sunday 18 January 2026: 64 of 64 g, 100.0 %",
            ])
    }

    @Test func `an infusion of an unknown day is a range, of grams and of slots`() throws {
        let undated = view(
            5,
            [
                "status": "active", "outcome": ["code": "completed"],
                "vials.1": infusion(1, "2026-01-05")?["vials.1"] ?? .null,
            ])
        let found = try adherence(
            PlanStory(weekly()), weeks([32, 0, 32, 32], from: "2026-01-05") + [undated],
            window("2026-01-05", "2026-02-02"))
        #expect(found.given == MilligramRange(96_000, 128_000))
        #expect(found.observed?.slotsGiven == CountRange(3, 4))
        #expect(found.observed?.slotsInTime == CountRange(3, 4))
        #expect(found.scheduleQuestions.map(\.words) == ["On which day was this infusion?"])
    }

    @Test func `where nothing was received nothing is compared`() throws {
        #expect(CoveredDays.until(coveredMs: nil, zone: HandwrittenZone.london) < day("1900-01-01"))
        let found = Adherence(
            in: eight, try PlanStory(weekly()).history(), ledger([]), today: day("2026-03-02"),
            receivedUntil: CoveredDays.until(coveredMs: nil, zone: HandwrittenZone.london))
        #expect(found.daysNotReceived == 56)
        #expect(found.observed == nil)
        #expect(AdherenceWords(found).lines == ["0 of 256 g, 56 days not yet received"])
    }

    @Test(arguments: [
        ("2026-01-22T23:58", "2026-01-22"), ("2026-01-22T23:59", "2026-01-23"),
        ("2026-07-01T22:59", "2026-07-02"),
    ])
    func `a day is received when its last minute is, by the clocks at home`(
        instant: String, until: String
    ) {
        let found = CoveredDays.until(coveredMs: utc(instant), zone: HandwrittenZone.london)
        #expect(found == day(until))
    }
}
