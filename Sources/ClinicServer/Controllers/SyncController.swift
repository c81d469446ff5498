internal import DiaryStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// `POST /v1/diaries/{diary}/sync`: takes what a device brings and gives what it lacks.
///
/// A token names one device of one diary, and reaches nothing else: every other diary, there or not,
/// well formed or not, is the same 404. What is taken and what is answered are one transaction, and
/// the answer leaves only after its commit.
struct SyncController<Context: RequestContext>: Sendable {
    let clinic: Clinic
    let writer: StoreWriter
    let reading: WorkQueue
    let collector: BodyCollector
    let allowance: LogAllowance
    let metrics: ServerMetrics

    func addRoutes(to router: Router<Context>) {
        router.post("/v1/diaries/:diary/sync") { request, context in
            try await sync(request, context)
        }
    }

    private func sync(_ request: Request, _ context: Context) async throws -> Response {
        let device = try await device(of: request)
        guard let diary = context.parameters.get("diary").flatMap({ DiaryID($0) }),
            diary == device.diary
        else { throw ProblemAnswer(.notFound) }
        try ContentType.require(ContentType.ndjson, of: request)
        let body = try await collector.withBody(
            of: request, limit: SyncLimits.messageLength, for: .device(device.number)
        ) { try await sync($0, device) }
        return .ok(body, type: ContentType.ndjson)
    }

    private func sync(_ bytes: [UInt8], _ device: DeviceRecord) async throws -> [UInt8] {
        let message = try await reading.run { try Self.read(bytes) }
        guard message.diary == device.diary else { throw ProblemAnswer(.malformed) }
        if !message.sections.isEmpty,
            let seconds = allowance.wait(of: device.number, at: clinic.now)
        {
            throw ProblemAnswer.busy(retryAfterSeconds: seconds)
        }
        do {
            let (answered, logs) = try await writer.write { transaction in
                let before = try transaction.events(in: device.diary).tree.branches.count
                let answer = try self.answer(message, to: device, in: transaction)
                let after = try transaction.events(in: device.diary).tree.branches.count
                return (answer, after - before)
            }
            metrics.synced(answered)
            allowance.brought(logs, by: device.number, at: clinic.now)
            return try await reading.run { try Self.bytes(of: answered, in: device.diary) }
        } catch let error as StoreError where message.sections.isEmpty && error.leavesReading {
            return try await reading.run {
                try Self.bytes(of: self.give(message, to: device), in: device.diary)
            }
        }
    }

    private static func bytes(of answer: SyncAnswer, in diary: DiaryID) throws -> [UInt8] {
        try GivenSections.check(answer.sections, of: diary)
        return answer.bytes
    }

    /// Gives what the device lacks while nothing can be written: nobody waits for a disk to read.
    private func give(_ request: SyncRequest, to device: DeviceRecord) throws -> SyncAnswer {
        try clinic.database.read { transaction in
            var store = try transaction.events(in: device.diary)
            return try respond(to: request, of: device, in: &store, transaction)
        }
    }

    private func respond(
        to request: SyncRequest, of device: DeviceRecord, in store: inout SQLiteEventStore,
        _ transaction: DiaryTransaction
    ) throws -> SyncAnswer {
        try SyncResponder(
            receiptKey: clinic.key, unconfirmed: try clinic.isUnconfirmed(transaction)
        ).answer(request, from: device.firstReplica, at: clinic.now, in: &store)
    }

    /// The device whose token the request shows, in the one place where tokens may stand.
    private func device(of request: Request) async throws -> DeviceRecord {
        let fields = request.headers[values: .authorization]
        let scheme = "Bearer "
        guard fields.count == 1, fields[0].hasPrefix(scheme),
            let token = AccessToken(text: Array(fields[0].utf8.dropFirst(scheme.utf8.count)))
        else { throw ProblemAnswer(.notEnrolled) }
        let (found, isNews) = try await reading.run {
            try clinic.database.read { transaction in
                let records = ClinicRecords(transaction)
                let found = try records.device(token: token)
                let isNews =
                    try found == nil && clinic.isUnconfirmed(transaction) && records.isNews(token)
                return (found, isNews)
            }
        }
        guard let found else {
            // Whoever confirms a clinic that was put back learns how many devices it has forgotten.
            if isNews { try await writer.write { try ClinicRecords($0).note(unknown: token) } }
            throw ProblemAnswer(.notEnrolled)
        }
        return found
    }

    private static func read(_ bytes: [UInt8]) throws -> SyncRequest {
        do { return try SyncRequest(bytes) } catch {
            switch error {
            case .version: throw ProblemAnswer(.version)
            case .tooLarge: throw ProblemAnswer.tooLarge
            case .clock: throw ProblemAnswer(.malformed, status: 422)
            case .json, .header, .truncated, .unknownLine: throw ProblemAnswer(.malformed)
            }
        }
    }

    /// Takes, then answers from the same snapshot.
    private func answer(
        _ request: SyncRequest, to device: DeviceRecord, in transaction: DiaryTransaction
    ) throws -> SyncAnswer {
        let records = ClinicRecords(transaction)
        let now = clinic.now
        try clinic.noticeHistory(transaction)
        var store = try transaction.events(in: device.diary)
        if let confirmed = request.confirmed,
            try clinic.isBehind(confirmed, in: store, transaction)
        {
            try clinic.noteRestored(transaction, by: .sync)
        }
        let before = Set(store.tree.replicas)
        var answer = try respond(to: request, of: device, in: &store, transaction)
        let arrived = store.tree.replicas.filter { !before.contains($0) }
        if try clinic.isBehind(itsLogIn: store, arrived: arrived, transaction) {
            // This store is an older copy. What the device brought is kept, and it is given nothing.
            try clinic.noteRestored(transaction, by: .sync)
            answer = SyncAnswer(
                frontier: nil, taken: answer.taken, lacks: answer.lacks, refused: answer.refused,
                unconfirmed: true)
        }
        let logs = request.sections.prefix(answer.taken).flatMap {
            $0.heads.map(\.position.replica)
        }
        try records.heard(from: device.number, frontier: request.frontier, at: now)
        try records.heard(Set(logs), from: device.number, at: now)
        if let refused = answer.refused {
            try records.audit(
                AuditRecord(
                    ms: now, device: device.number, act: "refused", diary: device.diary,
                    detail: refused.type.rawValue))
        }
        return answer
    }
}

extension StoreError {
    /// Whether what is stored can be relied on, though nothing can be written now.
    fileprivate var leavesReading: Bool {
        switch self {
        case .diskFull, .readOnly, .diskFailed, .reopenFirst, .lockHeld, .busy, .file: true
        default: false
        }
    }
}
