import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// An infusion that was written down while the device's clock was a week ahead.
@Suite struct WrongClockTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private static let week = ClockSkew(
        deviceNowMs: 7 * 86_400_000, receiptMs: 0, roundTripMs: 0)

    private func doubts() throws -> [ClockDoubt] {
        try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).clockDoubts()
        }
    }

    private func start(of entry: EntryID) throws -> Moment {
        try #require(try world.view(entry)["time"].flatMap { TimeValue(json: $0) }).start
    }

    @Test func `C13: the entry is kept, and the other time is offered beside the claimed one`()
        throws
    {
        let entry = try world.infusion(start: "08:05")
        try world.desk().doubtTimes(of: [entry], Self.week)
        let doubt = try #require(try doubts().first)
        #expect(doubt.entry == entry)
        #expect(doubt.skew.label == "device clock wrong by 7 d 0 h")
        #expect(doubt.claimed.start.wall.description == "2026-03-29T08:05")
        // A week earlier the clocks had not gone forward yet: the instant counts.
        #expect(doubt.offered.start.wall.description == "2026-03-22T07:05")
        #expect(try start(of: entry) == doubt.claimed.start)
    }

    @Test func `C13: accepted it is an amendment that says it was corrected`() throws {
        let entry = try world.infusion(start: "08:05")
        let desk = world.desk()
        try desk.doubtTimes(of: [entry], Self.week)
        try desk.takeOfferedTime(of: entry, seen: .exactly(try world.view(entry).context))
        let start = try start(of: entry)
        #expect(start.clock == .corrected)
        #expect(start.wall.description == "2026-03-22T07:05")
        #expect(try doubts().isEmpty)
    }

    @Test func `kept as it was, nothing is written and nobody is asked again`() throws {
        let entry = try world.infusion(start: "08:05")
        let desk = world.desk()
        try desk.doubtTimes(of: [entry], Self.week)
        let before = try world.view(entry).context
        try desk.keepClaimedTime(of: entry)
        #expect(try world.view(entry).context == before)
        #expect(try doubts().isEmpty)
    }

    @Test func `a clock that is some hours off asks about no entry`() throws {
        let entry = try world.infusion()
        let hours = ClockSkew(deviceNowMs: 5 * 3_600_000, receiptMs: 0, roundTripMs: 0)
        try world.desk().doubtTimes(of: [entry], hours)
        #expect(try doubts().isEmpty)
    }
}
