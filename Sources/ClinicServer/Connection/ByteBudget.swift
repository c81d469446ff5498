internal import Synchronization

/// How many bytes of bodies are held at one moment, over all requests.
final class ByteBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)
    private let metrics: ServerMetrics

    init(limit: Int, metrics: ServerMetrics = ServerMetrics()) {
        self.limit = limit
        self.metrics = metrics
    }

    /// Bytes that are spoken for.
    var inUse: Int { used.withLock { $0 } }

    /// One request's share; given back when the last reference goes.
    final class Share: Sendable {
        private let budget: ByteBudget
        private let taken = Mutex(0)

        fileprivate init(_ budget: ByteBudget) { self.budget = budget }

        /// Makes the share at least this large.
        ///
        /// - Throws: `ProblemAnswer` if there is no room for it now.
        func grow(to count: Int) throws {
            try taken.withLock { taken in
                guard count > taken else { return }
                guard budget.take(count - taken) else {
                    budget.metrics.budgetRefused()
                    throw ProblemAnswer.busy(retryAfterSeconds: 5)
                }
                taken = count
            }
        }

        deinit { budget.giveBack(taken.withLock { $0 }) }
    }

    func share() -> Share { Share(self) }

    private func take(_ count: Int) -> Bool {
        used.withLock { used in
            guard count <= limit - used else { return false }
            used += count
            return true
        }
    }

    private func giveBack(_ count: Int) { used.withLock { $0 -= count } }
}
