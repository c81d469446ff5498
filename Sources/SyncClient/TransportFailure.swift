public import SyncCore

/// Why a request had no answer that can be used. What was sent may have been taken: the next sync finds out.
public enum TransportFailure: Error, Equatable, Sendable {
    /// Nobody answered: no network, no server, or too late.
    case noAnswer
    /// Somebody answered who is not the clinic: a portal's page, a proxy's error.
    case notTheClinic(status: Int)
    /// The answer sends elsewhere; a diary is not sent where an answer says.
    case redirected
    /// The answer is larger than any may be.
    case answerTooLarge
    /// The clinic itself said no, and why.
    case problem(ProblemType, retryAfterMs: Int64?)

    /// Whether it may go better in a moment.
    public var isPassing: Bool {
        switch self {
        case .noAnswer, .problem(.busy, _), .problem(.timeout, _): true
        default: false
        }
    }

    var retryAfterMs: Int64? {
        if case .problem(_, let milliseconds) = self { milliseconds } else { nil }
    }
}
