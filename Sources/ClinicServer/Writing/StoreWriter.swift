internal import DiaryStore
internal import Dispatch
internal import Synchronization

/// The one place where requests write: a queue of its own, and one transaction for all that wait.
///
/// A commit costs a wait for the disk however much it holds. Requests that arrive while one is under
/// way wait together and share the next. If any of them fails, nothing was written; then each gets a
/// transaction of its own, so that nobody fails for another's sake. Work must therefore have no
/// effect but on its transaction. Nothing is answered before the commit. What waits is bounded, and
/// after a failure of the disk the store is opened for writing again as soon as that succeeds.
final class StoreWriter: Sendable {
    private struct Job {
        /// Does the work and keeps its result until the commit.
        let run: (DiaryTransaction) throws -> Void
        /// Answers, with the error that stopped it or none.
        let finish: ((any Error)?) -> Void
    }

    private struct Waiting {
        var jobs: [Job] = []
        var isRunning = false
    }

    /// How many requests share a transaction at most.
    private static let groupLimit = 64

    private let database: DiaryDatabase
    private let queue = DispatchQueue(label: "diary.writer")
    private let limit: Int
    private let waiting = Mutex(Waiting())
    private let metrics: ServerMetrics

    init(_ database: DiaryDatabase, limit: Int, metrics: ServerMetrics) {
        self.database = database
        self.metrics = metrics
        self.limit = limit
    }

    /// Does `body` in a transaction and returns when that is on the disk.
    ///
    /// - Throws: `ProblemAnswer` of type `busy` if too much waits already; else what `body` throws, or a
    ///   `StoreError`.
    func write<R: Sendable>(
        _ body: @escaping @Sendable (DiaryTransaction) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { (answer: CheckedContinuation<R, any Error>) in
            var result: R?
            let job = Job(
                run: { result = try body($0) },
                finish: { error in
                    if let result, error == nil {
                        answer.resume(returning: result)
                    } else {
                        answer.resume(throwing: error ?? StoreError.transactionOver)
                    }
                })
            if !add(Submission(job: job)) {
                answer.resume(throwing: ProblemAnswer.busy(retryAfterSeconds: 5))
            }
        }
    }

    /// A job on its way to the queue, where alone it is used.
    private struct Submission: @unchecked Sendable {  // Proof: only the queue uses the job.
        let job: Job
    }

    /// - Returns: false if too much waits.
    private func add(_ submission: Submission) -> Bool {
        let isFirst = waiting.withLock { waiting -> Bool? in
            guard waiting.jobs.count < limit else { return nil }
            waiting.jobs.append(submission.job)
            defer { waiting.isRunning = true }
            return !waiting.isRunning
        }
        if isFirst == true { queue.async { self.drain() } }
        return isFirst != nil
    }

    private func drain() {
        while true {
            let group = waiting.withLock { waiting in
                let group = waiting.jobs.prefix(Self.groupLimit).map(Submission.init)
                waiting.jobs.removeFirst(group.count)
                waiting.isRunning = !group.isEmpty
                return group
            }
            if group.isEmpty { return }
            perform(group.map(\.job))
        }
    }

    private func perform(_ group: [Job]) {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            if database.needsReopening { try database.reopenForWriting() }
            try database.write { transaction in for job in group { try job.run(transaction) } }
            metrics.committed(requests: group.count, in: clock.now - start)
            for job in group { job.finish(nil) }
        } catch  where group.count == 1 {
            metrics.failed(error)
            group[0].finish(error)
        } catch {
            for job in group { perform([job]) }
        }
    }
}
