import DiaryDesk
import DiaryModel

/// The times of a draft, read as on the day on which it was begun.
struct DraftTimes {
    static let names: Set<String> = ["start", "end", "day"]

    let times: TypedTimes
    /// The day on which it was begun, if not today.
    private let earlier: CivilDate?

    init(of draft: Draft, _ kind: String, at desk: Desk) throws {
        let begun = try desk.draftBegun(kind) ?? desk.clock.now
        let day = desk.zone.day(atMs: begun)
        earlier = day == desk.today ? nil : day
        var times = TypedTimes(
            start: draft["start"], end: draft["end"], day: draft["day"])
        // A day that nobody can read was refused when it was typed.
        if let typed = times.day, DayName.date(typed, today: day) == nil { times.day = nil }
        self.times = times.dated(now: begun, zone: desk.zone)
    }

    /// The question whether to go on.
    var offer: String {
        "You had begun one\(earlier.map { " on \($0.longWords)" } ?? ""). Go on with it?"
    }

    /// Says what a form leaves open; one that names no time is of the day on which it was begun.
    func settle(_ start: inout String?, _ end: inout String?, _ day: inout String?) {
        start = start ?? times.start
        end = end ?? times.end
        day = day ?? times.day
        if start == nil { day = day ?? earlier.map { "\($0)" } }
    }
}
