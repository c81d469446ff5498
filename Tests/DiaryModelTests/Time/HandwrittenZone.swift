import DiaryModel

/// The rules of a zone in 2026, written by hand: a first offset and the changes after it.
struct HandwrittenZone: ZoneRules {
    let name: String
    let firstOffset: Int
    let changes: [(atMs: Int64, offset: Int)]

    func offsetMinutes(atMs ms: Int64) -> Int {
        changes.last { $0.atMs <= ms }?.offset ?? firstOffset
    }

    func transitions(fromMs: Int64, throughMs: Int64) -> [ZoneTransition] {
        changes.filter { $0.atMs >= fromMs && $0.atMs <= throughMs }.map { change in
            ZoneTransition(
                atMs: change.atMs, offsetBefore: offsetMinutes(atMs: change.atMs - 1),
                offsetAfter: change.offset)
        }
    }

    static let london = HandwrittenZone(
        name: "Europe/London", firstOffset: 0,
        changes: [(utc("2026-03-29T01:00"), 60), (utc("2026-10-25T01:00"), 0)])
    static let auckland = HandwrittenZone(
        name: "Pacific/Auckland", firstOffset: 780,
        changes: [(utc("2026-04-04T14:00"), 720), (utc("2026-09-26T14:00"), 780)])
    static let newYork = HandwrittenZone(
        name: "America/New_York", firstOffset: -300,
        changes: [(utc("2026-03-08T07:00"), -240), (utc("2026-11-01T06:00"), -300)])
    static let lordHowe = HandwrittenZone(
        name: "Australia/Lord_Howe", firstOffset: 660,
        changes: [(utc("2026-04-04T15:00"), 630), (utc("2026-10-03T15:30"), 660)])
    static let kathmandu = HandwrittenZone(name: "Asia/Kathmandu", firstOffset: 345, changes: [])
    static let universal = HandwrittenZone(name: "UTC", firstOffset: 0, changes: [])
}

/// The instant of a UTC text to the minute, in milliseconds; 0 for a text that is none.
func utc(_ text: String) -> Int64 {
    guard let wall = WallTime(text) else { return 0 }
    return (Int64(wall.date.daysSinceEpoch) * 1440 + Int64(wall.minuteOfDay)) * 60_000
}

/// A moment as a clock in that zone shows it.
func moment(_ text: String, _ zone: HandwrittenZone, clock: ClockState = .ok) -> Moment {
    Moment(ms: utc(text), in: zone, clock: clock)
}
