/// What a clinic asks for again and again, and after how many days (domain 1).
///
/// The days are where a clinic starts from; it may set its own.
public enum ReviewCycle: String, Sendable, CaseIterable {
    /// The infusion logs.
    case logs
    /// Blood samples.
    case bloods
    /// The review at the clinic.
    case review
    case retraining

    /// The days that hold where the clinic sets none.
    public var standardDays: Int {
        switch self {
        case .logs, .bloods: 90
        case .review: 365
        case .retraining: 730
        }
    }

    /// When it is asked for next.
    ///
    /// - Parameters:
    ///   - last: the day it was last done; without it nothing is known, and nothing is overdue.
    ///   - days: the clinic's own cycle.
    public func next(after last: CivilDate?, today: CivilDate, days: Int? = nil) -> Due {
        guard let last else { return .neverKnown }
        let due = last.adding(days: max(1, days ?? standardDays))
        let left = due.daysSinceEpoch - today.daysSinceEpoch
        if left > 0 { return .later(due) }
        return left == 0 ? .today : .overdue(since: due, days: -left)
    }

    /// How a reminder stands.
    public enum Due: Hashable, Sendable {
        case later(CivilDate)
        case today
        /// Days since it was due.
        case overdue(since: CivilDate, days: Int)
        /// Nobody knows when it was last done.
        case neverKnown
    }
}
