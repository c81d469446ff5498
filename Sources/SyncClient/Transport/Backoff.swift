/// How long to wait between attempts, and when to stop. Pure: clock and randomness are handed in.
///
/// Each wait is drawn from a range that doubles up to a cap ("full jitter"), so that devices that
/// failed together do not come back together. What the server asked for is the least wait.
public struct Backoff: Sendable {
    public let first: Duration
    public let cap: Duration
    /// How many attempts in all.
    public let attemptLimit: Int
    /// Longer waits than this are for another day: the attempts end.
    public let patience: Duration
    public private(set) var failures = 0

    public init(
        first: Duration = .seconds(1), cap: Duration = .seconds(60), attemptLimit: Int = 4,
        patience: Duration = .seconds(30)
    ) {
        self.first = first
        self.cap = cap
        self.attemptLimit = attemptLimit
        self.patience = patience
    }

    /// What follows a failure.
    public enum Next: Sendable, Equatable {
        case wait(Duration)
        /// No more for now; the earliest time that another attempt makes sense.
        case giveUp(retryAfter: Duration)
    }

    /// Counts a failed attempt.
    public mutating func failed(
        retryAfter: RetryAfter? = nil, nowMs: Int64,
        using generator: inout some RandomNumberGenerator
    ) -> Next {
        failures += 1
        let doublings = min(failures - 1, 20)
        let range = min(cap, first * (1 << doublings))
        let drawn = range * Double.random(in: 0.5...1, using: &generator)
        let wait = max(drawn, retryAfter?.delay(nowMs: nowMs) ?? .zero)
        guard failures < attemptLimit, wait <= patience else { return .giveUp(retryAfter: wait) }
        return .wait(wait)
    }
}
