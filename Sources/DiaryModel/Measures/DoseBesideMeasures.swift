/// What was measured beside what was given, period by period: does strength follow the dose?
///
/// It only puts them side by side, as they are. Several numbers of a period are a range, none is averaged,
/// and no verdict is drawn from a row: why a number changed is for a clinician to say.
public struct DoseBesideMeasures: Sendable {
    public let grams: GramsByPeriod
    /// The series that have points in these periods, in the table's order.
    public let series: [MeasureSeries]
    /// A row for each period.
    public let rows: [Row]

    public struct Row: Sendable {
        public let period: GramsByPeriod.Period
        /// The points of each series in that period, in the order of `series`.
        public let points: [[MeasurePoint]]
    }

    /// Counts of periods have their own lines in a report and are left out.
    public init(_ grams: GramsByPeriod, _ measurements: Measurements) {
        self.grams = grams
        let periods = grams.periods.map(\.window)
        let from = periods.first?.from ?? grams.window.from
        let window = DayWindow(from: from, until: periods.last?.until ?? from)
        series = measurements.series.filter { series in
            series.measure.row.form != .count && series.points.contains { window.contains($0.day) }
        }
        rows = grams.periods.map { [series] period in
            Row(
                period: period,
                points: series.map { $0.points.filter { period.window.contains($0.day) } })
        }
    }
}
