import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct DoseScheduleTests {
    /// The schedule of a diary's only plan.
    func schedule(
        _ plan: TreatmentPlan, _ views: [EntryView?] = [], today: String, until: String? = nil,
        knownUntil: String? = nil, endsOn: String? = nil
    ) throws -> DoseSchedule {
        let story = try PlanStory(plan)
        let history = try story.history(endsOn: endsOn.map { day($0) })
        return DoseSchedule(
            of: try #require(history.entries.first), in: history, ledger(views), today: day(today),
            horizon: until.map { day($0) }, knownUntil: knownUntil.map { day($0) })
    }

    func next(_ schedule: DoseSchedule) throws -> DueSlot {
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
}
