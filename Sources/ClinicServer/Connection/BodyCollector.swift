internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// Collects a body within its limits of size, time and memory, and holds its share while it is used.
struct BodyCollector: Sendable {
    let limits: WireLimits
    let budget: ByteBudget

    init(limits: WireLimits, metrics: ServerMetrics = ServerMetrics()) {
        self.limits = limits
        budget = ByteBudget(limit: limits.collectedLength, metrics: metrics)
    }

    /// Collects the body and hands it to `use`.
    func withBody<R>(
        of request: Request, limit: Int, _ use: ([UInt8]) async throws -> R
    ) async throws -> R {
        let share = budget.share()
        if let length = request.headers[.contentLength] {
            guard let length = Int(length), length >= 0, length <= limit else {
                throw ProblemAnswer.tooLarge
            }
            try share.grow(to: length)
        }
        let bytes = try await collect(request.body, limit: limit, share: share)
        // The share is held until what was read has been used.
        defer { withExtendedLifetime(share) {} }
        return try await use(bytes)
    }

    private func collect(
        _ body: RequestBody, limit: Int, share: ByteBudget.Share
    ) async throws -> [UInt8] {
        let seconds = limits.bodyBytesPerSecond > 0 ? limit / limits.bodyBytesPerSecond : 0
        let deadline = limits.bodyTime + .seconds(seconds)
        let rate = limits.bodyBytesPerSecond
        let grace = limits.bodyTime
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                let clock = ContinuousClock()
                let start = clock.now
                var bytes: [UInt8] = []
                for try await part in body {
                    guard part.readableBytes <= limit - bytes.count else {
                        throw ProblemAnswer.tooLarge
                    }
                    try share.grow(to: bytes.count + part.readableBytes)
                    bytes += part.readableBytesView
                    // Slower than the least rate, after the grace: too slow, whatever the size.
                    let earned = rate > 0 ? Duration.seconds(bytes.count / rate) : .zero
                    if clock.now - start > grace + earned { return nil }
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let bytes = try await group.next() ?? nil else { throw ProblemAnswer(.timeout) }
            return bytes
        }
    }
}
