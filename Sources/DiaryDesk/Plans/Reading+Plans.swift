public import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// The plans of this diary.
    public func plans() throws -> PlanHistory {
        PlanHistory(try clinicsWord(of: [.plan]).plans)
    }

    /// The lots that notices in this diary name.
    public func recalledLots() throws -> [ValidationContext.RecalledLot] {
        try clinicsWord(of: [.notice]).recalled
    }

    /// What the clinic says of treatment and lots, found in one walk over the diary.
    func clinicsWord() throws -> (plans: PlanHistory, recalled: [ValidationContext.RecalledLot]) {
        let word = try clinicsWord(of: [.plan, .notice])
        return (PlanHistory(word.plans), word.recalled)
    }

    private func clinicsWord(
        of kinds: [EntryKind]
    ) throws -> (plans: [PlanEntry], recalled: [ValidationContext.RecalledLot]) {
        var plans: [PlanEntry] = []
        var notices: [EntryView] = []
        for summary in try transaction.entries(in: diary, kinds: kinds.map(\.rawValue))
        where summary.status != .voided {
            let lines = try transaction.events(of: summary.position, in: diary)
            guard let view = try EntryView(of: lines, in: events, standing: standing) else {
                continue
            }
            if summary.kind == EntryKind.plan.rawValue {
                plans += [
                    PlanEntry(lines, in: view, tree: events.tree, standing: standing)
                ].compactMap(\.self)
            } else {
                notices.append(view)
            }
        }
        return (plans, NoticeBook(notices).recalled)
    }

    /// In whose days a plan counts: the zone that it names, or the diary's.
    public func zone(of plans: PlanHistory) -> TZif {
        guard let name = plans.zoneName, name != zone.name else { return zone }
        return ZoneFiles().rules(named: name) ?? zone
    }
}
