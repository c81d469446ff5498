import DiaryModel
import Testing

@Suite struct WhenWordsTests {
    @Test(arguments: [
        ("2026-03-29T09:05", "Sunday 29 March 09:05", "Sun 29 Mar 09:05"),
        ("2026-11-15T08:00", "Sunday 15 November 08:00", "Sun 15 Nov 08:00"),
        ("2026-03-29T09", "Sunday 29 March about 09:00", "Sun 29 Mar about 09:00"),
        ("2026-03-01", "Sunday 1 March", "Sun 1 Mar"), ("2026-03", "March 2026", "Mar 2026"),
    ]) func `a time is said with its weekday, as exactly as it is known`(
        text: String, long: String, short: String
    ) throws {
        let words = WhenWords(try #require(WallTime(text)))
        #expect(words.long == long)
        #expect(words.short == short)
    }

    @Test func `not done says why`() {
        #expect(
            Outcome(.notDone, reason: .feverOrInfection).words == "not done: fever or infection")
    }
}
