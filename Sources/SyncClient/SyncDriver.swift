public import DiaryStore
public import SyncCore

/// Runs a sync of one diary with its clinic: carries what `SyncInitiator` wants carried.
///
/// What an answer gives and what it teaches are kept in one transaction, so whatever interrupts it, the
/// next sync goes on from there.
public struct SyncDriver: Sendable {
    private let database: DiaryDatabase
    private let diary: DiaryID
    private let transport: HTTPTransport
    private let token: String
    private let clinic: PublicKey

    /// - Parameters:
    ///   - token: what the clinic gave this device when it joined.
    ///   - clinic: the pinned key; a frontier that it has not signed is not believed.
    public init(
        database: DiaryDatabase, diary: DiaryID, transport: HTTPTransport, token: String,
        clinic: PublicKey
    ) {
        self.database = database
        self.diary = diary
        self.transport = transport
        self.token = token
        self.clinic = clinic
    }

    /// Under this name a store remembers what a clinic is known to hold.
    public static func peerName(of clinic: PublicKey) -> String { "clinic:" + clinic.text }

    /// Syncs until both sides hold the same, or something stands in the way.
    ///
    /// - Parameters:
    ///   - confirmed: told, in the transaction that keeps it, each frontier that the clinic has signed for.
    ///   - wait: sleeps for milliseconds between attempts.
    /// - Throws: what the store throws; a clinic that is not reached is an outcome.
    public func run(
        backoff: Backoff = Backoff(),
        confirmed: (DiaryTransaction, VectorClock, Receipt) throws -> Void = { _, _, _ in },
        wait: (Int64) async throws -> Void = { try await Task.sleep(for: .milliseconds($0)) },
        progress: (SyncProgress) -> Void = { _ in }
    ) async throws -> SyncOutcome {
        let peer = Self.peerName(of: clinic)
        let (known, keys, before) = try database.read { transaction in
            (
                try transaction.known(to: peer, in: diary),
                try transaction.ownKeys(in: diary),
                try transaction.events(in: diary).frontier
            )
        }
        var initiator = SyncInitiator(known: known, keys: keys, clinic: clinic)
        var outcome = SyncOutcome(
            ending: .equal, report: SyncReport(), before: before, requests: 0, bytesSent: 0,
            bytesReceived: 0)
        var counter = ProgressCounter()
        while true {
            let request = try database.read { transaction in
                let store = try transaction.events(in: diary)
                try counter.asked(initiator, in: store)
                return try initiator.nextRequest(from: store)
            }
            let bytes = request.bytes
            let answerBytes: [UInt8]
            do {
                answerBytes = try await send(bytes, backoff: backoff, wait: wait)
            } catch let failure as TransportFailure {
                outcome.report = initiator.report
                outcome.ending = Self.ending(for: failure)
                return outcome
            }
            outcome.requests += 1
            outcome.bytesSent += bytes.count
            outcome.bytesReceived += answerBytes.count
            do {
                let answer = try SyncAnswer(answerBytes)
                let step = try database.write { transaction in
                    var store = try transaction.events(in: diary)
                    let step = try initiator.answered(answer, in: &store)
                    try initiator.known.map { try transaction.setKnown($0, to: peer, in: diary) }
                    if let frontier = answer.frontier, let receipt = answer.receipt {
                        try confirmed(transaction, frontier, receipt)
                    }
                    try counter.answered(answer, report: initiator.report, in: store)
                    return step
                }
                outcome.report = initiator.report
                progress(counter.progress)
                if case .finished(let ending) = step {
                    outcome.ending = Self.ending(for: ending)
                    return outcome
                }
            } catch let failure as SyncFailure {
                outcome.ending = .notBelieved(failure)
                return outcome
            } catch is MessageFlaw {
                outcome.ending = .notBelieved(.notAnAnswer)
                return outcome
            }
        }
    }

    /// One exchange, asked again while there is hope.
    private func send(
        _ bytes: [UInt8], backoff: Backoff, wait: (Int64) async throws -> Void
    ) async throws -> [UInt8] {
        var backoff = backoff
        var generator = SystemRandomNumberGenerator()
        let exchange = HTTPTransport.Exchange(
            path: "/v1/diaries/\(diary.text)/sync", body: (.ndjson, bytes), token: token,
            answer: .ndjson)
        while true {
            do {
                return try await transport.send(exchange)
            } catch let failure as TransportFailure where failure.isPassing {
                guard
                    let milliseconds = backoff.failed(
                        retryAfterMs: failure.retryAfterMs, using: &generator)
                else { throw failure }
                try await wait(milliseconds)
            }
        }
    }

    private static func ending(for failure: TransportFailure) -> SyncOutcome.Ending {
        switch failure {
        case .problem(.notEnrolled, _), .problem(.notFound, _): .notEnrolled
        case .problem(.busy, _), .problem(.timeout, _), .problem(.tooManyAttempts, _),
            .problem(.integrity, _), .problem(.full, _):
            .notReached(failure)
        case .problem(let type, _): .refused(type)
        case .noAnswer, .notTheClinic, .redirected, .answerTooLarge: .notReached(failure)
        }
    }

    private static func ending(for ending: SyncInitiator.Ending) -> SyncOutcome.Ending {
        switch ending {
        case .equal: .equal
        case .refusedSome: .refusedSome
        case .closed: .closed
        case .unconfirmed: .unconfirmed
        }
    }
}
