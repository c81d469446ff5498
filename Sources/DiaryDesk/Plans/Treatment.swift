public import DiaryModel
import DiaryStore
import SyncCore

/// A patient's treatment as it stands: the plans, all that was given, and in whose days both are counted.
///
/// All diaries of the patient are read, on one timeline (C19): what stands in a further diary was given,
/// too, and a dose that it fills is not due again (H11).
public struct Treatment: Sendable {
    public let history: PlanHistory
    public let ledger: InfusionLedger
    /// The plan's; where there is no plan, the diary's.
    public let zone: TZif
    /// The day in that zone.
    public let today: CivilDate
    public let nowMs: Int64
    /// What lies at home, as far as it is kept; only where it was asked for.
    public let stock: StockBook?
    /// The last infusion of which all vials are of one size, by the plan's products: that size.
    public let sizeUsedLast: Int64?

    /// Reads the diaries of one patient, the one that new entries go to first.
    ///
    /// - Parameter withStock: whether what lies at home is wanted, too.
    public init(of readings: [Reading], at nowMs: Int64, withStock: Bool = false) throws {
        let history = PlanHistory(try readings.flatMap { try $0.plans().entries })
        guard let first = readings.first else { throw DeskError.notPossible("there is no diary") }
        let zone = first.zone(of: history)
        let infusions = try readings.flatMap { try $0.views(of: .infusion) }
        self.history = history
        self.zone = zone
        self.nowMs = nowMs
        today = zone.day(atMs: nowMs)
        ledger = InfusionLedger(infusions, zone: zone)
        sizeUsedLast = Self.sizeUsedLast(in: infusions)
        stock =
            try withStock
            ? StockBook(
                infusions + readings.flatMap { try $0.views(of: .stock) }, zone: zone,
                clinicReplicas: readings.reduce(into: Set()) {
                    $0.formUnion($1.standing.clinicReplicas)
                }) : nil
    }

    /// The size of the last infusion's vials, where they are all of one.
    private static func sizeUsedLast(in views: [EntryView]) -> Int64? {
        let last = views.last { view in
            view.status == .active && !view.isNotDone
                && !Infusion(fields: view.settledFields).lines.isEmpty
        }
        let lines = last.map { Infusion(fields: $0.settledFields).lines } ?? []
        let sizes = Set(
            lines.filter { $0.line.component != .value(.hy) }.map { $0.line.vialMilligrams?.value })
        return sizes.count == 1 ? sizes.first ?? nil : nil
    }
}

extension Treatment {
    /// What is due by each plan, and what became of what was.
    ///
    /// - Parameter knownUntil: the first day of which something may not have been received.
    public func schedules(knownUntil: CivilDate? = nil) -> [DoseSchedule] {
        history.schedules(ledger, today: today, knownUntil: knownUntil)
    }

    /// What was given in a window of days against what was prescribed.
    public func adherence(in window: DayWindow, received reach: PatientCoverage.Reach) -> Adherence
    {
        Adherence(
            in: window, history, ledger, today: today,
            receivedUntil: CoveredDays.until(reach, today: today, zone: zone))
    }

    /// What might have been heard and was not.
    public func quiet(days: Int, coverage: PatientCoverage) -> Quiet {
        Quiet(
            days: days, history, ledger, coverage: coverage, today: today, askedMs: nowMs,
            receivedUntil: CoveredDays.until(coverage.reach, today: today, zone: zone))
    }

    /// A dose in whole vials of a size that lies at home or was used last; nil where it is of none.
    public func vials(for slot: DueSlot, of plan: TreatmentPlan) -> VialSplit? {
        let products = PlanFacts(plan).products
        let home = (stock?.lots ?? []).filter {
            products.contains($0.key.product) && $0.key.component != .hy && $0.balance.high > 0
        }.map(\.key.vialMilligrams)
        let sizes = home.isEmpty ? [sizeUsedLast].compactMap(\.self) : home
        return VialSplit(doseMilligrams: slot.doseMilligrams, sizes: sizes)
    }
}
