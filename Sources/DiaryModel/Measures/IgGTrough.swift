public import SyncCore

/// Whether blood was drawn right before an infusion: less than 24 hours before the next one.
public enum IgGTrough: String, Sendable, CaseIterable {
    case trough
    case notTrough
    /// The next infusion is not known yet, or its order to the draw is not.
    case unknown

    /// Judged by instants; a bare day settles it only where it lies two days or more off.
    ///
    /// - Parameter next: the start of the first infusion after the draw, or the one that was named.
    public init(drawn: Moment, next: Moment?) {
        guard let next else {
            self = .unknown
            return
        }
        if let from = drawn.ms, let to = next.ms {
            let ahead = to.subtractingSaturating(from)
            self = ahead >= 0 && ahead < Self.windowMs ? .trough : .notTrough
            return
        }
        let days = next.wall.date.daysSinceEpoch - drawn.wall.date.daysSinceEpoch
        let areDays = drawn.precision != .month && next.precision != .month
        self = areDays && (days >= 2 || days < 0) ? .notTrough : .unknown
    }

    /// As above, by the next infusion that a level names, else the first later one that is known.
    ///
    /// - Parameter starts: when infusions began, as `InfusionTimes.starts` has them.
    public init(_ level: IgGLevel, drawn: Moment, starts: [EntryID: Moment]) {
        let next: Moment? =
            switch level.nextInfusion {
            case .value(.start(let moment)): moment
            case .value(.entry(let entry)): starts[entry]
            case .unknown, .declined: nil
            case nil: Self.first(of: starts.values, after: drawn)
            }
        self.init(drawn: drawn, next: next)
    }

    private static func first(
        of starts: some Sequence<Moment>, after drawn: Moment
    ) -> Moment? {
        guard let drawnMs = drawn.ms else { return nil }
        return starts.filter { $0.ms.map { $0 >= drawnMs } ?? false }
            .min { ($0.ms ?? 0) < ($1.ms ?? 0) }
    }

    private static let windowMs: Int64 = 24 * 3_600_000
}

extension MeasurePoint {
    /// Whether this level was drawn right before an infusion; nil for any other measure.
    public func trough(starts: [EntryID: Moment]) -> IgGTrough? {
        guard case .igg(let level) = value else { return nil }
        return IgGTrough(level, drawn: moment, starts: starts)
    }
}

/// An immunoglobulin G that lies, or may lie, below the plan's target.
public struct IgGBelowTarget: Hashable, Sendable {
    public let day: MeasureDay
    /// Wire units, mg/L.
    public let targetMilligramsPerLitre: Int64
    /// All numbers of that day lie below; otherwise it depends on which is right.
    public let isCertain: Bool

    /// The days below the target, in order.
    public static func days(
        _ series: MeasureSeries, targetMilligramsPerLitre target: Int64
    ) -> [IgGBelowTarget] {
        guard series.axis.quantity == .igg else { return [] }
        return series.days.compactMap { day in
            guard let numbers = Extremes(day.numbers), numbers.low < target else { return nil }
            return IgGBelowTarget(
                day: day, targetMilligramsPerLitre: target, isCertain: numbers.high < target)
        }
    }
}
