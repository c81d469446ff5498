/// The instants at which something may have happened, in milliseconds since 1970, both ends included.
///
/// A count is compared with what went before it and what came after. A bare day may be either, and so
/// may what a clock said that had been reset: then nobody knows, and a balance is a range.
struct MomentSpan: Hashable {
    let earliestMs: Int64
    let latestMs: Int64

    /// At any time at all.
    static let unknown = MomentSpan(earliestMs: .min, latestMs: .max)

    init(earliestMs: Int64, latestMs: Int64) {
        self.earliestMs = earliestMs
        self.latestMs = latestMs
    }

    /// A moment's; a bare day or month is one of the zone's.
    init(_ moment: Moment, zone: some ZoneRules) {
        if moment.clock == .suspect {
            self = .unknown
        } else if let ms = moment.ms {
            let width: Int64 = moment.precision == .hour ? 3_599_999 : 0
            self.init(earliestMs: ms, latestMs: ms.addingSaturating(width))
        } else {
            let first = moment.wall.date
            let last = moment.precision == .month ? first.endOfMonth : first
            let from = Self.midnight(first, zone)
            let through = Self.midnight(last.adding(days: 1), zone).subtractingSaturating(1)
            self.init(earliestMs: from, latestMs: max(from, through))
        }
    }

    private static func midnight(_ day: CivilDate, _ zone: some ZoneRules) -> Int64 {
        guard let wall = WallTime(date: day, minuteOfDay: 0), let found = zone.resolve(wall) else {
            return Int64(day.daysSinceEpoch) * 86_400_000
        }
        return found.standard.ms
    }

    /// The span that holds both.
    func union(_ other: MomentSpan) -> MomentSpan {
        MomentSpan(
            earliestMs: min(earliestMs, other.earliestMs), latestMs: max(latestMs, other.latestMs))
    }

    enum Order { case before, after, unclear }

    /// Whether all of it lies before or after all of another.
    func order(to other: MomentSpan) -> Order {
        if latestMs < other.earliestMs { return .before }
        return earliestMs > other.latestMs ? .after : .unclear
    }
}
