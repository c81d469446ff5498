import DiaryModel
import SyncCore
import Testing

@Suite struct GramsByPeriodTests {
    private func grams(
        _ plan: TreatmentPlan?, _ views: [EntryView?], _ window: DayWindow, received: String? = nil
    ) throws -> GramsByPeriod {
        let history = try plan.map { try PlanStory($0).history() } ?? PlanHistory([])
        return GramsByPeriod(
            in: window, history, ledger(views),
            receivedUntil: received.map { day($0) } ?? window.until)
    }

    @Test func `a week begins half an interval before its dose, so a day early stays in it`()
        throws
    {
        let views = [
            infusion(1, "2026-01-05"), infusion(2, "2026-01-11"), infusion(3, "2026-01-20"),
        ]
        let found = try grams(weekly(), views, window("2026-01-05", "2026-01-22"))
        #expect(found.periodDays == 7)
        #expect(
            found.periods.map(\.window.from) == ["2026-01-02", "2026-01-09", "2026-01-16"].map(day))
        #expect(found.periods.map(\.given.high) == [32_000, 32_000, 32_000])
        #expect(
            found.periods.map(\.prescribed) == [
                .milligrams(Fraction(128_000, over: 7) ?? .zero), .milligrams(Fraction(32_000)),
                .milligrams(Fraction(32_000)),
            ])
    }

    @Test func `a dose of every three weeks is one period, not two empty weeks and a full one`()
        throws
    {
        let views = [
            infusion(1, "2026-03-02", milligrams: 45_000),
            infusion(2, "2026-03-03", milligrams: 45_000),
        ]
        let found = try grams(intravenous(), views, window("2026-03-01", "2026-03-12"))
        #expect(found.periodDays == 21)
        #expect(found.periods.map(\.given.high) == [90_000])
        #expect(found.periodWords == "3 weeks")
    }

    @Test func `A9: a week that has not come is no empty week`() throws {
        let views = [infusion(1, "2026-01-05"), infusion(2, "2026-01-12")]
        let found = try grams(
            weekly(), views, window("2026-01-05", "2026-02-02"), received: "2026-01-18")
        #expect(
            found.periods.map(\.amount) == [
                .known(low: 32_000, high: 32_000), .known(low: 32_000, high: 32_000),
                .partlyReceived(low: 0, high: 0), .notReceived, .notReceived,
            ])
    }

    @Test func `A10: what may be one infusion or two is a range in its week`() throws {
        let views = [infusion(1, "2026-01-05"), infusion(2, "2026-01-05")]
        let found = try grams(weekly(), views, window("2026-01-05", "2026-01-09"))
        #expect(found.periods.map(\.given) == [MilligramRange(32_000, 64_000)])
    }

    @Test func `A16: without a plan there are weeks from Monday, and no plan beside them`() throws {
        let found = try grams(nil, [infusion(1, "2026-01-07")], window("2026-01-05", "2026-01-12"))
        #expect(found.periods.map(\.window.from) == [day("2026-01-05")])
        #expect(found.periods.map(\.prescribed) == [.noPlan])
        #expect(found.plot.list == ["Monday 5 January 2026: 32.0 g"])
    }

    @Test func `a window without days has no periods`() throws {
        #expect(try grams(weekly(), [], window("2026-01-05", "2026-01-05")).periods.isEmpty)
    }
}
