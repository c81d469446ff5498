import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// What all entries of these kinds say, the newest first.
    func views(of kinds: [EntryKind]) throws -> [EntryView] {
        try transaction.entries(in: diary, kinds: kinds.map(\.rawValue))
            .compactMap { try view(of: $0.position) }
    }

    /// The plans of this diary with the days on which their versions hold.
    func planHistory() throws -> PlanHistory {
        let plans = try transaction.entries(in: diary, kinds: [EntryKind.plan.rawValue])
        return PlanHistory(
            try plans.compactMap { summary in
                let events = try transaction.events(of: summary.position, in: diary)
                guard let view = try EntryView(of: events, in: self.events, standing: standing)
                else { return nil }
                return PlanEntry(events, in: view, tree: self.events.tree, standing: standing)
            })
    }
}
