import DiaryModel
import SyncCore
import Testing

@Suite struct PlanHistoryTests {
    @Test func `a version holds from its day until a settled successor begins`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        try story.amend("less", seeing: ["more"], weekly(28, from: "2026-03-02"))
        #expect(try story.agreed == ["signed", "more", "less"])
        let plan = try story.plan
        #expect(
            plan.spans.map(\.days) == [
                DaySpan(from: day("2026-01-05"), until: day("2026-02-02")),
                DaySpan(from: day("2026-02-02"), until: day("2026-03-02")),
                DaySpan(from: day("2026-03-02"), until: nil),
            ])
        #expect(plan.version(on: day("2026-01-04")) == nil)
        #expect(plan.version(on: day("2026-02-01"))?.plan?.doseMilligrams == 32_000)
        #expect(plan.version(on: day("2026-02-02"))?.plan?.doseMilligrams == 36_000)
        #expect(plan.shown?.plan?.doseMilligrams == 28_000)
        #expect(plan.obstacle == nil)
    }

    @Test func `a version that begins no earlier than a later signed one never holds`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("planned", seeing: ["signed"], weekly(36, from: "2026-03-02"))
        try story.amend("instead", seeing: ["planned"], weekly(28, from: "2026-02-02"))
        let plan = try story.plan
        #expect(try story.agreed == ["signed", "planned", "instead"])
        #expect(plan.spans.map { $0.version.plan?.doseMilligrams } == [32_000, 28_000])
        let planned = try #require(story.events["planned"])
        let facts = try story.history().facts(
            naming: planned, on: day("2026-03-03"), zone: HandwrittenZone.london)
        #expect(facts?.supersededAtMs == .min)
    }

    @Test func `C07: of two versions signed unseen neither holds, the last agreed one stays shown`()
        throws
    {
        var story = try PlanStory(weekly(32))
        try story.amend("a", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        try story.amend("b", seeing: ["signed"], weekly(28, from: "2026-02-09"))
        var plan = try story.plan
        #expect(plan.isInConflict)
        #expect(plan.candidates.count == 2)
        #expect(plan.shown?.plan?.doseMilligrams == 32_000)
        #expect(plan.obstacle == .versionsInConflict)
        #expect(try story.agreed == ["signed"])
        let schedule = DoseSchedule(
            of: plan, in: try story.history(), ledger([]), today: day("2026-01-20"))
        #expect(schedule.dueNext == .notComputed(.versionsInConflict))
        #expect(!schedule.dueNext.mayRemind)
        #expect(
            schedule.dueNext.words(today: day("2026-01-20"))
                == "Two new plans, call clinic. No due day is worked out from either.")

        try story.amend("c", seeing: ["a", "b"], weekly(36, from: "2026-02-16"))
        plan = try story.plan
        #expect(!plan.isInConflict)
        #expect(try story.agreed == ["signed", "c"])
        #expect(plan.version(on: day("2026-02-10"))?.plan?.doseMilligrams == 32_000)
        #expect(plan.obstacle == nil)
    }

    @Test func `what was signed after one side of a conflict alone settles nothing`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("a", seeing: ["signed"], weekly(36))
        try story.amend("b", seeing: ["signed"], weekly(28))
        try story.amend("c", seeing: ["a"], weekly(40))
        #expect(try story.agreed == ["signed"])
        #expect(try story.plan.isInConflict)
    }

    @Test func `the same signed twice unseen is one version that both events name`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("a", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        try story.amend("b", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        #expect(try story.agreed == ["signed", "a+b"])
        let version = try #require(try story.plan.shown)
        #expect(version.isNamed(by: try #require(story.events["a"])))
        #expect(version.isNamed(by: try #require(story.events["b"])))
    }

    @Test func `a version that a later one has seen through another is older, too`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("a", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        try story.amend("b", seeing: ["a"], weekly(40, from: "2026-03-02"))
        #expect(try story.agreed == ["signed", "a", "b"])
    }

    @Test func `two plans of which neither names the other are both shown and neither is used`()
        throws
    {
        var story = try PlanStory(weekly(32))
        try story.sign("other", intravenous())
        var history = try story.history()
        #expect(history.twoPlans.count == 2)
        for entry in history.entries {
            #expect(entry.shown != nil)
            #expect(history.obstacle(of: entry) == .twoPlans)
            let schedule = DoseSchedule(
                of: entry, in: history, ledger([]), today: day("2026-03-02"))
            #expect(schedule.slots.isEmpty)
            #expect(schedule.dueNext == .notComputed(.twoPlans))
        }
        // A version that names its sibling settles it.
        let sibling = try #require(story.events["signed"]).id
        var named = intravenous()
        named.siblingPlan = sibling
        try story.amend("named", seeing: ["other"], named)
        history = try story.history()
        #expect(history.twoPlans == [])
        #expect(history.versions(on: day("2026-03-02")).count == 2)
    }

    @Test func `a voided plan is none`() throws {
        var story = try PlanStory(weekly(32))
        try story.sign("other", weekly(36))
        try story.set("void", seeing: ["other"], ["status": "voided"])
        let history = try story.history()
        #expect(history.twoPlans == [])
        #expect(history.entries.map(\.entry) == [story.events["signed"]?.id])
    }

    @Test func `a plan voided by one and amended by another is in question on all days`() throws {
        var story = try PlanStory(weekly(32))
        try story.set("void", seeing: ["signed"], ["status": "voided"])
        try story.amend("a", seeing: ["signed"], weekly(36))
        let plan = try story.plan
        #expect(plan.isInQuestion)
        #expect(plan.obstacle == .entryInQuestion)
        let schedule = DoseSchedule(
            of: plan, in: try story.history(), ledger([]), today: day("2026-01-20"))
        #expect(schedule.slots.isEmpty)
    }

    @Test func `a plan that a device wrote does not count once the clinic's word is in force`()
        throws
    {
        var story = try PlanStory(weekly(32))
        try story.amend("claimed", seeing: ["signed"], weekly(64), by: .phone)
        #expect(try story.agreed == ["signed", "claimed"])
        try story.trustPhone()
        #expect(try story.agreed == ["signed"])
        // Neither does it become an older version when the clinic has seen it.
        try story.amend("more", seeing: ["signed", "claimed"], weekly(36, from: "2026-02-02"))
        #expect(try story.agreed == ["signed", "more"])
        try story.sign("own", weekly(8), by: .phone)
        #expect(try story.history().entries.count == 1)
    }

    @Test func `of an erased version nothing is worked out, of those around it all is`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        try story.amend("less", seeing: ["more"], weekly(28, from: "2026-03-02"))
        try story.erase("more")
        let plan = try story.plan
        #expect(plan.agreed.map(\.content)[1] == .erased)
        // From which day it held is not known: the one before is not relied on either.
        #expect(plan.version(on: day("2026-01-10"))?.plan == nil)
        #expect(plan.version(on: day("2026-03-10"))?.plan?.doseMilligrams == 28_000)
        #expect(plan.obstacle == nil)
    }

    @Test func `a version in a newer form has its day, and nothing more`() throws {
        var story = try PlanStory(weekly(32))
        var newer = weekly(36, from: "2026-02-02").json.objectValue ?? [:]
        newer["pausedUntil"] = "2026-04-01"
        try story.set("newer", seeing: ["signed"], ["plan": .object(newer)])
        let plan = try story.plan
        #expect(plan.obstacle == .notReadable)
        #expect(plan.version(on: day("2026-02-01"))?.plan?.doseMilligrams == 32_000)
        #expect(plan.version(on: day("2026-02-02"))?.plan == nil)
    }

    @Test func `C06: an infusion names the version that its writer could see`() throws {
        var story = try PlanStory(weekly(32, from: "2026-01-04"))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        let old = try #require(story.events["signed"])
        let new = try #require(story.events["more"])
        let history = try story.history()
        func mention(_ when: String, _ version: Position?) throws -> PlanMention {
            let fields: JSONObject = version.map { ["planVersion": $0.json] } ?? [:]
            let views = ledger([infusion(1, when, fields)])
            return history.mention(of: try #require(views.infusions.first))
        }
        #expect(try mention("2026-02-03", old) == .older)
        #expect(PlanMention.older.words == "The patient could not yet see the new plan.")
        #expect(try mention("2026-02-03", new) == .current)
        #expect(try mention("2026-02-01", old) == .current)
        #expect(try mention("2026-02-01", new) == .newer)
        #expect(try mention("2026-03", old) == .older)
        #expect(try mention("2026-02", old) == .notComparable)
        #expect(try mention("2026-02-03", nil) == PlanMention.none)
        #expect(try mention("2026-01-01", old) == .notComparable)
        let stranger = Position(replica: old.replica, seq: 99, id: try #require(entry(99)))
        #expect(try mention("2026-02-03", stranger) == .notHeld)
        let facts = history.facts(
            naming: old, on: day("2026-02-03"), zone: HandwrittenZone.london)
        #expect(facts?.supersededAtMs == utc("2026-02-02T00:00"))
        #expect(facts?.doseMilligrams == 32_000)
    }

    @Test func `beside a sibling an infusion belongs to the plan it names, or that alone fits it`()
        throws
    {
        var story = try PlanStory(weekly(32))
        var named = intravenous(from: "2026-01-05")
        named.siblingPlan = try #require(story.events["signed"]).id
        try story.sign("iv", named)
        let history = try story.history()
        let (sc, iv) = (try #require(story.events["signed"]), try #require(story.events["iv"]))
        func plan(_ fields: JSONObject) throws -> EntryID? {
            let views = ledger([infusion(1, "2026-01-06", fields)])
            return history.plan(of: try #require(views.infusions.first))?.entry
        }
        #expect(try plan(["planVersion": iv.json]) == iv.id)
        #expect(try plan([:]) == sc.id)
        #expect(try plan(["route": "fsc"]) == nil)
    }
}
