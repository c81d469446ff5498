internal import DiaryStore
internal import SyncCore

/// One sync under way: the machine, the store and the transport, round trip after round trip.
struct SyncSession {
    let database: DiaryDatabase
    let diary: DiaryID
    let link: ClinicLink
    let transport: HTTPTransport
    let environment: SyncEnvironment
    let progress: @Sendable (SyncDriver.Progress) -> Void
    private var initiator: SyncInitiator?
    private var backoff: Backoff
    private var outcome = SyncOutcome(.badAnswer)
    private var toSend = 0
    /// The entries in `outcome.touched`.
    private var seen: Set<EntryID> = []

    private static let touchedLimit = 10_000
    private static let ndjson = "application/x-ndjson"

    init(
        database: DiaryDatabase, diary: DiaryID, link: ClinicLink, transport: HTTPTransport,
        environment: SyncEnvironment, progress: @escaping @Sendable (SyncDriver.Progress) -> Void
    ) {
        self.database = database
        self.diary = diary
        self.link = link
        self.transport = transport
        self.environment = environment
        self.progress = progress
        backoff = environment.backoff
    }

    mutating func run() async throws -> SyncOutcome {
        while true {
            let request = try nextRequest()
            let exchange = await transport.post(
                "/v1/diaries/\(diary.text)/sync", request, type: Self.ndjson, token: link.token,
                accept: Self.ndjson)
            outcome.requests += 1
            switch exchange {
            case .answer(let bytes):
                if let result = try take(bytes) { return finished(result) }
                backoff = environment.backoff
            case .problem(let type, let retryAfter):
                if let result = Self.result(of: type) {
                    try noteSilence(result)
                    return finished(result)
                }
                let reason: NotReached = [.full, .integrity].contains(type) ? .outOfOrder : .busy
                if try await !waits(retryAfter) { return finished(.notReached(reason)) }
            case .notReached(let reason, let retryAfter):
                if Self.isFinal(reason) { return finished(.notReached(reason)) }
                if try await !waits(retryAfter) { return finished(.notReached(reason)) }
            }
        }
    }

    /// Frontier and sections of one snapshot.
    private mutating func nextRequest() throws -> [UInt8] {
        let (request, machine, toSend) = try database.read { transaction in
            let store = try transaction.events(in: diary)
            var machine =
                try initiator
                ?? SyncInitiator(
                    known: try transaction.known(to: link.peer, in: diary),
                    keys: try transaction.ownKeys(in: diary), clinic: link.key)
            let toSend = try Self.linesBeyond(machine.known, in: store)
            return (try machine.nextRequest(from: store), machine, toSend)
        }
        initiator = machine
        self.toSend = toSend
        return request.bytes
    }

    private static func linesBeyond(
        _ known: VectorClock?, in store: SQLiteEventStore
    ) throws -> Int {
        let coverage = try store.coverage(of: known?.positions ?? [])
        return store.tree.branches.indices.reduce(0) { sum, number in
            let branch = store.tree.branches[number]
            return sum + branch.tip.seq - max(coverage.reach(of: number), branch.forkSeq)
        }
    }

    /// Takes an answer and remembers what it taught, in one transaction; nil to ask again.
    private mutating func take(_ bytes: [UInt8]) throws -> SyncOutcome.Result? {
        let answer: SyncAnswer
        do { answer = try SyncAnswer(bytes) } catch {
            if case .version = error { return .versionTooNew }
            return .badAnswer
        }
        guard var machine = initiator else { return .badAnswer }
        let step: SyncInitiator.Step
        let touched: (new: [EntryID], merged: [EntryID])
        let putBack: SyncOutcome.PutBack?
        do {
            (step, touched, putBack) = try database.write { transaction in
                var store = try transaction.events(in: diary)
                let arrival = store.nextArrival
                let before = try ClinicLink.confirmation(of: diary, in: transaction)
                let step = try machine.answered(answer, in: &store)
                let putBack = try PutBackSearch(diary: diary).putBack(
                    by: answer, after: before, in: transaction)
                if let before, putBack != nil { machine.remind(of: before) }
                let touched = try store.entriesTouched(since: arrival, limit: Self.touchedLimit)
                if let known = machine.known {
                    try transaction.setKnown(known, to: link.peer, in: diary)
                }
                try ClinicLink.keep(answer, of: diary, in: transaction)
                if let result = Self.result(of: step) {
                    try ClinicLink.keep(result, of: diary, in: transaction)
                }
                return (step, touched, putBack)
            }
        } catch let failure as SyncFailure {
            return Self.result(of: failure)
        }
        initiator = machine
        outcome.putBack = outcome.putBack ?? putBack
        note(touched)
        progress(
            SyncDriver.Progress(
                sent: machine.report.sent, toSend: max(toSend, machine.report.sent),
                fetched: machine.report.fetched))
        return Self.result(of: step)
    }

    /// How the sync ended; nil while it goes on.
    private static func result(of step: SyncInitiator.Step) -> SyncOutcome.Result? {
        switch step {
        case .again: nil
        case .finished(.equal): .equal
        case .finished(.refusedSome): .refusedSome
        case .finished(.closed): .closed
        case .finished(.unconfirmed): .unconfirmed
        }
    }

    private mutating func note(_ touched: (new: [EntryID], merged: [EntryID])) {
        for entry in touched.merged where seen.insert(entry).inserted {
            outcome.touched.append(entry)
            outcome.mergedCount += 1
        }
        for entry in touched.new where seen.insert(entry).inserted {
            outcome.touched.append(entry)
        }
    }

    private mutating func waits(_ retryAfter: RetryAfter?) async throws -> Bool {
        var generator = SystemRandomNumberGenerator()
        switch backoff.failed(
            retryAfter: retryAfter, nowMs: environment.nowMs(), using: &generator)
        {
        case .wait(let duration):
            try await environment.sleep(duration)
            return true
        case .giveUp(let duration):
            let (seconds, attoseconds) = duration.components
            outcome.retryAfterMs = seconds * 1000 + attoseconds / 1_000_000_000_000_000
            return false
        }
    }

    /// Remembers that the clinic does not know this device any more.
    private func noteSilence(_ result: SyncOutcome.Result) throws {
        guard result == .notEnrolled else { return }
        try database.write { try ClinicLink.keep(result, of: diary, in: $0) }
    }

    private func finished(_ result: SyncOutcome.Result) -> SyncOutcome {
        var outcome = outcome
        outcome.result = result
        if let report = initiator?.report {
            outcome.sent = report.sent
            outcome.fetched = report.fetched
            outcome.refused = report.refused
            outcome.confirmedMs = report.receipt?.milliseconds
        }
        return outcome
    }

    /// What a problem means for this sync; nil for those that pass.
    private static func result(of type: ProblemType) -> SyncOutcome.Result? {
        switch type {
        case .notEnrolled: .notEnrolled
        case .version: .versionTooNew
        case .busy, .timeout, .tooManyAttempts, .full, .integrity: nil
        default: .refusedWhole(type)
        }
    }

    private static func result(of failure: SyncFailure) -> SyncOutcome.Result {
        switch failure {
        case .notAnAnswer, .answerNotWhole: .badAnswer
        case .notTheClinic: .notTheClinic
        case .stuck(let position): .stuck(at: position)
        }
    }

    /// Whether trying again at once would only meet the same.
    private static func isFinal(_ reason: NotReached) -> Bool {
        switch reason {
        case .noConnection, .noAnswer, .busy, .outOfOrder: false
        case .notSecure, .certificateName, .certificateUnknown, .certificateExpired, .somebodyElse,
            .redirected, .tooMuch:
            true
        }
    }
}
