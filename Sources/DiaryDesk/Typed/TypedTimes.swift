public import DiaryModel

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
    /// What cannot be read, or would be read otherwise by its date, stays as it was typed; so does an
    /// end that is a bare time of day, since it follows the start wherever that comes to be.
    public func dated(now: Int64, zone: TZif) -> TypedTimes {
        let today = zone.day(atMs: now)
        var date = today
        if let day {
            guard let named = DayName.date(day, today: today) else { return self }
            date = named
        }
        func name(_ typed: String) -> String {
            func read(_ text: String) -> TypedMoment? {
                try? TypedMoment(text, day: date, now: now, zone: zone)
            }
            guard let meant = read(typed) else { return typed }
            let face = typed.split(separator: " ").last.map { String($0).padded } ?? typed
            // The clock's face as it was typed where the clocks skipped it, and it was moved.
            let names = ["\(meant.moment.wall)", "\(meant.moment.wall.date)T\(face)"]
            return names.first { name in
                guard let again = read(name) else { return false }
                return again.moment.wall == meant.moment.wall && again.warning == meant.warning
                    && again.moment.offset == meant.moment.offset
            } ?? typed
        }
        return TypedTimes(
            start: start.map(name), end: end.map { Self.isBare($0) ? $0 : name($0) },
            day: day.map { _ in "\(date)" })
    }

    /// Whether the two are of different days, so far as both say one.
    public func contradicts(_ other: TypedTimes) -> Bool {
        guard let date, let other = other.date else { return false }
        return date != other
    }

    /// The day that dated times are of.
    private var date: CivilDate? {
        (start.flatMap { CivilDate(String($0.prefix(10))) }) ?? day.flatMap { CivilDate($0) }
    }

    /// `11:20`, without a date or a day.
    public static func isBare(_ typed: String) -> Bool {
        let text = typed.trimmed
        return text.first?.isNumber == true && !text.contains("-") && !text.contains(" ")
    }
}
