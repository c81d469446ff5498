internal import SyncCore

/// Counts lines for a progress bar: from seqs, so that nothing is read for it.
struct ProgressCounter {
    private(set) var progress = SyncProgress(sent: 0, toSend: 0, fetched: 0, toFetch: 0)

    /// What is to be sent at all, once it is known what the peer holds.
    mutating func asked(_ initiator: SyncInitiator, in store: some EventStore) throws {
        guard let known = initiator.known else { return }
        let coverage = try store.coverage(of: known.positions)
        let left = store.tree.branches.indices.reduce(0) { sum, number in
            let branch = store.tree.branches[number]
            return sum + branch.tip.seq - max(branch.forkSeq, coverage.reach(of: number))
        }
        progress.toSend = max(progress.toSend, progress.sent + left)
    }

    mutating func answered(
        _ answer: SyncAnswer, report: SyncReport, in store: some EventStore
    ) throws {
        progress.sent = report.sent
        progress.fetched = report.fetched
        var left = 0
        for tip in answer.frontier?.positions ?? [] where try store.held(tip) == nil {
            let held = store.tree.branchNumbers(of: tip.replica)
                .map { store.tree.branches[$0].tip.seq }.max() ?? 0
            left = left.addingReportingOverflow(max(tip.seq - held, 0)).partialValue
        }
        progress.toFetch = max(progress.toFetch, progress.fetched + max(left, 0))
    }
}
