import DiaryModel
import SyncCore
import Testing

@Suite struct CountTests {
    private func story(count: Int64, at time: String = "2026-03-10T18:00") throws -> StockStory {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "A1")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.begin("count", movement("count", time, vials(count, "A1")))
        return story
    }

    @Test func `a count that agrees is no news`() throws {
        let book = try story(count: 12).book
        #expect(book.balances == ["A1: 12"])
        #expect(book.differences == [])
    }

    @Test func `a count that differs is the new baseline, and the difference is shown`() throws {
        let book = try story(count: 9).book
        #expect(book.balances == ["A1: 9"])
        let difference = try #require(book.differences.first)
        #expect(difference.known == VialRange(12))
        #expect(difference.counted == VialRange(9))
        #expect(difference.difference == VialRange(-3))
        #expect(
            difference.words
                == "Counted: 9 vials. Before that: 12 vials known of. From now on the count holds.")
        #expect(book.findings.map(\.code) == [.countDiffers])
    }

    @Test func `what comes after a count is taken from it`() throws {
        var story = try story(count: 9)
        try story.begin("next", "infusion", infusion("2026-03-15T09:00", vials(8, "A1")))
        #expect(try story.book.balances == ["A1: 1"])
    }

    @Test
    func `what is written late and lies before the count changes what was known, not the number`()
        throws
    {
        var story = try story(count: 4)
        #expect(try story.book.differences.map(\.known) == [VialRange(12)])
        try story.begin("late", "infusion", infusion("2026-03-09T09:00", vials(8, "A1")))
        #expect(try story.book.balances == ["A1: 4"])
        #expect(try story.book.differences == [])
    }

    @Test func `the first word of a lot differs from nothing`() throws {
        var story = StockStory()
        try story.begin("count", movement("count", "2026-03-01T10:00", vials(4, "A1")))
        #expect(try story.book.balances == ["A1: 4"])
        #expect(try story.book.differences == [])
    }

    @Test func `a count says nothing of the lots that it does not name`() throws {
        var story = try story(count: 12)
        try story.begin("other", movement("receipt", "2026-03-01T10:00", vials(6, "B1")))
        #expect(try story.book.balances == ["A1: 12", "B1: 6"])
    }

    @Test func `on the day of a count without a time a dose is before it or after`() throws {
        let book = try story(count: 12, at: "2026-03-08").book
        #expect(book.balances == ["A1: 4-12"])
        // Known before it were 20, or 12 with the dose: no difference that is certain.
        #expect(book.differences == [])
    }

    @Test func `a clock that had been reset places nothing`() throws {
        var story = try story(count: 12)
        var dose = infusion("2026-03-08T09:05", vials(8, "A1"))
        let start = moment("1970-01-01T00:10", .london, clock: .suspect)
        dose["time"] = TimeValue(start: start).json
        try story.begin("reset", "infusion", dose)
        #expect(try story.book.balances == ["A1: 4-12"])
    }

    @Test func `a count that was voided is none, and one in question may be`() throws {
        var story = try story(count: 9)
        try story.amend("void", of: "count", seeing: ["count"], ["status": "voided"])
        #expect(try story.book.balances == ["A1: 12"])
        try story.amend(
            "again", of: "count", by: .tablet, seeing: ["count"], ["vials.1": vials(8, "A1")])
        #expect(try story.book.balances == ["A1: 8-12"])
    }

    @Test func `of two counts the later one holds`() throws {
        var story = try story(count: 9)
        try story.begin("recount", movement("count", "2026-03-11T18:00", vials(11, "A1")))
        #expect(try story.book.balances == ["A1: 11"])
        #expect(try story.book.differences.map(\.difference) == [VialRange(-3), VialRange(2)])
    }

    @Test func `of two counts on one bare day either may`() throws {
        var story = try story(count: 9, at: "2026-03-10")
        try story.begin("recount", movement("count", "2026-03-10", vials(11, "A1")))
        #expect(try story.book.balances == ["A1: 9-11"])
    }
}
