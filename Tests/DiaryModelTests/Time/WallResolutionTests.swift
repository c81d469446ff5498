import DiaryModel
import Testing

@Suite struct WallResolutionTests {
    @Test func `T1: in the gap the earlier offset stays, and both readings are offered`() throws {
        let wall = try #require(WallTime("2026-03-29T01:30"))
        let resolution = try #require(HandwrittenZone.london.resolve(wall))
        guard case .nonexistent(let earlier, let later) = resolution else {
            Issue.record("not seen as a gap")
            return
        }
        #expect(earlier.wall.clockFace == "00:30")
        #expect(later.wall.clockFace == "02:30")
        #expect(resolution.standard.ms == utc("2026-03-29T01:30"))
        #expect(resolution.standard.offsetMinutes == 60)
        #expect(resolution.warning == .wallNonexistent)
    }

    @Test func `T2: in the overlap there are two instants and the first is the default`() throws {
        let wall = try #require(WallTime("2026-10-25T01:30"))
        let resolution = try #require(HandwrittenZone.london.resolve(wall))
        guard case .ambiguous(let first, let second) = resolution else {
            Issue.record("not seen as an overlap")
            return
        }
        #expect(first.ms == utc("2026-10-25T00:30") && first.offsetMinutes == 60)
        #expect(second.ms == utc("2026-10-25T01:30") && second.offsetMinutes == 0)
        #expect(resolution.standard == first)
        #expect(resolution.warning == .wallAmbiguous)
    }

    @Test func `T5: a weekly ten o'clock stays ten o'clock local across the change`() throws {
        let before = try #require(WallTime("2026-03-22T10:00"))
        let after = try #require(WallTime("2026-03-29T10:00"))
        let first = try #require(HandwrittenZone.london.resolve(before)).standard.ms
        let second = try #require(HandwrittenZone.london.resolve(after)).standard.ms
        #expect(first == utc("2026-03-22T10:00"))
        #expect(second == utc("2026-03-29T09:00"))
        #expect(second - first == (6 * 24 + 23) * 3_600_000)
    }

    @Test(
        arguments: [
            ("2026-03-08T02:30", .newYork, .wallNonexistent),
            ("2026-11-01T01:30", .newYork, .wallAmbiguous),
            ("2026-04-05T01:45", .lordHowe, .wallAmbiguous),
            ("2026-10-04T02:15", .lordHowe, .wallNonexistent),
            ("2026-04-05T02:30", .auckland, .wallAmbiguous),
            ("2026-09-27T02:30", .auckland, .wallNonexistent),
        ] as [(String, HandwrittenZone, WarningCode)])
    func `T8: gaps and overlaps are found in zones that shift by other lengths`(
        text: String, zone: HandwrittenZone, warning: WarningCode
    ) throws {
        let wall = try #require(WallTime(text))
        #expect(zone.resolve(wall)?.warning == warning)
    }

    @Test func `T8: a shift of half an hour resolves to half an hour`() throws {
        let wall = try #require(WallTime("2026-10-04T02:15"))
        let standard = try #require(HandwrittenZone.lordHowe.resolve(wall)).standard
        #expect(standard.wall.clockFace == "02:45")
        #expect(standard.offsetMinutes == 660)
    }

    @Test func `T8: an offset need not be whole hours`() throws {
        let wall = try #require(WallTime("2026-06-07T09:00"))
        #expect(HandwrittenZone.kathmandu.resolve(wall)?.standard.ms == utc("2026-06-07T03:15"))
    }

    @Test func `a bare day has no instant`() throws {
        let day = try #require(WallTime("2026-06-07"))
        #expect(HandwrittenZone.london.resolve(day) == nil)
    }
}
