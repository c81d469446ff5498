internal import DiaryStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// The addresses by which a device joins: the clinic's key, then code, then introduction.
struct EnrolmentController<Context: RequestContext & RemoteAddressContext>: Sendable {
    let clinic: Clinic
    let writer: StoreWriter
    let reading: WorkQueue
    /// Slow hashes have a queue of their own, so that guessing codes holds up no sync.
    let secrets: WorkQueue
    let collector: BodyCollector
    let attempts: AttemptCounter
    let metrics: ServerMetrics

    private static var startLimit: Int { 4096 }

    func addRoutes(to router: Router<Context>) {
        router.get("/v1/clinic") { _, _ in Response.ok(about) }
        router.post("/v1/enrol/start") { request, context in try await start(request, context) }
        router.post("/v1/enrol/finish") { request, context in try await finish(request, context) }
    }

    private var about: JSONObject {
        [
            "key": .string(clinic.key.publicKey.text), "name": .string(clinic.name),
            "versions": .array([.integer(SyncLimits.version)]),
        ]
    }

    private func start(_ request: Request, _ context: Context) async throws -> Response {
        try ContentType.require(ContentType.json, of: request)
        let address = AttemptCounter.Subject.address(context.remoteAddress)
        return try await collector.withBody(
            of: request, limit: Self.startLimit, for: .strangers
        ) { bytes in
            guard let json = try? JSONValue(canonical: bytes),
                let typed = json["code"]?.stringValue
            else { throw ProblemAnswer(.malformed) }
            try check([address])
            guard let code = EnrolmentCode(typed) else {
                countWrong([address])
                throw ProblemAnswer(.wrongCode)
            }
            let subjects = [address, .name(code.name)]
            try check(subjects)
            let start = try await prove(code, subjects)
            var object: JSONObject = ["challenge": .string(start.challenge.text)]
            if let diary = start.diary { object["diary"] = .string(diary.text) }
            return .ok(object)
        }
    }

    private func countWrong(_ subjects: [AttemptCounter.Subject]) {
        attempts.countWrong(subjects, at: clinic.now)
        metrics.wrongCode()
    }

    private func check(_ subjects: [AttemptCounter.Subject]) throws {
        if let seconds = attempts.wait(for: subjects, at: clinic.now) {
            throw ProblemAnswer(.tooManyAttempts, retryAfterSeconds: seconds)
        }
    }

    /// Compares the secret; unknown, used, expired and wrong codes take as long and say the same.
    private func prove(
        _ code: EnrolmentCode, _ subjects: [AttemptCounter.Subject]
    ) async throws -> Enroller.Start {
        let record = try await reading.run {
            try clinic.database.read { try ClinicRecords($0).code(name: code.name) }
        }
        let isRight = try await secrets.run {
            // An attempt that waited here may by now be one too many.
            try check(subjects)
            let kept = record.map { SecretHash(salt: $0.salt, hash: $0.hash) }
            let isRight = try (kept ?? .ofNothing).matches(code.secret) && kept != nil
            if !isRight || record?.isUsable(at: clinic.now) != true {
                countWrong(subjects)
            }
            return isRight
        }
        guard let record else { throw ProblemAnswer(.wrongCode) }
        let enroller = Enroller(clinic: clinic)
        let start: Enroller.Start? = try await writer.write { transaction in
            guard isRight else {
                try ClinicRecords(transaction).countWrongAttempt(on: record.number)
                return nil
            }
            return try enroller.start(record, in: transaction)
        }
        guard let start else { throw ProblemAnswer(.wrongCode) }
        return start
    }

    private func finish(_ request: Request, _ context: Context) async throws -> Response {
        try ContentType.require(ContentType.ndjson, of: request)
        let subjects = [AttemptCounter.Subject.address(context.remoteAddress)]
        try check(subjects)
        return try await collector.withBody(
            of: request, limit: EnrolmentFinish.lengthLimit, for: .strangers
        ) { bytes in
            do {
                let finish = try await reading.run {
                    try EnrolmentFinish(bytes, clinic: clinic.key.publicKey)
                }
                let enroller = Enroller(clinic: clinic)
                let success = try await writer.write { try enroller.finish(finish, in: $0) }
                metrics.enrolled()
                return .ok(Self.object(success, of: finish.diary))
            } catch let problem as ProblemAnswer {
                if problem.type == .wrongChallenge || problem.type == .wrongCode {
                    countWrong(subjects)
                }
                throw problem
            }
        }
    }

    private static func object(_ success: Enroller.Success, of diary: DiaryID) -> JSONObject {
        var object: JSONObject = [
            "diary": .string(diary.text), "member": .string(success.member.text),
            "token": .string(success.token.text),
        ]
        if !success.further.isEmpty {
            object["further"] = .array(
                success.further.map {
                    ["challenge": .string($0.challenge.text), "diary": .string($0.diary.text)]
                })
        }
        return object
    }
}
