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
        // What nobody can read, or is of two days, was refused when it was typed.
        if let typed = times.day, DayName.date(typed, today: day) == nil { times.day = nil }
        times = times.dated(now: begun, zone: desk.zone)
        func read(_ typed: String) -> Moment? {
            try? TypedMoment(typed, day: day, now: begun, zone: desk.zone).moment
        }
        times.end = times.end.flatMap { read($0) == nil ? nil : $0 }
        times.start = times.start.flatMap { typed in
            guard let moment = read(typed) else { return nil }
            return times.day == nil || times.day == "\(moment.wall.date)" ? typed : nil
        }
        self.times = times
    }

    /// The question whether to go on.
    var offer: String {
        "You had begun one\(earlier.map { " on \($0.longWords)" } ?? ""). Go on with it?"
    }

    /// Says what a form leaves open.
    ///
    /// - Returns: the day on which it was begun, if that is not today and nothing says another.
    func settle(_ start: inout String?, _ end: inout String?, _ day: inout String?) -> CivilDate? {
        start = start ?? times.start
        end = end ?? times.end
        day = day ?? times.day
        return start == nil && day == nil ? earlier : nil
    }
}
