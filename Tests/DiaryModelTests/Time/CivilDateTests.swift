import DiaryModel
import Testing

@Suite struct CivilDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-03-29", 20_541),
        ("2028-02-29", 21_243), ("1900-03-01", -25_508),
    ]) func `days are counted from 1970`(text: String, days: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.daysSinceEpoch == days)
        #expect(CivilDate(daysSinceEpoch: days) == date)
    }

    @Test(arguments: [
        "2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-01",
        "2026-01-01 ", "20260101", "", "2026-01-0１", "1900-02-29",
    ]) func `a day that the calendar lacks is no date`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `T15: twenty-one days after a leap day`() {
        #expect(CivilDate("2028-02-29")?.adding(days: 21).description == "2028-03-21")
    }

    @Test(arguments: [
        ("2026-03-29", Weekday.sunday), ("2026-11-24", .tuesday), ("1969-12-31", .wednesday),
    ]) func `a date has its weekday`(text: String, weekday: Weekday) {
        #expect(CivilDate(text)?.weekday == weekday)
    }

    @Test(arguments: [Int.min, Int.max, -1_000_000_000, 1_000_000_000])
    func `days beyond all calendars give the nearest date`(days: Int) {
        let date = CivilDate(daysSinceEpoch: days)
        #expect(date.description == (days < 0 ? "0000-01-01" : "9999-12-31"))
        #expect(date.adding(days: days) == date)
    }

    @Test(arguments: [
        "1899-12-31T10:00", "2201-01-01", "2026-03-29T24:00", "2026-03-29T09:60",
        "2026-03-29T9:05", "2026-03-29 09:05", "2026-03-29T09:05Z", "2026", "2026-3",
    ]) func `the wall parser takes nothing but its four forms and years`(text: String) {
        #expect(WallTime(text) == nil)
    }

    @Test(arguments: [
        ("2026-03-29T09:05", MomentPrecision.minute), ("2026-03-29T09", .hour),
        ("2026-03-29", .day), ("2026-03", .month),
    ]) func `a wall time keeps its precision`(text: String, precision: MomentPrecision) {
        let wall = WallTime(text)
        #expect(wall?.precision == precision)
        #expect(wall?.description == text)
    }
}
