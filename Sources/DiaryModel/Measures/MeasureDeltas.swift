/// The latest day of a series against its baseline and against the last visit.
public struct MeasureDeltas: Sendable {
    public let series: MeasureSeries
    /// The latest day that has points.
    public let latest: MeasureDay?
    public let sinceBaseline: MeasureChange?
    public let sinceLastVisit: MeasureChange?

    /// Compares the latest day up to `day` with earlier ones; nil where there is none before it.
    ///
    /// - Parameters:
    ///   - baseline: the baseline is the first day with points from here on; the very first without it.
    ///   - lastVisit: against the last day with points up to this one.
    public init(
        _ series: MeasureSeries, upTo day: CivilDate? = nil, baseline: CivilDate? = nil,
        lastVisit: CivilDate? = nil, clinicThreshold: Int64? = nil
    ) {
        self.series = series
        let days = if let day { series.days.filter { $0.day <= day } } else { series.days }
        let latest = days.last
        self.latest = latest
        func change(from before: MeasureDay?) -> MeasureChange? {
            guard let before, let latest, before.day < latest.day else { return nil }
            return MeasureChange(
                of: series.measure, from: before, to: latest, clinicThreshold: clinicThreshold)
        }
        sinceBaseline = change(
            from: days.first { day in baseline.map { day.day >= $0 } ?? true })
        sinceLastVisit = change(
            from: days.last { day in lastVisit.map { day.day <= $0 } ?? false })
    }
}
