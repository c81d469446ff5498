public import SyncCore

/// All plans of one diary, and whether anything may be worked out from them.
///
/// Two people who each begin a plan make two entries. Unless one names the other as its sibling nobody
/// can know which of them holds, so both are shown and neither is used until a doctor has voided one or
/// signed a version that names the other (domain 2.7).
public struct PlanHistory: Sendable {
    /// In order of their ids; voided ones are none.
    public let entries: [PlanEntry]
    /// The first day after the patient left the programme; nil while they are in it.
    ///
    /// They have left where every plan has ended, of siblings with the last one (C20).
    public let endsOn: CivilDate?

    /// The entries that are not a sibling of each other; empty where there is no such question.
    public let twoPlans: [EntryID]

    public init(_ entries: [PlanEntry], endsOn: CivilDate? = nil) {
        self.entries = entries.sorted { $0.entry < $1.entry }
        let ends = entries.compactMap(\.endsOn)
        self.endsOn = endsOn ?? (ends.count == entries.count ? ends.max() : nil)
        twoPlans = self.entries.filter { one in
            entries.contains { other in
                one.entry != other.entry && one.sibling != other.entry && other.sibling != one.entry
            }
        }.map(\.entry)
    }

    /// Why nothing is worked out from an entry now; nil where something is.
    public func obstacle(of entry: PlanEntry) -> PlanObstacle? {
        twoPlans.isEmpty ? entry.obstacle : .twoPlans
    }

    /// The first day on which nothing is due by a plan any more; nil while it goes on.
    func endsOn(of entry: PlanEntry) -> CivilDate? {
        [endsOn, entry.endsOn].compactMap(\.self).min()
    }

    /// The days of which nothing is worked out from an entry, and why.
    func blocked(_ entry: PlanEntry) -> [(days: DaySpan, obstacle: PlanObstacle)] {
        twoPlans.isEmpty ? entry.blocked : [(.always, .twoPlans)]
    }

    /// The versions that hold on a day: one, or one of each sibling.
    public func versions(on day: CivilDate) -> [PlanVersion] {
        entries.compactMap { $0.version(on: day) }
    }

    /// The version that an infusion of a day and route names; nil where nobody can tell.
    ///
    /// Of two siblings it is the one of that route. Where two versions stand side by side the last one
    /// that people agreed on goes on being named: it is the one that a patient is shown (C07).
    public func version(on day: CivilDate, route: Route?) -> PlanVersion? {
        guard twoPlans.isEmpty else { return nil }
        let holding = versions(on: day)
        guard holding.count > 1 else { return holding.first }
        let fitting = holding.filter { $0.plan.map { $0.route == route } ?? false }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// The plan that an infusion belongs to; nil where nobody can tell.
    ///
    /// It is the one of which it names a version. One that names none belongs to the only plan there is,
    /// or of several to the only one that prescribes its route and product on its day.
    public func plan(of infusion: TimedInfusion) -> PlanEntry? {
        if let named = infusion.planVersion,
            let entry = entries.first(where: { $0.has(named) })
        {
            return entry
        }
        guard entries.count > 1 else { return entries.first }
        let fitting = entries.filter { entry in
            guard let day = infusion.days?.lowerBound, let plan = entry.version(on: day)?.plan,
                let route = infusion.route, route == plan.route
            else { return false }
            return infusion.products.isSubset(of: PlanFacts(plan).products)
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// The infusions of which nobody can tell to which of several plans they belong.
    func withoutPlan(in ledger: InfusionLedger) -> [TimedInfusion] {
        guard entries.count > 1 else { return [] }
        return ledger.infusions.filter {
            !$0.isVoided && !ledger.isSetAside($0) && plan(of: $0) == nil
        }
    }

    /// How the version that an infusion names stands to the one that held on its day.
    public func mention(of infusion: TimedInfusion) -> PlanMention {
        guard let named = infusion.planVersion else { return .none }
        guard let entry = entries.first(where: { $0.has(named) }) else { return .notHeld }
        guard let index = entry.agreed.firstIndex(where: { $0.isNamed(by: named) }) else {
            return .neverAgreed
        }
        guard let days = infusion.days, let first = entry.version(on: days.lowerBound),
            let last = entry.version(on: days.upperBound), first == last,
            let held = entry.agreed.firstIndex(of: first)
        else { return .notComparable }
        return index == held ? .current : index < held ? .older : .newer
    }

    /// What an infusion that names a version is checked against: that version, on that day.
    ///
    /// - Parameter zone: in whose days the plan counts.
    public func facts(
        naming version: Position, on day: CivilDate, zone: some ZoneRules
    ) -> PlanFacts? {
        for entry in entries {
            guard let named = entry.agreed.first(where: { $0.isNamed(by: version) }),
                let plan = named.plan
            else { continue }
            var facts = PlanFacts(plan, on: day)
            if let span = entry.spans.first(where: { $0.version == named }) {
                facts.supersededAtMs =
                    span.days.until
                    .flatMap { WallTime(date: $0, minuteOfDay: 0) }
                    .flatMap { zone.resolve($0) }?.standard.ms
            } else {
                // Another one held before it ever began.
                facts.supersededAtMs = .min
            }
            return facts
        }
        return nil
    }
}

/// How the version of a plan that an infusion names stands to the one that held.
public enum PlanMention: Hashable, Sendable, CaseIterable {
    /// It names no version.
    case none
    case current
    /// An older one: its writer could not yet see the one that held (C06). Nobody's fault.
    case older
    /// A later signed one that did not hold yet.
    case newer
    /// One that people never agreed on.
    case neverAgreed
    /// One that is not held here; it blocks nothing.
    case notHeld
    /// The infusion's day is not known well enough, or no version held.
    case notComparable
}
