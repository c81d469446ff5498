public import SyncCore

/// How one sync went, for a person and for the process that waited for it.
public struct SyncOutcome: Sendable, Equatable {
    public var result: Result
    /// Lines the clinic took, and lines that were new here.
    public var sent = 0
    public var fetched = 0
    /// Entries to which something came that was not here before.
    public var touched: [EntryID] = []
    /// How many of those were here before: what merged with them.
    public var mergedCount = 0
    /// Own lines that the clinic refused; kept here.
    public var refused: [Position] = []
    /// When the clinic last confirmed what it holds, by its clock.
    public var confirmedMs: Int64?
    /// The clinic was put back to an older copy since it last confirmed what it holds.
    public var putBack: PutBack?
    /// How many requests it took.
    public var requests = 0
    /// How long to wait before trying again, where that makes sense.
    public var retryAfterMs: Int64?
    /// Whether this is the result of a sync that another process ran meanwhile.
    public var isOfAnotherProcess = false

    public init(_ result: Result) { self.result = result }

    /// What a clinic that was put back had lost of what this store knows it confirmed.
    public struct PutBack: Sendable, Equatable {
        /// When it had confirmed that it held it, by its clock.
        public let confirmedMs: Int64
        /// How many entries it lacked something of; nil where it does not say what it holds.
        public let entries: Int?
    }

    /// How it ended.
    public enum Result: Sendable, Equatable {
        /// Both hold the same.
        case equal
        /// The same, but for lines in `refused`.
        case refusedSome
        /// The clinic has everything and has closed this device: it gives nothing.
        case closed
        /// The clinic has everything, was restored, and gives nothing yet.
        case unconfirmed
        case notReached(NotReached)
        /// This diary has not joined a clinic.
        case notJoined
        /// The clinic does not know this device's token.
        case notEnrolled
        /// The clinic speaks a newer version of the protocol.
        case versionTooNew
        /// The clinic refused the whole request.
        case refusedWhole(ProblemType)
        /// Round trips get no further; the log at which they stand.
        case stuck(at: Position?)
        /// The answer was not signed by the clinic that this diary knows.
        case notTheClinic
        /// The answer cannot be right; nothing of it was taken.
        case badAnswer
    }

    /// Whether the sync worked, also when people still disagree.
    public var isDone: Bool { result == .equal || result == .refusedSome }
}
