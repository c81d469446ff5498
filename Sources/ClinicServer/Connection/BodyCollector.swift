internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// Collects a body within its limits of size and memory, and holds its share while it is used.
///
/// Time is the meter's business: a body too slow ends with its error.
struct BodyCollector: Sendable {
    let budget: ByteBudget

    init(limits: WireLimits, metrics: ServerMetrics) {
        budget = ByteBudget(
            limit: limits.collectedLength, ofOne: limits.collectedLengthOfOne, metrics: metrics)
    }

    /// Collects the body and hands it to `use`.
    func withBody<R>(
        of request: Request, limit: Int, for holder: ByteBudget.Holder,
        _ use: ([UInt8]) async throws -> R
    ) async throws -> R {
        let announced = try request.headers[.contentLength].map { text in
            guard let length = Int(text), length >= 0, length <= limit else {
                throw ProblemAnswer.tooLarge
            }
            return length
        }
        let share = budget.share(of: holder)
        // The share is held until what was read has been used.
        defer { withExtendedLifetime(share) {} }
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard part.readableBytes <= limit - bytes.count else { throw ProblemAnswer.tooLarge }
            try share.grow(to: bytes.count + part.readableBytes)
            bytes += part.readableBytesView
        }
        // A sender that went away in the middle has sent no request.
        if let announced, announced != bytes.count { throw ProblemAnswer(.malformed) }
        return try await use(bytes)
    }
}
