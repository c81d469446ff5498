/// Which body weight a plan is checked with: the clinic's, never the home scale's (C21).
public struct WeightForPlan: Hashable, Sendable {
    /// The latest day of each source up to the day, all shown with their source.
    public let shown: [MeasureDay]
    /// The clinic's latest, which the check uses; nil where the clinic has none.
    public let used: MeasureDay?

    public init(_ series: MeasureSeries, onOrBefore day: CivilDate) {
        let clinic = series.from(.clinic).latest(onOrBefore: day)
        let others = [
            series.from(.home).latest(onOrBefore: day),
            series.ofUnsaidSource.latest(onOrBefore: day),
        ]
        used = series.axis.quantity == .weight ? clinic : nil
        shown = ([clinic] + others).compactMap(\.self).sorted { $0.day < $1.day }
    }

    /// Grams, where the clinic's day has one number; several are in doubt and none is used.
    public var grams: Int64? {
        guard let numbers = used?.numbers, numbers.count == 1 else { return nil }
        return numbers.first
    }
}

extension MeasureSeries {
    fileprivate var ofUnsaidSource: MeasureSeries {
        MeasureSeries(measure: measure, axis: axis, points: points.filter { $0.source == nil })
    }
}
