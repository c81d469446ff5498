import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// Which infusion fills which due day.
extension DoseScheduleTests {
    @Test func `C11: not done and later infused the same day is given, and the not done is marked`()
        throws
    {
        let found = try schedule(
            weekly(from: "2026-03-01"),
            [notDone(1, "2026-03-01", "no_partner"), infusion(2, "2026-03-01T20:00")],
            today: "2026-03-02")
        #expect(found.told.first == "2026-03-01 given on the day")
        let words = found.questions.map(\.words)
        #expect(
            words == [
                "Sunday 1 March says not done, yet an infusion is there: later infused same day?"
            ])
        guard case .givenYetNotDone(let both)? = found.questions.first else {
            throw PlanStory.NotHeld()
        }
        #expect(both.notDone.entry == entry(1))
        #expect(both.notDone.reason == .noPartner)
        #expect(both.given == .sameDay)
        #expect(both.course.infusions == [entry(2)])
    }

    @Test func `a not done closes the slot, and the rhythm goes on from the planned day`() throws {
        for mode in DueMode.allCases {
            let plan = weekly { $0.dueMode = mode }
            let found = try schedule(
                plan, [infusion(1, "2026-01-05"), notDone(2, "2026-01-13")], today: "2026-01-13")
            #expect(
                found.told.dropLast() == [
                    "2026-01-05 given on the day", "2026-01-12 not done: fever or infection",
                ])
            #expect(try next(found).date == day("2026-01-19"))
        }
    }

    @Test func `infused after a not done the dose is late, and both are shown`() throws {
        let found = try schedule(
            weekly { $0.dueMode = .rolling },
            [infusion(1, "2026-01-05"), notDone(2, "2026-01-12"), infusion(3, "2026-01-14")],
            today: "2026-01-14")
        #expect(found.told[1] == "2026-01-12 given 2 days late")
        #expect(try next(found).date == day("2026-01-21"))
        #expect(
            found.questions.map(\.words) == [
                "Monday 12 January says not done, yet an infusion is there: infused 2 days later?"
            ])
    }

    @Test func `said two days ahead, not done closes the slot that comes`() throws {
        let found = try schedule(
            weekly(), [infusion(1, "2026-01-05"), notDone(2, "2026-01-10", "travel")],
            today: "2026-01-10")
        #expect(
            found.told == [
                "2026-01-05 given on the day", "2026-01-12 not done: travelling",
                "2026-01-19 upcoming",
            ])
    }

    @Test func `an infusion fills the nearest slot, and of two equally near the earlier`() throws {
        let plan = weekly(every: 14)
        let tie = try schedule(plan, [infusion(1, "2026-01-12")], today: "2026-01-12")
        #expect(tie.told.first == "2026-01-05 given 7 days late")
        let nearer = try schedule(plan, [infusion(1, "2026-01-13")], today: "2026-01-13")
        #expect(
            nearer.told == [
                "2026-01-05 missed", "2026-01-19 given 6 days early", "2026-02-02 upcoming",
            ])
    }

    @Test func `what is given beside a filled slot is additional, and no early dose of the next`()
        throws
    {
        for mode in DueMode.allCases {
            let plan = weekly { $0.dueMode = mode }
            let found = try schedule(
                plan, [infusion(1, "2026-01-05"), infusion(2, "2026-01-08")], today: "2026-01-08")
            #expect(found.told == ["2026-01-05 given on the day", "2026-01-12 upcoming"])
            #expect(found.additional.map(\.day) == [day("2026-01-08")])
        }
    }

    @Test func `a slot that stands open is filled late before anything is additional`() throws {
        let found = try schedule(
            weekly(), [infusion(1, "2026-01-09"), infusion(2, "2026-01-12")], today: "2026-01-12")
        #expect(
            found.told.prefix(2) == ["2026-01-05 given 4 days late", "2026-01-12 given on the day"])
        #expect(found.additional == [])
    }

    @Test func `on a plan of every day the next day's infusion is the next dose`() throws {
        let found = try schedule(
            weekly(every: 1),
            [
                infusion(1, "2026-01-05"), infusion(2, "2026-01-06"),
                infusion(3, "2026-01-06T20:00"),
            ],
            today: "2026-01-06")
        #expect(
            found.told.prefix(2) == ["2026-01-05 given on the day", "2026-01-06 given on the day"])
        #expect(found.slots[1].course?.infusions.count == 2)
    }

    @Test func `what was given before the plan began fills nothing`() throws {
        let found = try schedule(
            weekly(), [infusion(1, "2025-12-29"), infusion(2, "2026-01-04")], today: "2026-01-05")
        #expect(found.told.first == "2026-01-05 given 1 day early")
        #expect(found.unscheduled.map(\.day) == [day("2025-12-29")])
        #expect(found.additional == [])
    }

    @Test func `C20: after the end nothing is due, nobody is reminded, and what comes is marked`()
        throws
    {
        let views = [infusion(1, "2026-01-05"), infusion(2, "2026-01-19")]
        let found = try schedule(weekly(), views, today: "2026-01-20", endsOn: "2026-01-15")
        #expect(found.dates == ["2026-01-05", "2026-01-12"])
        #expect(found.afterEnd == [entry(2)])
        #expect(found.additional == [])
        #expect(found.dueNext == .ended(on: day("2026-01-15")))
        #expect(!found.dueNext.mayRemind)
        #expect(
            found.dueNext.words(today: day("2026-01-20"))
                == "The programme has ended. No reminders are sent.")
        let before = try schedule(
            weekly(), [infusion(1, "2026-01-05"), infusion(2, "2026-01-12")], today: "2026-01-12",
            endsOn: "2026-01-15")
        #expect(before.dueNext == .ended(on: day("2026-01-15")))
    }

    @Test func `a voided infusion fills nothing, and one in question fills perhaps`() throws {
        let voided = try schedule(
            weekly(), [infusion(1, "2026-01-05", ["status": "voided"])], today: "2026-01-05")
        #expect(voided.slots.first?.status == .due)

        var story = try PlanStory(weekly())
        let set = try #require(infusion(1, "2026-01-05")).settledFields
        try story.begin("begun", "infusion", set)
        try story.set("void", seeing: ["begun"], ["status": "voided"], by: .phone)
        try story.set("site", seeing: ["begun"], ["visualCheck": "ok"])
        let history = try story.history()
        let found = DoseSchedule(
            of: try #require(history.entries.first), in: history,
            ledger([try story.view("begun")]), today: day("2026-01-06"))
        let course = try #require(found.slots.first?.course)
        #expect(!course.isCertain)
        #expect(course.milligrams == MilligramRange(0, 32_000))
        guard case .slot(_, let rests) = found.dueNext else { throw PlanStory.NotHeld() }
        #expect(rests)
        #expect(!found.dueNext.mayRemind)
        #expect(
            found.dueNext.words(today: day("2026-01-06"))
                == "Next infusion: Monday 12 January. Already recorded? A question is open.")
    }

    @Test func `an infusion dated ahead fills nothing and is asked about`() throws {
        let found = try schedule(weekly(), [infusion(1, "2026-01-12")], today: "2026-01-05")
        #expect(found.slots.first?.status == .due)
        #expect(found.questions == [.dayAhead(try #require(entry(1)))])
        #expect(!found.dueNext.mayRemind)
    }

    @Test func `a bare month fills nothing and is asked about`() throws {
        let found = try schedule(weekly(), [infusion(1, "2026-01")], today: "2026-01-05")
        #expect(found.slots.first?.status == .due)
        #expect(found.questions.map(\.words) == ["On which day was this infusion?"])
    }

    @Test func `recorded twice, one dose fills one slot`() throws {
        let found = try schedule(
            weekly(),
            [
                infusion(1, "2026-01-05T09:05"),
                infusion(
                    2, "2026-01-05T09:10",
                    ["vials.1": infusion(1, "2026-01-05")?["vials.1"] ?? .null]),
            ],
            today: "2026-01-05")
        let course = try #require(found.slots.first?.course)
        #expect(course.milligrams == MilligramRange(32_000, 64_000))
        #expect(course.parts == CountRange(1, 2))
        #expect(course.isCertain)
        #expect(found.additional == [])
    }

    @Test func `at the ends of the calendar nothing traps and nothing goes on for ever`() throws {
        let late = weekly(from: "2200-12-31", every: 365) {
            $0.ramp = [RampStep(dayOffset: 3650, doseMilligrams: 1)]
            $0.taper = [TaperStep(from: day("9999-12-31"), .intervalDays(1))]
            $0.graceDays = 365
        }
        for mode in DueMode.allCases {
            var plan = late
            plan.dueMode = mode
            let found = try schedule(
                plan, [infusion(1, "2026-01-05"), notDone(2, "2026-01-05")], today: "9999-12-31")
            #expect(found.slots.count < 8000)
            #expect(zip(found.dates, found.dates.dropFirst()).allSatisfy { $0 < $1 })
        }
        let early = try schedule(weekly(from: "1900-01-01", every: 30), today: "0000-01-01")
        #expect(early.slots.count == 1)
        #expect(early.slots.first?.status == .upcoming)
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `each slot is filled once, nothing is lost, and the order of entries does not matter`(
        seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        let plan = weekly(every: random.pick([2, 3, 7, 14, 21, 28])) {
            $0.dueMode = random.pick([.fixed, .rolling])
            if random.chance(0.3) { $0.parts = 2 }
            if random.chance(0.3) { $0.graceDays = random.pick([0, 2, 9]) }
            if random.chance(0.3) {
                $0.ramp = [
                    RampStep(dayOffset: 0, doseMilligrams: 8000),
                    RampStep(dayOffset: 5, doseMilligrams: 16_000),
                ]
            }
            if random.chance(0.3) {
                $0.taper = [TaperStep(from: day("2026-02-10"), .intervalDays(5))]
            }
        }
        let first = day("2025-12-28")
        var views: [EntryView?] = (1...30).map { number in
            let date = first.adding(days: random.below(100)).description
            return random.chance(0.2)
                ? notDone(UInt8(number), date) : infusion(UInt8(number), date)
        }
        let found = try schedule(plan, views, today: "2026-04-10", until: "2026-04-30")
        #expect(zip(found.dates, found.dates.dropFirst()).allSatisfy { $0 < $1 })

        let filling = found.slots.compactMap(\.course)
        let all = filling + found.additional + found.unscheduled
        let told = all.flatMap(\.infusions)
        #expect(Set(told).count == told.count)
        let given = ledger(views).infusions.filter { !$0.isNotDone }.map(\.entry)
        #expect(Set(told) == Set(given))
        #expect(Set(filling.map(\.day)).count == filling.count)
        // The days on which slots were filled stand in the slots' order.
        #expect(zip(filling, filling.dropFirst()).allSatisfy { $0.day < $1.day })

        views.shuffle(using: &random)
        let again = try schedule(plan, views, today: "2026-04-10", until: "2026-04-30")
        #expect(again.slots == found.slots)
        #expect(again.additional == found.additional)
    }
}
