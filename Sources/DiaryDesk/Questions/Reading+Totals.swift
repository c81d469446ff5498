public import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// All infusions of the diary and what they add up to.
    public func totals() throws -> DiaryTotals {
        DiaryTotals(try views(of: .infusion), zone: zone)
    }

    /// What was given in a window of days, as a report of all infusions has it.
    ///
    /// - Parameter search: what hangs together, found by a walk over the diary.
    public func given(
        in window: DayWindow, beside search: QuestionSearch
    ) throws -> InfusionLedger.Sum {
        let infusions = try infusions(deciding: window, beside: search)
        return InfusionLedger(infusions, zone: zone).given(in: window)
    }

    /// The infusions on which the sum of a window of days rests; no other has a part in it.
    ///
    /// They are those of its days, all whose row does not say the day (a bare day, a bare month, none at
    /// all, or one of several that people said), and whatever hangs together with one of them, through
    /// any number of others: by what was said of two being one, or as a pair that nobody has answered.
    /// The ledger adds up such a cluster as one, and each alone that is in none. A time in a newer form has
    /// its instant in the row all the same, and is held to be of that day.
    private func infusions(
        deciding window: DayWindow, beside search: QuestionSearch
    ) throws -> [EntryView] {
        let all = try transaction.glances(ofKind: EntryKind.infusion.rawValue, in: diary)
        var found: [EntryID: EntryView] = [:]
        for glance in all
        where glance.settledStartMs.map({ window.contains(zone.day(atMs: $0)) }) ?? true {
            guard let view = try transaction.view(of: glance, in: diary) else { continue }
            found[view.entry.id] = view
        }
        var beside: [EntryID: Set<EntryID>] = [:]
        for pair in search.alike + search.linked {
            beside[pair.left, default: []].insert(pair.right)
            beside[pair.right, default: []].insert(pair.left)
        }
        var unfollowed = Array(found.keys)
        while let one = unfollowed.popLast() {
            for other in beside[one] ?? [] where found[other] == nil {
                guard let view = try view(of: other), view.kind == EntryKind.infusion.rawValue
                else { continue }
                found[other] = view
                unfollowed.append(other)
            }
        }
        return found.values.sorted { $0.entry.id < $1.entry.id }
    }
}
