/// Grams of one period after another, each against what was prescribed for it.
///
/// The problem: the sum of three months does not show in which weeks a dose was missing, and single weeks
/// of a dose that is due every third week show two empty ones and one threefold. So a period is as many
/// whole weeks as an interval of the plan takes, and begins half an interval before a dose is due: what
/// is given a day early or late lies in its own period all the same.
public struct GramsByPeriod: Sendable {
    /// The days that were asked for; the first and the last period may reach beyond them.
    public let window: DayWindow
    public let periodDays: Int
    /// In order, without a gap; of the time before there was a plan or an infusion nothing is said.
    public let periods: [Period]

    public struct Period: Hashable, Sendable {
        public let window: DayWindow
        public let given: MilligramRange
        public let prescribed: Adherence.Prescribed
        /// Days of which something may not have been received, days to come among them.
        public let daysNotReceived: Int
    }

    /// Adds up the periods that a window of days touches.
    ///
    /// - Parameter receivedUntil: the first day of which something may not have been received.
    public init(
        in window: DayWindow, _ history: PlanHistory, _ ledger: InfusionLedger,
        receivedUntil: CivilDate
    ) {
        let plan = window.last.flatMap { last in
            history.versions(on: last).lazy.compactMap(\.plan).first
                ?? history.entries.lazy.compactMap(\.shown?.plan).first
        }
        let interval = min(max(1, Int(clamping: plan?.intervalDays ?? 7)), 366)
        let length = (interval + 6) / 7 * 7
        let anchor = plan.map { $0.effectiveFrom.adding(days: -(interval / 2)) } ?? Self.monday
        self.window = window
        periodDays = length
        let timelines = history.entries.map { DoseTimeline($0, in: history) }
        periods = Self.windows(touching: window, days: length, from: anchor).map {
            period -> Period in
            Period(
                window: period, given: ledger.given(in: period).milligrams,
                prescribed: Adherence.prescribed(in: period, history, timelines),
                daysNotReceived: DaySpan(from: receivedUntil, until: nil).inside(period).dayCount)
        }.drop { $0.prescribed == .noPlan && $0.given.high == 0 }.map(\.self)
    }

    private static let monday = CivilDate(daysSinceEpoch: 4)

    /// Periods of this length, counted from an anchor, that share a day with the window.
    private static func windows(
        touching window: DayWindow, days: Int, from anchor: CivilDate
    ) -> [DayWindow] {
        guard !window.isEmpty else { return [] }
        let apart = window.from.daysSinceEpoch - anchor.daysSinceEpoch
        let rest = (apart % days + days) % days
        let first = window.from.adding(days: -rest)
        let count = (window.until.daysSinceEpoch - first.daysSinceEpoch + days - 1) / days
        return (0..<min(count, most)).map { index in
            DayWindow(
                from: first.adding(days: index * days),
                until: first.adding(days: index * days + days))
        }
    }

    /// More weeks than anybody looks at: twenty years.
    private static let most = 1100
}
