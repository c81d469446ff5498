import DiaryModel
import SyncCore
import Testing

@Suite struct TimeValueTests {
    private let london = HandwrittenZone.london

    @Test func `T3: an infusion across the overlap lasts as long as its instants say`() {
        let time = TimeValue(
            start: moment("2026-10-24T23:30", london), end: moment("2026-10-25T02:00", london))
        #expect(time.start.wall.description == "2026-10-25T00:30")
        #expect(time.end?.value?.wall.description == "2026-10-25T02:00")
        #expect(time.length == .instants(150 * 60_000))
    }

    @Test func `T4: an infusion across the gap lasts as long as its instants say`() {
        let time = TimeValue(
            start: moment("2026-03-29T00:30", london), end: moment("2026-03-29T02:00", london))
        #expect(time.end?.value?.wall.clockFace == "03:00")
        #expect(time.length == .instants(90 * 60_000))
    }

    @Test func `T6: a dose in Auckland falls on the day it is at home`() {
        let start = moment("2026-11-14T19:00", .auckland)
        #expect(start.offset == 780)
        #expect(start.wall.description == "2026-11-15T08:00")
        #expect(start.day(in: london) == CivilDate("2026-11-14"))
        #expect(
            WhenWords(start, for: HereAndNow(london, atMs: utc("2026-11-15T12:00"))).short
                == "Sun 15 Nov 08:00 in Auckland")
    }

    @Test func `T7: an evening in New York is the next day at home`() {
        let start = moment("2026-06-08T01:00", .newYork)
        #expect(start.wall.description == "2026-06-07T21:00")
        #expect(start.day(in: london) == CivilDate("2026-06-08"))
        #expect(london.wall(atMs: utc("2026-06-08T01:00")).clockFace == "02:00")
    }

    @Test func `T9: a late entry says by how much`() throws {
        let start = moment("2026-03-01T18:00", .universal)
        let late = try #require(Lateness(start: start, writtenMs: utc("2026-03-03T09:00")))
        #expect(late.label == "entered 1 day 15 h later")
        #expect(late.warning == nil)
    }

    @Test(
        arguments: [
            ("2026-03-02T18:00", nil, nil), ("2026-03-08T18:00", "entered 7 days later", nil),
            ("2026-03-08T18:01", "entered 7 days later", WarningCode.enteredLate),
            ("2026-03-01T17:50", nil, nil), ("2026-03-01T17:49", nil, .startInFuture),
        ] as [(String, String?, WarningCode?)])
    func `T9: lateness has its labels at a day, seven days and ten minutes ahead`(
        written: String, label: String?, warning: WarningCode?
    ) throws {
        let late = try #require(
            Lateness(start: moment("2026-03-01T18:00", .universal), writtenMs: utc(written)))
        #expect(late.label == label)
        #expect(late.warning == warning)
    }

    @Test func `T10: a bare day has no instant, no midnight and no length`() throws {
        let start = try #require(
            WallTime("2026-03-01").flatMap { Moment(bare: $0, zone: "Europe/London") })
        #expect(start.ms == nil && start.offset == nil)
        #expect(start.json["wall"] == "2026-03-01")
        #expect(TimeValue(start: start, end: start).length == .unknown)
        #expect(start.day(in: london) == CivilDate("2026-03-01"))
    }

    @Test func `T10: a bare day sorts after the timed entries of that day`() throws {
        let bare = try #require(
            WallTime("2026-06-07").flatMap { Moment(bare: $0, zone: "America/New_York") })
        let evening = moment("2026-06-08T03:30", .newYork)
        let next = moment("2026-06-08T04:00", .newYork)
        let id = try #require(entry(1))
        let orders = [next, bare, evening].map { start in
            TimeOrder(start: start, writtenMs: 0, entry: id, zone: HandwrittenZone.newYork)
        }.sorted()
        #expect(orders.map(\.startMs) == [evening.ms, utc("2026-06-08T04:00") - 1, next.ms])
    }

    @Test func `of two at one instant the earlier written and then the smaller id comes first`()
        throws
    {
        let (one, two) = (try #require(entry(1)), try #require(entry(2)))
        let start = moment("2026-06-07T09:00", .universal)
        let orders = [
            TimeOrder(start: start, writtenMs: 2, entry: one),
            TimeOrder(start: start, writtenMs: 1, entry: two),
            TimeOrder(start: start, writtenMs: 1, entry: one),
        ].sorted()
        #expect(orders.map(\.writtenMs) == [1, 1, 2])
        #expect(orders.map(\.entry) == [one, two, one])
    }

    @Test(
        arguments: [
            (120_000, ClockSkew.Consequence.nothing), (120_001, .note), (-900_000, .note),
            (900_001, .banner), (86_400_000, .banner), (86_400_001, .askEachEntry),
        ] as [(Int64, ClockSkew.Consequence)])
    func `T11: a skew has its consequence`(skew: Int64, consequence: ClockSkew.Consequence) {
        let found = ClockSkew(
            deviceNowMs: 1_000_000 + skew + 50, receiptMs: 1_000_000, roundTripMs: 100)
        #expect(found.ms == skew)
        #expect(found.consequence == consequence)
    }

    @Test func `T11: the corrected instant is the claimed one less the skew`() {
        let skew = ClockSkew(
            deviceNowMs: utc("2026-03-08T09:00"), receiptMs: utc("2026-03-01T09:00"), roundTripMs: 0
        )
        #expect(skew.corrected(claimedMs: utc("2026-03-08T08:00")) == utc("2026-03-01T08:00"))
        #expect(skew.label == "device clock wrong by 7 d 0 h")
    }

    @Test func `T12: a reading before the program was built is suspect`() {
        #expect(ClockState(readingMs: 0, builtMs: utc("2026-01-01T00:00")) == .suspect)
        #expect(
            ClockState(readingMs: utc("2026-01-02T00:00"), builtMs: utc("2026-01-01T00:00")) == .ok)
    }

    @Test func `T13: a clock that jumps back leaves the length to the timer`() {
        let time = TimeValue(
            start: moment("2026-03-01T10:00", .universal),
            end: moment("2026-03-01T09:02", .universal),
            timerMs: 3_720_000)
        #expect(time.length == .timer(3_720_000))
    }

    @Test func `an end before the start without a timer has no length`() {
        let time = TimeValue(
            start: moment("2026-03-01T10:00", .universal),
            end: moment("2026-03-01T09:02", .universal))
        #expect(time.length == .unknown)
    }

    @Test func `T14: start and end keep each their zone`() {
        let time = TimeValue(
            start: moment("2026-06-07T09:00", london), end: moment("2026-06-07T10:00", .newYork))
        #expect(time.json["start"]?["zone"] == "Europe/London")
        #expect(time.json["end"]?["zone"] == "America/New_York")
        #expect(TimeValue(json: time.json) == time)
    }

    @Test(arguments: [
        ("2026-03-29T07:05", false), ("2026-03-29T08:05", true), ("2026-04-01T08:05", true),
        ("2026-04-01T08:06", false),
    ])
    func `two walls that were typed in one zone are checked hard`(end: String, isAccepted: Bool) {
        let time = TimeValue(start: moment("2026-03-29T08:05", .london), end: moment(end, .london))
        #expect((time.flawOfTypedWalls == nil) == isAccepted)
    }

    @Test func `across zones and a change of the clocks nothing about time is hard`() {
        let changed = TimeValue(
            start: moment("2026-10-25T01:10", .london), end: moment("2026-10-25T00:50", .london))
        #expect(changed.flawOfTypedWalls == nil)
        let travelled = TimeValue(
            start: moment("2026-06-07T09:00", .newYork), end: moment("2026-06-07T10:00", .london))
        #expect(travelled.flawOfTypedWalls == nil)
    }

    @Test func `the example of the domain page is read and written back the same`() throws {
        let text =
            #"{"end":{"clock":"ok","ms":1774779600000,"offset":60,"precision":"minute","wall":"2026-03-29T11:20","zone":"Europe/London"},"start":{"clock":"ok","ms":1774775100000,"offset":60,"precision":"minute","wall":"2026-03-29T10:05","zone":"Europe/London"},"timerMs":4500000}"#
        let json = try JSONValue(canonical: Array(text.utf8))
        let time = try #require(TimeValue(json: json))
        #expect(time.json.canonicalText == text)
        #expect(time.length == .instants(4_500_000))
    }
}

/// An entry id that is easy to order: all zeros but the last octet.
func entry(_ number: UInt8) -> EntryID? {
    EntryID(octets: [UInt8](repeating: 0, count: 31) + [number])
}
