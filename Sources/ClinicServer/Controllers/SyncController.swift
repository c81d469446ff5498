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
        return Response(
            status: .ok, headers: [.contentType: ContentType.ndjson],
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
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
            return try SyncResponder(
                receiptKey: clinic.key, unconfirmed: try clinic.isUnconfirmed(transaction)
            ).answer(request, from: device.firstReplica, at: clinic.now, in: &store)
        }
    }

    /// The device whose token the request shows, in the one place where tokens may stand.
    private func device(of request: Request) async throws -> DeviceRecord {
        let fields = request.headers[values: .authorization]
        let scheme = "Bearer "
        guard fields.count == 1, fields[0].hasPrefix(scheme),
            let token = AccessToken(text: Array(fields[0].utf8.dropFirst(scheme.utf8.count)))
        else { throw ProblemAnswer(.notEnrolled) }
        let found = try await reading.run {
            try clinic.database.read { try ClinicRecords($0).device(token: token) }
        }
        guard let found else { throw ProblemAnswer(.notEnrolled) }
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
        var store = try transaction.events(in: device.diary)
        func answer() throws -> SyncAnswer {
            try SyncResponder(
                receiptKey: clinic.key, unconfirmed: try clinic.isUnconfirmed(transaction)
            ).answer(request, from: device.firstReplica, at: now, in: &store)
        }
        var answer = try answer()
        let own = try transaction.ownLog(in: device.diary)
        if let own, own.wentOnElsewhere(in: store.tree),
            try !clinic.isUnconfirmed(transaction)
        {
            // The device brought more of this clinic's own log than it remembers writing: this store
            // is a backup. Lines just taken are held by now and skipped.
            try clinic.noteRestored(transaction)
            let first = answer
            answer = try SyncResponder(receiptKey: clinic.key, unconfirmed: true)
                .answer(request, from: device.firstReplica, at: now, in: &store)
            answer.taken = first.taken
            answer.refused = first.refused
        }
        try records.heard(from: device.number, frontier: request.frontier, at: now)
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
