public import DiaryModel
import DiaryStore
public import SyncCore

/// One plan entry of a diary as it is shown: the versions that people agreed on, and what is open.
///
/// A version is the event that signed it. Where two stand side by side the last one that both signers had
/// seen stays on show, with the words that there are two new plans (domain 2.7, C07).
public struct PlanOnShow: Sendable {
    public let view: EntryView
    /// The agreed versions, the newest first.
    public let versions: [Version]
    /// What was signed side by side; empty where one version is settled.
    public let candidates: [Candidate]

    public struct Version: Sendable {
        /// The event that is this version.
        public let event: Position
        public let plan: JSONValue
        public let author: EntryID?
        public let at: Timestamp

        /// The local day from which it holds; nil where it cannot be read.
        public var from: CivilDate? {
            plan["effectiveFrom"]?.stringValue.flatMap { CivilDate($0) }
        }

        public var route: Route? { plan["route"].flatMap { Route(json: $0) } }
    }

    public var entry: EntryID { view.entry.id }
    public var isInConflict: Bool { !candidates.isEmpty }
    /// The version to show; nil where nobody agreed on any.
    public var shown: Version? { versions.first }
    /// The other plan, as the version on show names it.
    public var sibling: EntryID? { shown?.plan["siblingPlan"].flatMap { EntryID(json: $0) } }

    /// The version that held, or holds, on a day; nil before the first.
    public func version(on day: CivilDate) -> Version? {
        versions.first { $0.from.map { $0 <= day } ?? false }
    }

    /// The day on which a later version took its place.
    func end(of version: Version) -> CivilDate? {
        guard let index = versions.firstIndex(where: { $0.event == version.event }), index > 0
        else { return nil }
        return versions[index - 1].from
    }

    init?(_ view: EntryView, in reading: Reading) throws {
        guard view.status == .active || view.status == .inQuestion,
            let register = view.fields["plan"]
        else { return nil }
        self.view = view
        candidates = register.isInConflict ? register.candidates : []
        versions = try Self.versions(of: view, register, in: reading)
    }

    /// Goes back from what stands now to what its signers had seen, and so on.
    private static func versions(
        of view: EntryView, _ register: Register, in reading: Reading
    ) throws -> [Version] {
        let events = try reading.transaction.events(of: view.entry, in: reading.diary)
        var versions: [Version] = []
        var standing = register
        // Each step looks at fewer events than the one before.
        for _ in events.indices {
            if let plan = standing.settled?.json, !plan.isNull,
                let first = standing.candidates.first
            {
                versions.append(
                    Version(event: first.event, plan: plan, author: first.author, at: first.at))
            }
            let contexts = standing.candidates.map { candidate in
                events.first { $0.line.id == candidate.event.id }?.line.envelope.context ?? []
            }
            let seen = try contexts.map { try reading.events.coverage(of: $0) }
            let earlier = events.filter { event in
                seen.allSatisfy { $0.contains(event.held.place) }
            }
            let before = try EntryView(of: earlier, in: reading.events, standing: reading.standing)
            guard !seen.isEmpty, let register = before?.fields["plan"],
                !register.candidates.isEmpty
            else { break }
            standing = register
        }
        return versions
    }
}

/// All plans of a diary, and whether one of them can be relied on.
public struct PlansOnShow: Sendable {
    /// In order of their ids; voided ones are none.
    public let plans: [PlanOnShow]

    init(_ plans: [PlanOnShow]) { self.plans = plans.sorted { $0.entry < $1.entry } }

    /// Two plans of which neither names the other: nobody can know which of them holds.
    public var areTwo: Bool {
        plans.contains { one in
            plans.contains { other in
                one.entry != other.entry && one.sibling != other.entry && other.sibling != one.entry
            }
        }
    }

    /// The version that this device shows for an infusion; nil where nobody can tell.
    ///
    /// Of two siblings it is the one of that route.
    public func version(on day: CivilDate, route: Route?) -> (PlanOnShow, PlanOnShow.Version)? {
        guard !areTwo else { return nil }
        let holding = plans.compactMap { plan in plan.version(on: day).map { (plan, $0) } }
        guard holding.count > 1 else { return holding.first }
        let fitting = holding.filter { $0.1.route == route }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// What an infusion of that day is checked against.
    func facts(on day: CivilDate, route: Route?, zone: TZif) -> PlanFacts? {
        guard let found = version(on: day, route: route) else { return nil }
        var facts = PlanFacts(json: found.1.plan)
        let end = found.0.end(of: found.1).flatMap { WallTime(date: $0, minuteOfDay: 0) }
        facts.supersededAtMs = end.flatMap { zone.resolve($0) }?.standard.ms
        return facts
    }

    /// The clinic's number, as the versions on show name it.
    public var clinicPhone: String? { said("clinicPhone") }
    public var emergencyPhone: String? { said("emergencyPhone") }

    private func said(_ member: String) -> String? {
        plans.lazy.compactMap { $0.shown?.plan[member]?.stringValue }.first
    }
}

extension Reading {
    /// The plans of this diary.
    public func plans() throws -> PlansOnShow { try clinicsWord().plans }

    /// What the clinic says of treatment and lots, found in one walk over the diary.
    func clinicsWord() throws -> (plans: PlansOnShow, recalled: [ValidationContext.RecalledLot]) {
        var plans: [PlanOnShow] = []
        var recalled: [ValidationContext.RecalledLot] = []
        let kinds = [EntryKind.plan, .notice].map(\.rawValue)
        for summary in try transaction.entries(in: diary, kinds: kinds)
        where summary.status != .voided {
            guard let view = try view(of: summary.position) else { continue }
            if summary.kind == EntryKind.plan.rawValue {
                if let plan = try PlanOnShow(view, in: self) { plans.append(plan) }
            } else {
                recalled += Self.recalledLots(in: view)
            }
        }
        return (PlansOnShow(plans), recalled)
    }

    /// The lots that a notice names, by every value that stands.
    private static func recalledLots(in view: EntryView) -> [ValidationContext.RecalledLot] {
        (view.fields["notice"]?.candidates ?? []).compactMap { candidate in
            guard let json = candidate.value.json,
                let product = json["product"].flatMap({ ProductKey(json: $0) }),
                let key = json["lot"]?.stringValue.flatMap({ LotKey($0) })
            else { return nil }
            return ValidationContext.RecalledLot(product: product, lot: key)
        }
    }
}
