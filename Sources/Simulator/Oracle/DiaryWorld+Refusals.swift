internal import SyncCore

/// What a refusal may keep from arriving.
extension DiaryWorld {
    /// A sync in which lines were refused ends with all there that does not rest on them.
    func judgeRest(of exchange: Exchange) throws {
        let (a, b) = (exchange.a, exchange.b)
        guard exchange.isAside, !exchange.isDisturbed,
            exchange.incarnationOfAnswerer == b.incarnation
        else { return }
        let left = leftBehind(
            in: a, for: Set(exchange.initiator.report.refused.map(\.id)).union(bad))
        try check(
            exchange.asked.subtracting(left).allSatisfy { b.store.lines[$0] != nil },
            "a refused line keeps back what does not rest on it")
        count(.sentBesideRefused)
    }

    /// What rests on the refused, and lines of other logs that no head covers any longer.
    private func leftBehind(in giver: Machine, for refused: Set<EventID>) -> Set<EventID> {
        var left = oracle.resting(on: refused)
        while true {
            var bare: Set<EventID> = []
            for section in giver.store.sections where !left.isDisjoint(with: section) {
                bare.formUnion(
                    section.filter {
                        giver.store.lines[$0].map { giver.disk.keys[$0.envelope.replica] == nil }
                            ?? false
                    })
            }
            if bare.isSubset(of: left) { return left }
            left = oracle.resting(on: left.union(bare))
        }
    }
}
