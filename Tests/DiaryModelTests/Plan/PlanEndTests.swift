import DiaryModel
import SyncCore
import Testing

/// A plan that ends, or pauses, because a doctor signed the day.
@Suite struct PlanEndTests {
    private func ending(_ until: String, from: String = "2026-01-05") -> TreatmentPlan {
        weekly(from: from) { $0.effectiveUntil = day(until) }
    }

    private func schedule(
        _ story: PlanStory, _ views: [EntryView?] = [], today: String
    ) throws -> DoseSchedule {
        DoseSchedule(
            of: try story.plan, in: try story.history(), ledger(views), today: day(today))
    }

    @Test func `C20: from the signed day on nothing is due, and what comes is marked`() throws {
        var story = try PlanStory(weekly())
        try story.amend("end", seeing: ["signed"], ending("2026-01-19", from: "2026-01-12"))
        let views = [
            infusion(1, "2026-01-05"), infusion(2, "2026-01-13"), infusion(3, "2026-02-02"),
        ]
        let found = try schedule(story, views, today: "2026-02-03")
        #expect(found.told == ["2026-01-05 given on the day", "2026-01-12 given 1 day late"])
        #expect(found.afterEnd == [entry(3)])
        #expect(found.dueNext == .ended(on: day("2026-01-19")))
        #expect(!found.dueNext.mayRemind)
        #expect(try story.history().endsOn == day("2026-01-19"))
        let adherence = Adherence(
            in: window("2026-01-05", "2026-02-02"), try story.history(), ledger(views),
            today: day("2026-02-03"), receivedUntil: day("2026-02-03"))
        #expect(adherence.prescribed == .milligrams(Fraction(64_000)))
        #expect(adherence.observed?.window == window("2026-01-05", "2026-01-19"))
    }

    @Test func `a version that ends on the day it begins ends the one before, and holds on none`()
        throws
    {
        var story = try PlanStory(weekly())
        try story.amend("end", seeing: ["signed"], ending("2026-01-19", from: "2026-01-19"))
        let plan = try story.plan
        #expect(
            plan.spans.map(\.days) == [DaySpan(from: day("2026-01-05"), until: day("2026-01-19"))])
        #expect(plan.endsOn == day("2026-01-19"))
        #expect(try schedule(story, today: "2026-01-19").dueNext == .ended(on: day("2026-01-19")))
    }

    @Test func `in a pause nothing is due, and after it the days of the new version are`() throws {
        var story = try PlanStory(ending("2026-01-19"))
        try story.amend("again", seeing: ["signed"], weekly(from: "2026-03-02"))
        let views = [infusion(1, "2026-01-05"), infusion(2, "2026-01-12")]
        let found = try schedule(story, views, today: "2026-02-01")
        #expect(found.dates == ["2026-01-05", "2026-01-12", "2026-03-02"])
        #expect(
            found.dueNext.words(today: day("2026-02-01")) == "Next infusion: Monday 2 March.")
        #expect(try story.history().endsOn == nil)
    }

    @Test func `of siblings one may end alone, and the programme ends with the last`() throws {
        var story = try PlanStory(ending("2026-01-19"))
        var other = intravenous(from: "2026-01-05")
        other.siblingPlan = try #require(story.events["signed"]).id
        try story.sign("iv", other)
        #expect(try story.history().endsOn == nil)
        let both = try story.history().schedules(ledger([]), today: day("2026-02-02"))
        let (sc, iv) = (try #require(story.events["signed"]), try #require(story.events["iv"]))
        #expect(both.first { $0.plan == sc.id }?.dueNext == .ended(on: day("2026-01-19")))
        #expect(both.first { $0.plan == iv.id }?.dueNext != .ended(on: day("2026-01-19")))
        other.effectiveUntil = day("2026-02-09")
        try story.amend("last", seeing: ["iv"], other)
        #expect(try story.history().endsOn == day("2026-02-09"))
    }
}
