import DiaryModel
import Testing

@Suite struct CivilDateMonthsTests {
    @Test(
        arguments: [
            ("2026-03-31", -1, "2026-02-28"), ("2028-03-31", -1, "2028-02-29"),
            ("2026-03-31", -3, "2025-12-31"), ("2026-12-31", 2, "2027-02-28"),
            ("2026-01-15", 0, "2026-01-15"), ("2026-01-15", 12, "2027-01-15"),
        ])
    func `months later is the same day, or the month's last`(
        from: String, months: Int, to: String
    ) {
        #expect(day(from).adding(months: months) == day(to))
    }

    @Test(arguments: [Int.min, -100_000, 100_000, Int.max])
    func `beyond all years it is the first or the last day there is`(months: Int) {
        let end = CivilDate(daysSinceEpoch: months < 0 ? .min : .max)
        #expect(day("2026-03-29").adding(months: months) == end)
    }
}
