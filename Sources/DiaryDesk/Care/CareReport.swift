public import DiaryModel
import SyncCore

/// The three-monthly report of a patient with what stands beside it: grams period by period.
public struct CareReport: Sendable {
    public let report: ThreeMonthlyReport
    public let adherence: Adherence
    public let beside: DoseBesideMeasures
    public let measurements: Measurements
    private let targetIgg: Int64?

    /// How far the data reach.
    public struct Reach: Sendable {
        /// The sentence that comes first.
        public var sentence: String
        /// The first day of which something may not have been received.
        public var until: CivilDate

        public init(_ sentence: String, until: CivilDate) {
            self.sentence = sentence
            self.until = until
        }
    }

    /// - Parameters:
    ///   - lastVisit: what the outcomes are held against; nil takes the last day before the window's last
    ///     one on which the clinic measured something.
    public init(
        _ record: CareRecord, in window: DayWindow, zone: some ZoneRules, today: CivilDate,
        reach: Reach, lastVisit: CivilDate? = nil
    ) {
        let plans = record.plans
        let ledger = InfusionLedger(record.infusions, zone: zone)
        let measurements = record.measurements(zone: zone)
        let adherence = Adherence(
            in: window, plans, ledger, today: today, receivedUntil: reach.until)
        let last = window.last ?? window.from
        let visits = measurements.points.filter { $0.source == .clinic && $0.day < last }
        targetIgg = plans.targetIgg(on: last)
        self.measurements = measurements
        self.adherence = adherence
        beside = DoseBesideMeasures(
            GramsByPeriod(in: window, plans, ledger, receivedUntil: reach.until), measurements)
        report = ThreeMonthlyReport(
            measurements,
            reactions: ReactionsPerInfusion(
                reactions: record.reactions,
                infusions: InfusionTimes(record.infusions, zone: zone),
                probableDuplicates: ledger.totals.probableDuplicates.map { ($0.left, $0.right) },
                from: window.from, to: window.until, zone: zone),
            from: window.from, to: window.until,
            given: .init(
                coverage: reach.sentence, doses: AdherenceWords(adherence).lines,
                lastVisit: lastVisit ?? visits.map(\.day).max(),
                doseDays: Self.doseDays(plans, ledger, today: today).filter {
                    $0 >= min(window.from, window.until.adding(months: -6)) && $0 < window.until
                },
                targetIggMilligramsPerLitre: targetIgg))
    }

    /// The days on which doses began: of a dose in parts the first.
    private static func doseDays(
        _ plans: PlanHistory, _ ledger: InfusionLedger, today: CivilDate
    ) -> [CivilDate] {
        let schedules = plans.schedules(ledger, today: today)
        guard !schedules.isEmpty else {
            return ledger.infusions.filter {
                !$0.isVoided && !$0.isNotDone && !ledger.isSetAside($0)
            }.compactMap(\.day)
        }
        return schedules.flatMap { schedule in
            (schedule.slots.compactMap(\.course) + schedule.additional + schedule.unscheduled)
                .map(\.day)
        }
    }

    /// The pictures that go with it, each with a name for its file.
    public var pictures: [(name: String, picture: Picture)] {
        let grams: [(name: String, picture: Picture)] = [("grams", .bars(beside.grams.plot))]
        return grams
            + MeasurePictures.groups.flatMap {
                $0.pictures(of: measurements, targetIggMilligramsPerLitre: targetIgg)
            }
    }
}
