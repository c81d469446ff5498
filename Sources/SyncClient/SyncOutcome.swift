public import SyncCore

/// How a sync ended, and what it did until then.
public struct SyncOutcome: Sendable, Equatable {
    public enum Ending: Sendable, Equatable {
        /// Both sides hold the same.
        case equal
        /// As far as the clinic took it: it refused some lines.
        case refusedSome
        /// The clinic has closed this device: it keeps what is sent, and gives nothing.
        case closed
        /// The clinic was put back and gives nothing until somebody there has confirmed its devices.
        case unconfirmed
        /// The clinic was not reached, or was too busy.
        case notReached(TransportFailure)
        /// The clinic does not know this device.
        case notEnrolled
        /// The clinic refused the whole request.
        case refused(ProblemType)
        /// An answer was not what it said it was; nothing of it was kept.
        case notBelieved(SyncFailure)
    }

    public var ending: Ending
    public var report: SyncReport
    /// What this store held before the sync; what is new lies beyond.
    public var before: VectorClock
    /// HTTP requests made and answered.
    public var requests: Int
    /// Bytes of the bodies sent and received.
    public var bytesSent: Int
    public var bytesReceived: Int

    /// Whether everything here is at the clinic and everything there is here.
    public var isComplete: Bool { ending == .equal }
}

/// How far a sync has come, in lines.
public struct SyncProgress: Sendable, Equatable {
    public var sent: Int
    public var toSend: Int
    public var fetched: Int
    public var toFetch: Int
}
