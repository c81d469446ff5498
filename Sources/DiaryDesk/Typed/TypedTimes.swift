public import DiaryModel
import SyncCore

/// The times of a form as they are typed.
public struct TypedTimes: Sendable, Equatable {
    public var start: String?
    public var end: String?
    public var day: String?

    public init(start: String? = nil, end: String? = nil, day: String? = nil) {
        self.start = start
        self.end = end
        self.day = day
    }

    /// The same times by their dates, so that `now`, `sunday` and `09:05` mean the same on whatever day
    /// the form is gone on with.
    ///
    /// What cannot be read, or would be read otherwise by its date, stays as it was typed.
    public func dated(now: Int64, zone: TZif, catalogue: Catalogue) -> TypedTimes {
        let today = zone.day(atMs: now)
        var reader = FormReader(now: now, zone: zone, catalogue: catalogue)
        reader.readTime(start: start, end: end, day: day)
        guard reader.refused.isEmpty, let time = reader.set["time"].flatMap({ TimeValue(json: $0) })
        else { return self }
        func date(_ typed: String?, _ moment: Moment?) -> String? {
            guard typed != nil, let moment else { return typed }
            let text = "\(moment.wall)"
            let again = try? TypedMoment(text, day: today, now: now, zone: zone).moment
            return again?.wall == moment.wall && again?.offset == moment.offset ? text : typed
        }
        return TypedTimes(
            start: date(start, time.start), end: date(end, time.end?.value),
            day: day.map { typed in DayName.date(typed, today: today).map { "\($0)" } ?? typed })
    }
}
