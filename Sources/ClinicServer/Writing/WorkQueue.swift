internal import Dispatch
internal import Synchronization

/// Work that would hold up everybody if it ran where requests are received: reading, slow hashes.
///
/// What waits is bounded: beyond that, `busy` at once is kinder than an answer after everybody's
/// patience has ended.
final class WorkQueue: Sendable {
    private let queue: DispatchQueue
    private let limit: Int
    private let waiting = Mutex(0)

    init(_ label: String, limit: Int) {
        queue = DispatchQueue(label: label)
        self.limit = limit
    }

    /// - Throws: `ProblemAnswer` of type `busy` if too much waits already; else what `body` throws.
    func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < limit else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { throw ProblemAnswer.busy(retryAfterSeconds: 5) }
        return try await withCheckedThrowingContinuation { answer in
            queue.async {
                let result = Result(catching: body)
                self.waiting.withLock { $0 -= 1 }
                answer.resume(with: result)
            }
        }
    }
}
