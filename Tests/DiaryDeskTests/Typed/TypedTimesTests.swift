import DiaryDesk
import DiaryModel
import Testing

/// Times that are named by their dates mean the same on every day after.
@Suite struct TypedTimesTests {
    private func dated(_ times: TypedTimes, now: Int64? = nil) throws -> TypedTimes {
        let context = try FormContext.noon()
        return times.dated(now: now ?? context.now, zone: context.zone)
    }

    @Test func `now, a time of day and a weekday are named by their dates`() throws {
        #expect(
            try dated(TypedTimes(start: "9:05", end: "now", day: nil))
                == TypedTimes(start: "2026-03-29T09:05", end: "2026-03-29T12:00"))
        #expect(
            try dated(TypedTimes(start: "9:05", day: "friday"))
                == TypedTimes(start: "2026-03-27T09:05", day: "2026-03-27"))
        #expect(try dated(TypedTimes(day: "yesterday")) == TypedTimes(day: "2026-03-28"))
    }

    @Test func `an end that is a time of day follows the start, wherever that comes to be`() throws
    {
        #expect(
            try dated(TypedTimes(start: "23:50", end: "00:40", day: "2026-03-27"))
                == TypedTimes(start: "2026-03-27T23:50", end: "00:40", day: "2026-03-27"))
        #expect(try dated(TypedTimes(end: "10:20")) == TypedTimes(end: "10:20"))
    }

    @Test func `a time that the clocks skipped is named as it was typed`() throws {
        let named = try dated(TypedTimes(start: "01:30"))
        #expect(named == TypedTimes(start: "2026-03-29T01:30"))
        let context = try FormContext.noon()
        let read = try TypedMoment(
            named.start ?? "", day: context.zone.day(atMs: 0), now: context.now, zone: context.zone)
        #expect(read.warning == .wallNonexistent)
    }

    @Test func `two days that are said are held against each other`() throws {
        let friday = try dated(TypedTimes(day: "friday"))
        #expect(friday.contradicts(try dated(TypedTimes(start: "09:05"))))
        #expect(!friday.contradicts(try dated(TypedTimes(start: "friday 09:05"))))
        #expect(!friday.contradicts(TypedTimes()))
    }

    @Test func `what nobody can read, and what was not said, stays as it is`() throws {
        for times in [TypedTimes(start: "soon"), TypedTimes(), TypedTimes(day: "someday")] {
            #expect(try dated(times) == times)
        }
    }

    @Test func `of an hour that the clocks repeat, now stays now`() throws {
        // Sunday 25 October 2026, 01:30 for the second time.
        let second: Int64 = 1_792_891_800_000
        #expect(try dated(TypedTimes(start: "now"), now: second) == TypedTimes(start: "now"))
    }

    @Test func `to name them twice changes nothing`() throws {
        let once = try dated(TypedTimes(start: "9:05", end: "11:20", day: "friday"))
        #expect(try dated(once) == once)
        #expect(try dated(once, now: DeskWorld.noon + 40 * 86_400_000) == once)
    }
}
