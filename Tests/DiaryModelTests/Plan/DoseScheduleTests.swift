import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct DoseScheduleTests {
    /// The schedule of a diary's only plan.
    private func schedule(
        _ plan: TreatmentPlan, _ views: [EntryView?] = [], today: String, until: String? = nil,
        knownUntil: String? = nil, endsOn: String? = nil
    ) throws -> DoseSchedule {
        let story = try PlanStory(plan)
        let history = try story.history(endsOn: endsOn.map { day($0) })
        return DoseSchedule(
            of: try #require(history.entries.first), in: history, ledger(views), today: day(today),
            horizon: until.map { day($0) }, knownUntil: knownUntil.map { day($0) })
    }

    private func next(_ schedule: DoseSchedule) throws -> DueSlot {
        guard case .slot(let slot, _) = schedule.dueNext else { throw PlanStory.NotHeld() }
        return slot
    }

    @Test func `A5: two parts on two days are one course of the first part's day`() throws {
        let found = try schedule(
            intravenous(),
            [
                infusion(1, "2026-03-02", milligrams: 45_000),
                infusion(2, "2026-03-03", milligrams: 45_000),
            ], today: "2026-03-04")
        let course = try #require(found.slots.first?.course)
        #expect(course.day == day("2026-03-02"))
        #expect(course.milligrams == MilligramRange(90_000))
        #expect(course.infusions.count == 2)
        #expect(found.additional == [])
        #expect(found.questions == [])
        #expect(try next(found).date == day("2026-03-23"))
        #expect(
            found.dueNext.words(today: day("2026-03-04")) == "Next infusion: Monday 23 March.")
        #expect(found.dueNext.mayRemind)
    }

    @Test func `A5: parts that share the name of a course are one, however far apart`() throws {
        func part(_ part: Int64, _ date: String) -> EntryView? {
            let course = Course(id: "c1", part: part, parts: 2)
            return infusion(UInt8(part), date, milligrams: 45_000, ["course": course.json])
        }
        let found = try schedule(
            intravenous(), [part(2, "2026-03-08"), part(1, "2026-03-02")], today: "2026-03-09")
        #expect(found.slots.first?.course?.infusions.count == 2)
        #expect(found.slots.first?.course?.lastDay == day("2026-03-08"))
        #expect(try next(found).date == day("2026-03-23"))
    }

    @Test func `A6: a part that never came leaves half a dose, the next due day, and a question`()
        throws
    {
        let views = [infusion(1, "2026-03-02", milligrams: 45_000)]
        #expect(try schedule(intravenous(), views, today: "2026-03-04").questions == [])
        let found = try schedule(intravenous(), views, today: "2026-03-05")
        let slot = try #require(found.slots.first)
        let course = try #require(slot.course)
        #expect(course.milligrams == MilligramRange(45_000))
        #expect(Fraction(45_000).divided(by: Fraction(slot.doseMilligrams))?.percent == "50.0 %")
        #expect(!slot.isFull.perhaps)
        #expect(try next(found).date == day("2026-03-23"))
        #expect(found.questions == [.partMissing(course)])
        #expect(
            found.questions.first?.words
                == "Only 1 of 2 parts recorded from Monday 2 March on, 45 g. Was the rest given?")
    }

    @Test func `A7: a dose two days late is a miss in time, and the next one keeps its day`() throws
    {
        let found = try schedule(
            weekly(from: "2026-03-01"), [infusion(1, "2026-03-03")], today: "2026-03-03")
        let slot = try #require(found.slots.first)
        #expect(slot.graceDays == 1)
        #expect(slot.daysLate == 2)
        #expect(!slot.isInTime)
        #expect(slot.stateWords == "given 2 days late")
        #expect(try next(found).date == day("2026-03-08"))
    }

    @Test func `A8: a rolling plan counts from the late dose`() throws {
        let plan = weekly(from: "2026-03-01") { $0.dueMode = .rolling }
        let found = try schedule(plan, [infusion(1, "2026-03-03")], today: "2026-03-03")
        #expect(found.slots.first?.daysLate == 2)
        #expect(try next(found).date == day("2026-03-10"))
    }

    @Test func `A11: a ramp is due on its own days, and the rhythm goes on after it`() throws {
        let found = try schedule(ramped(), today: "2026-04-01", until: "2026-06-15")
        #expect(
            found.dates == [
                "2026-04-06", "2026-04-13", "2026-04-27", "2026-05-18", "2026-06-15", "2026-07-13",
            ])
        #expect(
            found.slots.map(\.doseMilligrams) == [7500, 15_000, 22_500, 30_000, 30_000, 30_000])
        #expect(found.slots.map(\.rampStep) == [0, 1, 2, 3, nil, nil])
        #expect(found.slots.map(\.graceDays) == [1, 1, 2, 3, 3, 3])
    }

    @Test func `A11: a rolling ramp keeps its distances from the dose that was given`() throws {
        var plan = ramped()
        plan.dueMode = .rolling
        let found = try schedule(
            plan,
            [
                infusion(1, "2026-04-06", milligrams: 7500),
                infusion(2, "2026-04-15", milligrams: 15_000),
            ], today: "2026-04-16")
        #expect(try next(found).date == day("2026-04-29"))
        #expect(try next(found).doseMilligrams == 22_500)
    }

    @Test func `A12: a taper changes the dose from its day, and the interval from its day`() throws
    {
        let plan = weekly {
            $0.taper = [
                TaperStep(from: day("2026-01-19"), .doseMilligrams(28_800)),
                TaperStep(from: day("2026-02-02"), .intervalDays(14)),
            ]
        }
        let found = try schedule(plan, today: "2026-01-05", until: "2026-03-02")
        #expect(
            found.dates.dropLast() == [
                "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-16",
                "2026-03-02",
            ])
        #expect(found.slots.map(\.doseMilligrams).prefix(3) == [32_000, 32_000, 28_800])
    }

    @Test func `a new version from another weekday makes no second due day in one week`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-01-15"))
        let history = try story.history()
        let found = DoseSchedule(
            of: try #require(history.entries.first), in: history, ledger([]),
            today: day("2026-01-05"), horizon: day("2026-01-26"))
        #expect(
            found.dates == ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"])
        #expect(found.slots.map(\.doseMilligrams) == [32_000, 32_000, 36_000, 36_000, 36_000])
        #expect(found.slots[2].version == story.events["more"])
    }

    @Test(
        arguments: [
            (28, 7, "2026-02-09", ["2026-01-05", "2026-02-02", "2026-02-09", "2026-02-16"]),
            (28, 7, "2026-02-05", ["2026-01-05", "2026-02-02", "2026-02-09", "2026-02-16"]),
            (7, 14, "2026-01-12", ["2026-01-05", "2026-01-12", "2026-01-26", "2026-02-09"]),
            (7, 14, "2026-01-08", ["2026-01-05", "2026-01-12", "2026-01-26", "2026-02-09"]),
        ] as [(Int64, Int64, String, [String])])
    func `a version with another interval begins on its day, but no sooner than the shorter one`(
        before: Int64, after: Int64, from: String, dates: [String]
    ) throws {
        var story = try PlanStory(weekly(every: before))
        try story.amend("other", seeing: ["signed"], weekly(from: from, every: after))
        let history = try story.history()
        let found = DoseSchedule(
            of: try #require(history.entries.first), in: history, ledger([]),
            today: day("2026-01-05"), horizon: day("2026-02-10"))
        #expect(found.dates.prefix(4) == dates[...])
    }

    @Test(
        arguments: [
            (1, 0), (2, 0), (3, 1), (14, 1), (15, 2), (24, 2), (25, 3), (365, 3),
        ] as [(Int64, Int)])
    func `the grace goes with the interval`(interval: Int64, days: Int) throws {
        let found = try schedule(weekly(every: interval), today: "2026-01-05")
        #expect(found.slots.first?.graceDays == days)
        let own = weekly(every: interval) { $0.graceDays = 5 }
        #expect(try schedule(own, today: "2026-01-05").slots.first?.graceDays == 5)
    }

    @Test(
        arguments: [
            ("2026-01-10", "upcoming"), ("2026-01-11", "due"), ("2026-01-12", "due"),
            ("2026-01-13", "due"), ("2026-01-14", "overdue"), ("2026-01-17", "overdue"),
            ("2026-01-18", "missed"),
        ])
    func `a slot is upcoming, due, overdue and missed`(today: String, status: String) throws {
        let found = try schedule(weekly(), [infusion(1, "2026-01-05")], today: today)
        #expect(found.slots[1].status.rawValue == status)
    }

    @Test func `what is due is told in plain words`() throws {
        func words(_ today: String) throws -> String {
            let found = try schedule(weekly(from: "2026-03-29"), today: today)
            return found.dueNext.words(today: day(today))
        }
        #expect(try words("2026-03-01") == "Next infusion: Sunday 29 March.")
        #expect(try words("2026-03-28") == "Due Sunday 29 March.")
        #expect(try words("2026-03-29") == "Due today, Sunday 29 March.")
        #expect(try words("2026-03-30") == "Was due Sunday 29 March.")
        #expect(try words("2026-03-31") == "Was due Sunday 29 March, 2 days ago.")
        #expect(try words("2026-04-04") == "Due Sunday 5 April.")
    }

    @Test func `what has not been received is not called overdue or missed`() throws {
        let early = try schedule(weekly(), today: "2026-01-14", knownUntil: "2026-01-08")
        #expect(early.slots.map(\.status) == [.notReceived, .notReceived, .upcoming])
        #expect(!early.dueNext.mayRemind)
        #expect(
            early.dueNext.words(today: day("2026-01-14"))
                == "Was due Monday 12 January. Whether it was given is not known here.")
        let known = try schedule(weekly(), today: "2026-01-14", knownUntil: "2026-01-14")
        #expect(known.slots.map(\.status) == [.missed, .overdue, .upcoming])
    }

    @Test func `T5: a due day keeps its time of day when the clocks change`() throws {
        let found = try schedule(weekly(from: "2026-03-22"), today: "2026-03-22")
        let due = found.slots.prefix(2).compactMap {
            $0.instant(minuteOfDay: 600, in: HandwrittenZone.london)
        }
        #expect(due.map(\.ms) == [utc("2026-03-22T10:00"), utc("2026-03-29T09:00")])
        #expect(due.map(\.wall.clockFace) == ["10:00", "10:00"])
        #expect(due[1].ms - due[0].ms == (6 * 24 + 23) * 3_600_000)
    }

    @Test(
        arguments: [
            ("2026-11-14T19:00", HandwrittenZone.auckland, "2026-11-15", "2026-11-14", -1),
            ("2026-06-08T01:00", .newYork, "2026-06-07", "2026-06-08", 1),
        ] as [(String, HandwrittenZone, String, String, Int)])
    func `T6, T7: a dose on a journey is of the day at home, inside the grace`(
        instant: String, zone: HandwrittenZone, due: String, home: String, late: Int
    ) throws {
        let found = try schedule(
            weekly(from: due), [infusion(1, instant, zone: zone)], today: due)
        // The day after home's midnight is still ahead where today is given as the due day.
        let later = try schedule(
            weekly(from: due), [infusion(1, instant, zone: zone)], today: home)
        let slot = try #require((late > 0 ? later : found).slots.first)
        #expect(slot.course?.day == day(home))
        #expect(slot.daysLate == late)
        #expect(slot.isInTime)
    }

    @Test func `T15: an interval counts through a leap day`() throws {
        let found = try schedule(
            weekly(from: "2028-02-29", every: 21), today: "2028-02-29", until: "2028-03-21")
        #expect(found.dates == ["2028-02-29", "2028-03-21", "2028-04-11"])
    }

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
