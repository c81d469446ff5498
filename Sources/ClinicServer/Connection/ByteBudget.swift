internal import Synchronization

/// How many bytes of bodies are held at one moment, over all requests.
///
/// Only bytes that came count, not those that were announced, and nobody may fill all of it: whoever
/// keeps bodies open and unfinished runs into the limit of one holder and leaves room for the others.
/// An eighth is for small bodies, so that an ordinary sync finds room beside the largest.
final class ByteBudget: Sendable {
    /// Who fills a share.
    enum Holder: Hashable, Sendable {
        case device(Int)
        /// All together who show no token.
        case strangers
    }

    private struct Used {
        var total = 0
        var byHolder: [Holder: Int] = [:]
    }

    /// A body up to this length is small.
    private static let smallLength = 64 * 1024

    private let limit: Int
    private let limitOfOne: Int
    private let used = Mutex(Used())
    private let metrics: ServerMetrics

    init(limit: Int, ofOne limitOfOne: Int, metrics: ServerMetrics) {
        self.limit = limit
        self.limitOfOne = limitOfOne
        self.metrics = metrics
    }

    /// Bytes that are spoken for.
    var inUse: Int { used.withLock { $0.total } }

    /// One request's share; given back when the last reference goes.
    final class Share: Sendable {
        private let budget: ByteBudget
        private let holder: Holder
        private let taken = Mutex(0)

        fileprivate init(_ budget: ByteBudget, _ holder: Holder) {
            self.budget = budget
            self.holder = holder
        }

        /// Makes the share at least this large.
        ///
        /// - Throws: `ProblemAnswer` if there is no room for it now.
        func grow(to count: Int) throws {
            try taken.withLock { taken in
                guard count > taken else { return }
                guard budget.take(count - taken, holder, isSmall: count <= ByteBudget.smallLength)
                else {
                    budget.metrics.budgetRefused()
                    throw ProblemAnswer.busy(retryAfterSeconds: 5)
                }
                taken = count
            }
        }

        deinit { budget.giveBack(taken.withLock { $0 }, holder) }
    }

    func share(of holder: Holder) -> Share { Share(self, holder) }

    private func take(_ count: Int, _ holder: Holder, isSmall: Bool) -> Bool {
        used.withLock { used in
            let own = used.byHolder[holder] ?? 0
            let limit = isSmall ? self.limit : self.limit - self.limit / 8
            guard count <= limit - used.total, count <= limitOfOne - own else { return false }
            used.total += count
            used.byHolder[holder] = own + count
            return true
        }
    }

    private func giveBack(_ count: Int, _ holder: Holder) {
        guard count > 0 else { return }
        used.withLock { used in
            used.total -= count
            let left = (used.byHolder[holder] ?? 0) - count
            used.byHolder[holder] = left > 0 ? left : nil
        }
    }
}
