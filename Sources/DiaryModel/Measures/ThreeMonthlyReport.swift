public import SyncCore

/// The report that a clinic asks for every three months: what is known first, then what it says.
///
/// Grams, doses and timing are worked out elsewhere and stand here as their lines. Nothing of it is
/// averaged, and what is missing is said to be missing.
public struct ThreeMonthlyReport: Sendable {
    /// The days [from, to) of the plan's zone.
    public let from: CivilDate
    public let to: CivilDate
    /// How far the data reach; always the first line.
    public let coverage: String
    /// Grams, doses and timing, in that order.
    public let doses: [String]
    public let reactions: ReactionsPerInfusion
    public let infections: PeriodTotal
    public let antibiotics: PeriodTotal
    /// Of each measure the latest day against baseline and last visit.
    public let outcomes: [MeasureDeltas]
    public let iggBelowTarget: [IgGBelowTarget]
    public let wearingOff: WearingOff
    /// What stands there and could not be read, or has no number.
    public let leftOut: [EntryID]

    /// What of a report comes from somewhere else.
    public struct Given: Sendable {
        public var coverage: String
        public var doses: [String]
        /// The first day of the baseline; the very first point without it.
        public var baseline: CivilDate?
        public var lastVisit: CivilDate?
        /// The days on which doses began, for the cycles.
        public var doseDays: [CivilDate]
        public var targetIggMilligramsPerLitre: Int64?
        /// The clinic's own thresholds, in wire units of an axis.
        public var thresholds: [MeasureAxis: Int64]

        public init(
            coverage: String, doses: [String] = [], baseline: CivilDate? = nil,
            lastVisit: CivilDate? = nil, doseDays: [CivilDate] = [],
            targetIggMilligramsPerLitre: Int64? = nil, thresholds: [MeasureAxis: Int64] = [:]
        ) {
            self.coverage = coverage
            self.doses = doses
            self.baseline = baseline
            self.lastVisit = lastVisit
            self.doseDays = doseDays
            self.targetIggMilligramsPerLitre = targetIggMilligramsPerLitre
            self.thresholds = thresholds
        }
    }

    public init(
        _ measurements: Measurements, reactions: ReactionsPerInfusion, from: CivilDate,
        to: CivilDate, given: Given
    ) {
        self.from = from
        self.to = to
        self.reactions = reactions
        coverage = given.coverage
        doses = given.doses
        infections = PeriodTotal(measurements.series(of: .infections).first, from: from, to: to)
        antibiotics = PeriodTotal(
            measurements.series(of: .antibioticCourses).first, from: from, to: to)
        let last = to.adding(days: -1)
        outcomes = measurements.series.filter { $0.measure.row.form != .count }.map { series in
            MeasureDeltas(
                series, upTo: last, baseline: given.baseline, lastVisit: given.lastVisit,
                clinicThreshold: given.thresholds[series.axis])
        }.filter { $0.latest != nil }
        iggBelowTarget = measurements.series(of: .iggTrough).flatMap { series in
            given.targetIggMilligramsPerLitre.map {
                IgGBelowTarget.days(series, targetMilligramsPerLitre: $0)
            } ?? []
        }.filter { $0.day.day >= from && $0.day.day < to }
        wearingOff = WearingOff(
            measurements.series(of: .wearingOffDays).first, doses: given.doseDays)
        leftOut = (measurements.notUnderstood + measurements.withoutNumber).sorted()
    }
}
