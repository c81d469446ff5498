import DiaryModel
import SyncCore
import Testing

/// What a plan says beside its days: vials, versions that are named, numbers to ring, items to ask.
@Suite struct PlanSaidTests {
    @Test(
        arguments: [
            (32_000, 4000, "8 vials of 4 g"), (4000, 4000, "1 vial of 4 g"),
            (3300, 1650, "2 vials of 1.65 g"), (28_800, 4000, nil), (32_000, 0, nil),
            (0, 4000, nil),
        ] as [(Int64, Int64, String?)])
    func `a dose is told in vials only where it is whole ones`(
        dose: Int64, size: Int64, words: String?
    ) {
        #expect(VialSplit(doseMilligrams: dose, vialMilligrams: size)?.words == words)
    }

    @Test func `of several sizes the one of the fewest vials is told`() {
        let split = VialSplit(doseMilligrams: 30_000, sizes: [1000, 4000, 10_000, 20_000])
        #expect(split?.words == "3 vials of 10 g")
        #expect(VialSplit(doseMilligrams: 30_000, sizes: [4000, 20_000]) == nil)
    }

    @Test
    func `C06: a version tells which infusions name it, and which of them could see no newer`()
        throws
    {
        var story = try PlanStory(weekly(32, from: "2026-01-05"))
        try story.amend("more", seeing: ["signed"], weekly(36, from: "2026-02-02"))
        let old = try #require(story.events["signed"])
        let history = try story.history()
        let named: JSONObject = ["planVersion": old.json]
        let views = ledger([
            infusion(1, "2026-02-03", named), infusion(2, "2026-01-26", named),
            infusion(3, "2026-02-10"),
        ])
        let versions = try story.plan.agreed
        let use = VersionUse(of: try #require(versions.first), in: history, views)
        #expect(use.infusions.map(\.entry) == [entry(2), entry(1)].compactMap(\.self))
        #expect(use.notable.map(\.entry) == [entry(1)].compactMap(\.self))
        #expect(use.words == "2 infusions name it, the last on Tuesday 3 February 2026.")
        let none = VersionUse(of: try #require(versions.last), in: history, views)
        #expect(none.words == "No infusion names it.")
    }

    @Test func `an infusion names the version of its route, and none of two plans in question`()
        throws
    {
        var story = try PlanStory(weekly(32))
        var other = intravenous(from: "2026-01-05")
        other.siblingPlan = try #require(story.events["signed"]).id
        try story.sign("iv", other)
        let history = try story.history()
        #expect(
            story.name(of: history.version(on: day("2026-01-06"), route: .sc)?.event) == "signed")
        #expect(story.name(of: history.version(on: day("2026-01-06"), route: .iv)?.event) == "iv")
        #expect(history.version(on: day("2026-01-06"), route: .fsc) == nil)
        #expect(history.version(on: day("2026-01-04"), route: .sc) == nil)
        try story.sign("third", weekly(8))
        #expect(try story.history().version(on: day("2026-01-06"), route: .sc) == nil)
    }

    @Test func `C07: two versions side by side leave the agreed one to be named`() throws {
        var story = try PlanStory(weekly(32))
        try story.amend("a", seeing: ["signed"], weekly(36, from: "2026-01-12"))
        try story.amend("b", seeing: ["signed"], weekly(28, from: "2026-01-12"))
        let version = try story.history().version(on: day("2026-01-20"), route: .sc)
        #expect(story.name(of: version?.event) == "signed")
    }

    @Test func `numbers to ring are told, also by a version in a newer form`() throws {
        var story = try PlanStory(weekly { $0.clinicPhone = "01865 000000" })
        #expect(try story.history().clinicPhone == "01865 000000")
        #expect(try story.history().emergencyPhone == nil)
        var newer = weekly { $0.emergencyPhone = "999" }.json.objectValue ?? [:]
        newer["pausedUntil"] = "2026-04-01"
        try story.set("newer", seeing: ["signed"], ["plan": .object(newer)])
        #expect(try story.history().emergencyPhone == "999")
        #expect(try story.history().zoneName == "Europe/London")
    }

    @Test func `siblings that ask one item ask it once, the one with the clinic's words`() throws {
        let worded = PlannedCheck(item: "feels_well", concern: [.no], text: "Ring us.")
        var story = try PlanStory(
            weekly {
                $0.checks = [PlannedCheck(item: "feels_well"), PlannedCheck(item: "in_date")]
            }
        )
        var other = intravenous(from: "2026-01-05")
        other.siblingPlan = try #require(story.events["signed"]).id
        other.checks = [worded, PlannedCheck(item: "in_date")]
        try story.sign("iv", other)
        let checks = try story.history().checks(on: day("2026-01-06"))
        #expect(Set(checks) == [worded, PlannedCheck(item: "in_date")])
        #expect(checks.count == 2)
        #expect(try story.history().checks(on: day("2026-01-04")) == [])
    }

    @Test func `what is due tells its grace and its step of the ramp`() throws {
        let story = try PlanStory(ramped())
        let found = DoseSchedule(
            of: try story.plan, in: try story.history(), ledger([infusion(1, "2026-04-06")]),
            today: day("2026-04-07"))
        guard case .slot(let slot, _) = found.dueNext else {
            Issue.record("nothing is due")
            return
        }
        #expect(slot.rampWords(in: ramped()) == "Step 2 of 4 of the ramp.")
        #expect(
            slot.inTimeWords == "In time from Sunday 12 April to Tuesday 14 April.",
            "\(slot.graceDays)")
    }
}
