import DiaryModel
import Testing

@Suite struct TypedTimeTests {
    @Test(
        arguments: [
            ("09:05", "2026-03-29T09:05"), ("2026-03-28 21:00", "2026-03-28T21:00"),
            ("2026-03-28T21:00", "2026-03-28T21:00"), ("2026-03-28", "2026-03-28"),
            ("2026-03", "2026-03"), ("9:05", nil), ("24:00", nil), ("now", nil), ("", nil),
            ("2026-02-29 10:00", nil),
        ] as [(String, String?)])
    func `a typed time is of the day given unless it names one`(typed: String, wall: String?) throws
    {
        let day = try #require(CivilDate("2026-03-29"))
        #expect(WallTime(typed: typed, on: day)?.description == wall)
    }
}
