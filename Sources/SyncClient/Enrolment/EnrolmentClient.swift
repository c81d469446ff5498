public import DiaryStore
public import SyncCore

/// Joins this device to a clinic: key shown, code sent, device introduced, link kept.
///
/// The person compares the key's fingerprint with the letter *before* the code leaves the device, so
/// whoever else answers at that address learns nothing. Everything until the end can be begun again:
/// a diary and an introduction that were made on the way are used by the next attempt.
public struct EnrolmentClient: Sendable {
    public let database: DiaryDatabase
    private let timeoutSeconds: Int
    private static let json = "application/json"
    private static let ndjson = "application/x-ndjson"

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
        /// What this device calls the diary.
        public var diaryName: String
        /// What the device is called.
        public var label: String
        public var at: Timestamp

        public init(
            address: ClinicAddress, insecureHTTP: Bool = false, authority: TrustedAuthority? = nil,
            code: String, diary: DiaryID? = nil, diaryName: String, label: String, at: Timestamp
        ) {
            self.address = address
            self.insecureHTTP = insecureHTTP
            self.authority = authority
            self.code = code
            self.diary = diary
            self.diaryName = diaryName
            self.label = label
            self.at = at
        }
    }

    /// What came of it.
    public struct Joined: Sendable, Equatable {
        public let diary: DiaryID
        public let clinic: Introduction
        /// The clinic had a diary of this patient before.
        public let hadDiary: Bool
        /// The patient's diary there, where this device brought one of its own beside it.
        public let otherDiary: DiaryID?
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
        let finish = identity.finish(
            challenge: start.challenge, clinic: clinic.key, label: wish.label)
        let answer = try object(
            await transport.post(
                "/v1/enrol/finish", finish, type: Self.ndjson, accept: Self.json))
        guard answer["diary"]?.stringValue == identity.diary.text,
            let token = answer["token"]?.stringValue, token.utf8.count == 43
        else { throw EnrolmentError.notAClinic }
        try database.write { transaction in
            try transaction.pin(clinic.key, in: identity.diary)
            try ClinicLink(
                address: wish.address.text, name: clinic.name, key: clinic.key, token: token,
                allowsInsecureHTTP: wish.insecureHTTP, authority: wish.authority
            ).keep(for: identity.diary, in: transaction)
        }
        return Joined(
            diary: identity.diary, clinic: clinic, hadDiary: start.diary != nil,
            otherDiary: start.diary == identity.diary ? nil : start.diary)
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
