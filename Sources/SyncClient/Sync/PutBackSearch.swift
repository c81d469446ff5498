internal import DiaryStore
internal import SyncCore

/// Finds in an answer that the clinic was put back since it confirmed what it holds.
///
/// Each receipt covers all earlier ones, so an answer whose frontier does not cover what was confirmed
/// is that of a clinic that was put back to an older copy. Nothing is lost by that as long as some
/// device holds it; the sync that finds out sends what is lacked again.
struct PutBackSearch {
    let diary: DiaryID

    /// What the clinic had confirmed before and lacks now; nil if nothing.
    ///
    /// - Parameter before: what it had confirmed before this answer. What the answer gave is stored.
    func putBack(
        by answer: SyncAnswer, after before: ConfirmedFrontier?,
        in transaction: DiaryTransaction
    ) throws -> SyncOutcome.PutBack? {
        guard let before else { return nil }
        let confirmedMs = before.receipt.milliseconds
        guard let frontier = answer.frontier else {
            // The clinic says so itself, and not yet how much it holds.
            return answer.unconfirmed
                ? SyncOutcome.PutBack(confirmedMs: confirmedMs, entries: nil) : nil
        }
        let store = try transaction.events(in: diary)
        let held = try store.coverage(of: frontier.positions)
        // A log that reaches here to an event not fetched yet may reach further than what was
        // confirmed; that it does not is known only if the clinic says that it lacks the very tip.
        let unfetched = Set(
            try frontier.positions.filter { try store.held($0) == nil }.map(\.replica))
        let lacks = Set(answer.lacks.positions)
        let missing = try before.frontier.positions.filter { position in
            guard let place = try store.held(position)?.place, !held.contains(place) else {
                return false
            }
            return lacks.contains(position) || !unfetched.contains(position.replica)
        }
        guard !missing.isEmpty else { return nil }
        let lacking = try store.coverage(of: missing)
        let entries = try transaction.entries(in: diary, beyond: held).filter { entry in
            try !entry.isHidden
                && transaction.events(of: entry.position, in: diary).contains {
                    lacking.contains($0.held.place) && !held.contains($0.held.place)
                }
        }
        return SyncOutcome.PutBack(confirmedMs: confirmedMs, entries: entries.count)
    }
}
