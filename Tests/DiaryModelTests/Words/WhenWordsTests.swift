import DiaryModel
import Testing

@Suite struct WhenWordsTests {
    /// Noon of 29 March 2026 in London.
    private let reader = HereAndNow(HandwrittenZone.london, atMs: utc("2026-03-29T11:00"))

    @Test(arguments: [
        ("2026-03-29T09:05", "Sunday 29 March 09:05", "Sun 29 Mar 09:05"),
        ("2026-11-15T08:00", "Sunday 15 November 08:00", "Sun 15 Nov 08:00"),
        ("2026-03-29T09", "Sunday 29 March about 09:00", "Sun 29 Mar about 09:00"),
        ("2026-03-01", "Sunday 1 March", "Sun 1 Mar"), ("2026-03", "March 2026", "Mar 2026"),
    ]) func `a time is said with its weekday, as exactly as it is known`(
        text: String, long: String, short: String
    ) throws {
        let words = WhenWords(try #require(WallTime(text)), for: reader)
        #expect(words.long == long)
        #expect(words.short == short)
    }

    @Test(arguments: [
        ("2025-03-26T09:00", "Wednesday 26 March 2025 09:00", "Wed 26 Mar 2025 09:00"),
        ("2027-01-01T00:00", "Friday 1 January 2027 00:00", "Fri 1 Jan 2027 00:00"),
        ("1926-03-29", "Monday 29 March 1926", "Mon 29 Mar 1926"),
        ("2025-03", "March 2025", "Mar 2025"),
    ]) func `the year is said where it is not the reader's`(
        text: String, long: String, short: String
    ) throws {
        let words = WhenWords(try #require(WallTime(text)), for: reader)
        #expect(words.long == long)
        #expect(words.short == short)
    }

    @Test func `the year is the one that the reader's own clock shows`() throws {
        let newYear = HereAndNow(HandwrittenZone.auckland, atMs: utc("2025-12-31T12:00"))
        let words = WhenWords(try #require(WallTime("2025-12-31T23:00")), for: newYear)
        #expect(words.short == "Wed 31 Dec 2025 23:00")
    }

    @Test func `a moment of another zone names it, in a line of its own and in a list`() {
        let start = moment("2026-11-14T19:00", .auckland)
        #expect(WhenWords(start, for: reader).long == "Sunday 15 November 08:00 in Auckland")
        #expect(WhenWords(start, for: reader).short == "Sun 15 Nov 08:00 in Auckland")
        let end = moment("2026-11-14T20:00", .auckland)
        #expect(
            WhenWords.span(start, end, for: reader)
                == "Sunday 15 November 08:00-09:00 in Auckland")
        let flown = moment("2026-11-14T20:00", .london)
        #expect(
            WhenWords.span(start, flown, for: reader)
                == "Sunday 15 November 08:00 in Auckland to Saturday 14 November 20:00")
    }

    @Test func `not done says why`() {
        #expect(
            Outcome(.notDone, reason: .feverOrInfection).words == "not done: fever or infection")
    }
}
