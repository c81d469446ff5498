/// Days from one up to another, which is no longer among them.
public struct DayWindow: Hashable, Sendable {
    public let from: CivilDate
    /// The first day after it; never before `from`.
    public let until: CivilDate

    /// A window that would end before it begins has no days.
    public init(from: CivilDate, until: CivilDate) {
        self.from = from
        self.until = max(from, until)
    }

    public var dayCount: Int { until.daysSinceEpoch - from.daysSinceEpoch }
    public var isEmpty: Bool { from == until }
    /// Its last day; nil where it has none.
    public var last: CivilDate? { isEmpty ? nil : until.adding(days: -1) }

    public func contains(_ day: CivilDate) -> Bool { from <= day && day < until }

    /// Whether a day that is known to lie between two days lies in it.
    public func placement(of days: ClosedRange<CivilDate>?) -> Placement {
        guard !isEmpty else { return .outside }
        guard let days else { return .perhaps }
        if contains(days.lowerBound), contains(days.upperBound) { return .inside }
        return days.upperBound < from || days.lowerBound >= until ? .outside : .perhaps
    }

    /// Where something lies, as far as its day is known.
    public enum Placement: Hashable, Sendable { case inside, outside, perhaps }
}

/// Days from one on, with or without an end.
public struct DaySpan: Hashable, Sendable {
    public let from: CivilDate
    /// The first day after it; nil where it goes on.
    public let until: CivilDate?

    public init(from: CivilDate, until: CivilDate?) {
        self.from = from
        self.until = until
    }

    /// All days there are.
    public static let always = DaySpan(from: CivilDate(daysSinceEpoch: .min), until: nil)

    public func contains(_ day: CivilDate) -> Bool { from <= day && !endsBy(day) }

    /// Whether it has ended on that day.
    public func endsBy(_ day: CivilDate) -> Bool { until.map { $0 <= day } ?? false }

    /// Its days inside a window.
    public func inside(_ window: DayWindow) -> DayWindow {
        DayWindow(from: max(from, window.from), until: min(until ?? window.until, window.until))
    }
}

extension CivilDate {
    /// Days from another date to this one; negative where that is the later.
    func days(since other: CivilDate) -> Int { daysSinceEpoch - other.daysSinceEpoch }
}
