import DiaryModel
import SyncCore
import Testing

/// Who is not heard, and what may be behind it.
@Suite struct QuietTests {
    /// Monday 9 February 2026, 09:00 in London.
    private let now = utc("2026-02-09T09:00")

    private func heard(_ when: String, _ label: PrintedText = "tablet") -> EnrolledDevice {
        EnrolledDevice(label, heardMs: utc(when))
    }

    private func quiet(
        _ story: PlanStory, _ views: [EntryView?], _ devices: [EnrolledDevice], days: Int = 14
    ) throws -> Quiet {
        let coverage = PatientCoverage(devices)
        let zone = HandwrittenZone.london
        let today = zone.day(atMs: now)
        return Quiet(
            days: days, try story.history(), ledger(views), coverage: coverage, today: today,
            askedMs: now,
            receivedUntil: CoveredDays.until(coverage.reach, today: today, zone: zone))
    }

    /// Five Mondays from 5 January, all given.
    private var given: [EntryView?] { weeks([32, 32, 32, 32, 32], from: "2026-01-05") }

    @Test func `who was heard, and wrote of every dose, is not quiet`() throws {
        let found = try quiet(PlanStory(weekly()), given, [heard("2026-02-08T10:00")])
        #expect(!found.isQuiet)
        #expect(found.doses == [])
        #expect(found.lastInfusion == day("2026-02-02"))
        #expect(found.plan == .inForce)
    }

    @Test func `H01: a device that is silent is named, and its doses may be written on it`() throws
    {
        let found = try quiet(
            PlanStory(weekly()), weeks([32, 32], from: "2026-01-05"), [heard("2026-01-18T10:00")])
        #expect(found.isQuiet)
        #expect(found.unwritten == [])
        #expect(
            found.perhapsUnsent.map(\.date) == [
                day("2026-01-19"), day("2026-01-26"), day("2026-02-02"),
            ])
        #expect(QuietWords(found).missing == ["tablet not heard for 22 days"])
        #expect(
            QuietWords(found).reasons == [
                "3 doses from Monday 19 January on may be written on a device and not sent.",
                "Last word: Monday 12 January, given on the day.",
            ])
    }

    @Test func `a dose without a word though all devices were heard is told, and by whom last`()
        throws
    {
        let views = weeks([32, 32, 32], from: "2026-01-05") + [notDone(9, "2026-01-26", "travel")]
        let found = try quiet(PlanStory(weekly()), views, [heard("2026-02-09T08:00")])
        #expect(found.isQuiet)
        #expect(
            QuietWords(found).missing == ["nothing of the dose due Monday 2 February, 7 days ago"])
        #expect(
            QuietWords(found).reasons == [
                "All devices were heard after that: not given, or not written down.",
                "Last word: Monday 26 January, not done: travelling.",
            ])
    }

    @Test func `a dose within its grace is waited for`() throws {
        let views = weeks([32, 32, 32, 32, 32], from: "2026-01-05")
        let found = try quiet(PlanStory(weekly()), views, [heard("2026-02-09T08:00")])
        #expect(!found.isQuiet)
    }

    @Test func `a closed device is waited for, and a retired one is not`() throws {
        func device(_ state: EnrolledDevice.State) -> EnrolledDevice {
            EnrolledDevice("phone", heardMs: utc("2026-01-01T10:00"), state: state)
        }
        let closed = try quiet(
            PlanStory(weekly()), given, [device(.revoked), heard("2026-02-09T08:00")])
        #expect(
            QuietWords(closed).missing == ["phone not heard for 39 days (closed, still waited for)"]
        )
        let retired = try quiet(
            PlanStory(weekly()), given, [device(.retired), heard("2026-02-09T08:00")])
        #expect(!retired.isQuiet)
    }

    @Test func `without a device all there is was typed, and a gap is one`() throws {
        let found = try quiet(PlanStory(weekly()), weeks([32, 32, 32], from: "2026-01-05"), [])
        #expect(
            QuietWords(found).missing == [
                "nothing of 2 doses since that of Monday 26 January, 14 days ago"
            ])
        #expect(
            QuietWords(found).reasons.first
                == "There is no device: what is on paper has to be typed.")
    }

    @Test func `C20: where the plan has ended nobody is chased, and what came after is named`()
        throws
    {
        let plan = weekly { $0.effectiveUntil = day("2026-01-19") }
        let found = try quiet(
            PlanStory(plan), [infusion(1, "2026-01-05"), infusion(2, "2026-02-03")],
            [heard("2025-12-01T10:00")])
        #expect(!found.isQuiet)
        #expect(found.plan == .ended(on: day("2026-01-19")))
        #expect(found.afterEnd == [entry(2)])
    }

    @Test func `A16: without a plan no dose is missing, and it is said that nobody knows`() throws {
        let found = try quiet(PlanStory(), given, [heard("2026-01-01T10:00")])
        #expect(found.plan == .none)
        #expect(found.doses == [])
        #expect(
            QuietWords(found).reasons == [
                "There is no plan: what is due is not known.",
                "Last infusion: Monday 2 February.",
            ])
    }

    @Test func `C07: two versions side by side are a reason why nothing is known to be due`() throws
    {
        var story = try PlanStory(weekly())
        try story.amend("a", seeing: ["signed"], weekly(36, from: "2026-01-05"))
        try story.amend("b", seeing: ["signed"], weekly(28, from: "2026-01-05"))
        let found = try quiet(story, given, [heard("2026-01-01T10:00")])
        #expect(found.plan == .notComputed(.versionsInConflict))
        #expect(
            QuietWords(found).reasons.first
                == "Two new plans, call clinic. No due day is worked out from either.")
    }
}
