public import DiaryStore
public import SyncCore

/// Joins this device to a clinic: key shown, code sent, device introduced, link kept.
///
/// The person compares the key's fingerprint with the letter *before* the code leaves the device, so
/// whoever else answers at that address learns nothing. Everything until the end can be begun again:
/// a diary and an introduction that were made on the way are used by the next attempt. A device that
/// brings a diary of its own joins the patient's others with the same code, and one that comes to
/// several joins them all.
public struct EnrolmentClient: Sendable {
    public let database: DiaryDatabase
    private let timeoutSeconds: Int
    private static let json = "application/json"
    private static let ndjson = "application/x-ndjson"
    /// How many diaries are joined beside the first with one code, at most.
    public static let furtherLimit = 16

    public init(database: DiaryDatabase, timeoutSeconds: Int = 60) {
        self.database = database
        self.timeoutSeconds = timeoutSeconds
    }

    /// What the clinic said of itself, for the person to compare.
    public struct Introduction: Sendable, Equatable {
        public let name: String
        public let key: PublicKey
        public var fingerprint: String { key.fingerprint }
    }

    /// What is joined, and how this device calls things.
    public struct Wish: Sendable {
        public var address: ClinicAddress
        /// Whether the address was allowed to be plain HTTP beyond this computer.
        public var insecureHTTP: Bool
        /// Whose certificates alone are believed; nil for those that the system knows.
        public var authority: TrustedAuthority?
        public var code: String
        /// A diary that this device keeps already and brings; nil to join the patient's or begin one.
        public var diary: DiaryID?
        /// Further diaries of the same patient that this device keeps and brings.
        public var further: [DiaryID]
        /// What this device calls the diary.
        public var diaryName: String
        /// What the device is called.
        public var label: String
        public var at: Timestamp

        public init(
            address: ClinicAddress, insecureHTTP: Bool = false, authority: TrustedAuthority? = nil,
            code: String, diary: DiaryID? = nil, further: [DiaryID] = [], diaryName: String,
            label: String, at: Timestamp
        ) {
            self.address = address
            self.insecureHTTP = insecureHTTP
            self.authority = authority
            self.code = code
            self.diary = diary
            self.further = further
            self.diaryName = diaryName
            self.label = label
            self.at = at
        }
    }

    /// What came of it.
    public struct Joined: Sendable, Equatable {
        /// The diary that was joined first: the one this device brought, or the patient's.
        public let diary: DiaryID
        public let clinic: Introduction
        /// The clinic had a diary of this patient before.
        public let hadDiary: Bool
        /// The patient's other diaries, joined with the same code.
        public var further: [DiaryID] = []
        /// Why not all of the others were joined; a new code joins the rest.
        public var missed: EnrolmentError?
    }

    /// Joins.
    ///
    /// - Parameter confirm: shows the fingerprint and says whether the letter has the same.
    /// - Throws: `EnrolmentError`, or what the store throws.
    public func join(
        _ wish: Wish, confirm: @Sendable (Introduction) async throws -> Bool
    ) async throws -> Joined {
        let transport = HTTPTransport(
            base: wish.address, authority: wish.authority, timeoutSeconds: timeoutSeconds)
        do {
            let joined = try await join(wish, over: transport, confirm)
            await transport.close()
            return joined
        } catch {
            await transport.close()
            throw error
        }
    }

    private func join(
        _ wish: Wish, over transport: HTTPTransport,
        _ confirm: @Sendable (Introduction) async throws -> Bool
    ) async throws -> Joined {
        let clinic = try await introduction(over: transport)
        if let diary = wish.diary {
            let pinned = try database.read { try $0.pinnedClinic(in: diary) }
            guard pinned == nil || pinned == clinic.key else { throw EnrolmentError.otherClinic }
        }
        guard try await confirm(clinic) else { throw EnrolmentError.notConfirmed }
        let start = try await start(wish.code, over: transport)
        let identity = try database.write { transaction in
            try DeviceIdentity(
                diary: wish.diary ?? start.diary, name: wish.diaryName, label: wish.label,
                at: wish.at, in: transaction)
        }
        var joined = Joined(
            diary: identity.diary, clinic: clinic, hadDiary: start.diary != nil)
        let others = try await finish(
            identity, start.challenge, asking: Array(wish.further.prefix(Self.furtherLimit)), wish,
            clinic, over: transport)
        for other in others where try mayJoin(other.diary, wish, clinic) {
            do {
                try await joinFurther(other, wish, clinic, over: transport)
                joined.further.append(other.diary)
            } catch let error as EnrolmentError {
                joined.missed = error
                if case .notReached = error { break }
            }
        }
        if let first = start.diary, ([joined.diary] + joined.further).contains(first) {
            try database.write { try PatientDiaries.makeMain(first, in: $0) }
        }
        return joined
    }

    /// Joins one more diary of the patient; until that is done nothing new goes to it.
    private func joinFurther(
        _ other: (diary: DiaryID, challenge: Challenge), _ wish: Wish, _ clinic: Introduction,
        over transport: HTTPTransport
    ) async throws {
        let identity = try database.write { transaction in
            let isNew = try !transaction.hasDiary(other.diary)
            let identity = try DeviceIdentity(
                diary: other.diary, name: wish.diaryName, label: wish.label, at: wish.at,
                in: transaction)
            if isNew { try PatientDiaries.markFurther(other.diary, in: transaction) }
            return identity
        }
        _ = try await finish(identity, other.challenge, wish, clinic, over: transport)
    }

    /// Whether a diary that the clinic names is this patient's as far as this device knows.
    private func mayJoin(
        _ diary: DiaryID, _ wish: Wish, _ clinic: Introduction
    ) throws -> Bool {
        let record = try database.read { try $0.diaries() }.first { $0.id == diary }
        guard let record else { return true }
        return record.isCalled(wish.diaryName)
            && (record.pinnedClinic == nil || record.pinnedClinic == clinic.key)
    }

    /// Proves who this device is in a diary, keeps the link that it is given, and says what is next.
    private func finish(
        _ identity: DeviceIdentity, _ challenge: Challenge, asking further: [DiaryID] = [],
        _ wish: Wish, _ clinic: Introduction, over transport: HTTPTransport
    ) async throws -> [(diary: DiaryID, challenge: Challenge)] {
        let body = identity.finish(
            challenge: challenge, clinic: clinic.key, label: wish.label, further: further)
        let answer = try object(
            await transport.post("/v1/enrol/finish", body, type: Self.ndjson, accept: Self.json))
        guard answer["diary"]?.stringValue == identity.diary.text,
            let token = answer["token"]?.stringValue, token.utf8.count == 43,
            let member = answer["member"]?.stringValue.flatMap({ Signature($0) }),
            identity.isMember(by: member, of: clinic.key)
        else { throw EnrolmentError.notAClinic }
        try database.write { transaction in
            try transaction.pin(clinic.key, in: identity.diary)
            try ClinicLink(
                address: wish.address.text, name: clinic.name, key: clinic.key, token: token,
                allowsInsecureHTTP: wish.insecureHTTP, authority: wish.authority, member: member
            ).keep(for: identity.diary, in: transaction)
        }
        return (answer["further"]?.arrayValue ?? []).prefix(Self.furtherLimit).compactMap { item in
            guard let diary = item["diary"]?.stringValue.flatMap({ DiaryID($0) }),
                let challenge = item["challenge"]?.stringValue.flatMap({ Challenge($0) })
            else { return nil }
            return (diary, challenge)
        }
    }

    private func introduction(over transport: HTTPTransport) async throws -> Introduction {
        let about = try object(await transport.get("/v1/clinic", accept: Self.json))
        guard let key = about["key"]?.stringValue.flatMap({ PublicKey($0) }),
            let name = about["name"]?.stringValue, let versions = about["versions"]?.arrayValue
        else { throw EnrolmentError.notAClinic }
        guard versions.contains(.integer(SyncLimits.version)) else { throw EnrolmentError.version }
        return Introduction(name: name, key: key)
    }

    private func start(
        _ code: String, over transport: HTTPTransport
    ) async throws -> (challenge: Challenge, diary: DiaryID?) {
        let body = JSONValue.object(["code": .string(code)]).canonicalBytes
        let answer = try object(
            await transport.post("/v1/enrol/start", body, type: Self.json, accept: Self.json))
        let diary = answer["diary"]?.stringValue.flatMap { DiaryID($0) }
        guard let challenge = answer["challenge"]?.stringValue.flatMap({ Challenge($0) }),
            answer["diary"] == nil || diary != nil
        else { throw EnrolmentError.notAClinic }
        return (challenge, diary)
    }

    private func object(_ exchange: HTTPTransport.Exchange) throws -> JSONObject {
        switch exchange {
        case .answer(let bytes):
            guard let object = (try? JSONValue(canonical: bytes))?.objectValue else {
                throw EnrolmentError.notAClinic
            }
            return object
        case .notReached(let reason, _): throw EnrolmentError.notReached(reason)
        case .problem(.wrongCode, _): throw EnrolmentError.wrongCode
        case .problem(.version, _): throw EnrolmentError.version
        case .problem(.busy, _): throw EnrolmentError.notReached(.busy)
        case .problem(.tooManyAttempts, let retryAfter):
            throw EnrolmentError.tooManyAttempts(retryAfter: retryAfter)
        case .problem(let type, _): throw EnrolmentError.refused(type)
        }
    }
}
