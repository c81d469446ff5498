import DiaryModel
import SyncCore
import Testing

@Suite struct StockReachTests {
    private func reach(_ story: StockStory, _ plan: PlanFacts = InfusionStory.plan) throws
        -> StockReach
    {
        try #require(StockReach(try story.book, plan: plan, on: scanDay))
    }

    private func pair(_ infusions: StockReach.Infusions) -> [Int64] {
        [infusions.numerator, infusions.denominator]
    }

    private func story(_ count: Int64, used: [String] = []) throws -> StockStory {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(count, "A1")))
        for time in used { try story.begin(time, "infusion", infusion(time, vials(8, "A1"))) }
        return story
    }

    @Test func `A14: four of twenty vials are half an infusion, order now`() throws {
        let left = try reach(try story(20, used: ["2026-03-08T09:05", "2026-03-15T09:05"]))
        #expect(left.vials == VialRange(4))
        #expect(pair(left.atLeast) == [16_000, 32_000])
        #expect(left.isOrderDue())
        #expect(left.words == "4 vials left: enough for 0.5 infusions. Order now.")
    }

    @Test(
        arguments: [
            (8, "8 vials left: enough for 1.0 infusion."),
            (7, "7 vials left: enough for 0.8 infusions. Order now."),
            (20, "20 vials left: enough for 2.5 infusions."),
            (1, "1 vial left: enough for 0.1 infusions. Order now."),
        ] as [(Int64, String)])
    func `what is not quite enough is not shown as enough`(count: Int64, words: String) throws {
        #expect(try reach(try story(count)).words == words)
    }

    @Test func `a dose in parts is several infusions`() throws {
        var plan = InfusionStory.plan
        plan.parts = 3
        let left = try reach(try story(4), plan)
        #expect(pair(left.atLeast) == [48_000, 32_000])
        #expect(left.words == "4 vials left: enough for 1.5 infusions.")
    }

    @Test func `sizes add up by what is in them`() throws {
        var story = try story(4)
        try story.begin(
            "small", movement("receipt", "2026-03-01T10:00", vials(8, "B1", milligrams: 2000)))
        #expect(pair(try reach(story).atLeast) == [32_000, 32_000])
        #expect(try reach(story).vials == VialRange(12))
    }

    @Test func `what is not to be picked is not reckoned with`() throws {
        var story = try story(4)
        var apart = movement("loss", "2026-03-09T09:00", vials(1, "B1"))
        apart["loss"] = "quarantined"
        try story.begin("second", movement("receipt", "2026-03-01T10:00", vials(8, "B1")))
        try story.begin("apart", apart)
        try story.begin(
            "old", movement("receipt", "2026-03-01T10:00", vials(8, "C1", expiry: "2026-03-28")))
        try story.begin("other", movement("receipt", "2026-03-01T10:00", vials(8, "D1", "cuvitru")))
        #expect(try reach(story).vials == VialRange(4))
    }

    @Test func `vials used without a lot were taken from some lot`() throws {
        var story = try story(20)
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, nil)))
        #expect(try reach(story).vials == VialRange(12))
    }

    @Test func `a lot that never came was perhaps a lot at home, mistyped`() throws {
        var story = try story(20)
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A7")))
        #expect(try reach(story).vials == VialRange(12, 20))
        #expect(try reach(story).words == "12 to 20 vials left: enough for 1.5 to 2.5 infusions.")
    }

    @Test func `below zero nothing is left, and no less`() throws {
        let left = try reach(try story(4, used: ["2026-03-08T09:05"]))
        #expect(pair(left.atMost) == [0, 32_000])
        #expect(left.words == "0 vials left: enough for 0.0 infusions. Order now.")
    }

    @Test func `without a dose nothing is said`() throws {
        let book = try story(4).book
        #expect(StockReach(book, plan: PlanFacts(), on: scanDay) == nil)
        var plan = InfusionStory.plan
        plan.doseMilligrams = 0
        #expect(StockReach(book, plan: plan, on: scanDay) == nil)
    }

    @Test func `numbers beyond all measure stay numbers`() throws {
        var plan = InfusionStory.plan
        plan.doseMilligrams = 1
        plan.parts = .max
        #expect(try reach(try story(99), plan).words.hasPrefix("99 vials left: enough for 9223"))
    }
}
