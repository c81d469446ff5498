internal import SyncCore

extension SQLiteEventStore {
    /// The kinds with fields that count only from some logs (`FieldAuthority`).
    static let kindsOfRestrictedFields = [
        "erasure", "notice", "person", "plan", "question", "reaction", "replica", "training",
    ]

    /// The entries that may say something else because of how what counts has changed.
    func entriesAffected(by before: Standing?, _ now: Standing?) throws -> Set<Int> {
        let wasInForce = before?.isInForce ?? false
        let isInForce = now?.isInForce ?? false
        guard wasInForce || isInForce else { return [] }
        var entries: Set<Int> = []
        for branch in tree.branches.indices {
            let replica = tree.branches[branch].replica
            let trustChanged =
                (before?.trust(of: replica) ?? .all) != (now?.trust(of: replica) ?? .all)
            let roleChanged =
                wasInForce && isInForce
                && (before?.clinicReplicas.contains(replica)
                    != now?.clinicReplicas.contains(replica)
                    || before?.formerClinicReplicas.contains(replica)
                        != now?.formerClinicReplicas.contains(replica)
                    || before?.firstReplicas(of: replica) != now?.firstReplicas(of: replica))
            if trustChanged || roleChanged { entries.formUnion(try self.entries(onBranch: branch)) }
        }
        if wasInForce != isInForce {
            try writeRows()
            for kind in Self.kindsOfRestrictedFields {
                entries.formUnion(
                    try connection.rows(
                        "SELECT arrival FROM entry WHERE diary = ? AND kind = ?",
                        [.integer(number), .text(kind)], table: "entry"
                    ) { try $0.integer(0) })
            }
        }
        return entries
    }

    /// The entries with an event on a branch.
    private func entries(onBranch branch: Int) throws -> [Int] {
        try connection.rows(
            "SELECT DISTINCT entry FROM event WHERE log = ?", [.integer(rowNumbers[branch])],
            table: "event"
        ) { try $0.integer(0) }
    }
}
