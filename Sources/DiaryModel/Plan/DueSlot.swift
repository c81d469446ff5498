public import SyncCore

/// A dose that a plan makes due on a local day, and what became of it.
public struct DueSlot: Hashable, Sendable {
    /// The day in the plan's zone; it stays that day and time of day when the clocks change (T5).
    public let date: CivilDate
    /// Milligrams of the whole dose, all parts together.
    public let doseMilligrams: Int64
    /// Days either way within which a dose is in time.
    public let graceDays: Int
    /// The event that is the version of the plan.
    public let version: Position
    /// Which step of a ramp it is, counted from 0; nil for the rhythm of the interval.
    public let rampStep: Int?
    public let filling: Filling?
    public let status: Status

    /// What closes a slot besides the next one.
    public enum Filling: Hashable, Sendable {
        case course(DoseCourse)
        /// Entries that say it was not done, with their reasons, in order of their days.
        case notDone([NotDoneEntry])
    }

    /// An entry that says a dose was not given.
    public struct NotDoneEntry: Hashable, Sendable {
        public let entry: EntryID
        public let day: CivilDate
        public let reason: NotDoneReason?
    }

    /// Where a slot stands on a day.
    public enum Status: String, Sendable, CaseIterable {
        case upcoming
        /// Within the grace.
        case due
        /// The grace is over.
        case overdue
        /// The next slot opened and nothing had been said.
        case missed
        /// Nothing is held of it, but not all of those days have been received.
        case notReceived = "not_received"
        case given
        case notDone = "not_done"
    }

    public var course: DoseCourse? {
        if case .course(let course) = filling { course } else { nil }
    }

    /// Given, said not to be given, or missed: nothing is expected of it any more.
    public var isClosed: Bool {
        switch status {
        case .given, .notDone, .missed: true
        case .upcoming, .due, .overdue, .notReceived: false
        }
    }

    /// Days from the due day to the dose; negative for an early one, nil where none was given.
    public var daysLate: Int? { course.map { $0.day.days(since: date) } }

    /// Whether a dose was given within the grace.
    public var isInTime: Bool { daysLate.map { $0.magnitude <= UInt(max(0, graceDays)) } ?? false }

    /// Whether at least 95 % of the dose was certainly given, or may have been.
    public var isFull: (certainly: Bool, perhaps: Bool) {
        guard let course else { return (false, false) }
        func isEnough(_ milligrams: Int64) -> Bool {
            let given = milligrams.multipliedFullWidth(by: 100)
            let wanted = doseMilligrams.multipliedFullWidth(by: 95)
            return (given.high, given.low) >= (wanted.high, wanted.low)
        }
        let (low, high) = (course.milligrams.low, course.milligrams.high)
        return (course.isCertain && isEnough(low), isEnough(high))
    }

    /// The instant at which it is due, for a time of day by the clocks at home.
    ///
    /// - Parameter minuteOfDay: minutes after midnight; a plan says none, a reminder does.
    public func instant(minuteOfDay: Int, in zone: some ZoneRules) -> ZonedInstant? {
        WallTime(date: date, minuteOfDay: minuteOfDay).flatMap { zone.resolve($0) }?.standard
    }
}
