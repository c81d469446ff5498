public import DiaryStore
public import SyncCore

/// Joins a clinic: compares its key, sends the code only then, and brings this device's introduction.
public struct EnrolmentClient: Sendable {
    private let transport: HTTPTransport

    public init(transport: HTTPTransport) { self.transport = transport }

    /// Who a clinic says it is. The key has to be compared with the letter before anything is sent.
    public struct ClinicIdentity: Sendable, Equatable {
        public let key: PublicKey
        public let name: String
        /// The versions of the protocol it speaks.
        public let versions: [Int64]
    }

    /// What a code opened.
    public struct Start: Sendable, Equatable {
        public let challenge: Challenge
        /// The patient's diary at the clinic, if there is one.
        public let diary: DiaryID?
    }

    /// Asks who the clinic is.
    public func identity() async throws -> ClinicIdentity {
        let json = try await exchange("/v1/clinic", body: nil)
        guard let key = json["key"]?.stringValue.flatMap({ PublicKey($0) }),
            let name = json["name"]?.stringValue,
            let versions = json["versions"]?.arrayValue?.compactMap(\.integerValue)
        else { throw TransportFailure.notTheClinic(status: 200) }
        return ClinicIdentity(key: key, name: name, versions: versions)
    }

    /// Sends the code. The caller has compared the clinic's key before.
    public func start(code: String) async throws -> Start {
        let body: JSONValue = ["code": .string(code)]
        let json = try await exchange(
            "/v1/enrol/start", body: (.json, body.canonicalBytes))
        guard let challenge = json["challenge"]?.stringValue.flatMap({ Challenge($0) }) else {
            throw TransportFailure.notTheClinic(status: 200)
        }
        return Start(
            challenge: challenge, diary: json["diary"]?.stringValue.flatMap { DiaryID($0) })
    }

    /// Brings the introduction of this device's first replica and proves that the present one is here.
    ///
    /// - Returns: the token for this device and diary.
    public func finish(
        _ start: Start, clinic: PublicKey, label: String, diary: DiaryID, in database: DiaryDatabase
    ) async throws -> String {
        let message = try database.read {
            try Self.finishMessage(
                start, clinic: clinic, label: label, diary: diary, in: $0)
        }
        let json = try await exchange("/v1/enrol/finish", body: (.ndjson, message))
        guard let token = json["token"]?.stringValue, (16...128).contains(token.utf8.count) else {
            throw TransportFailure.notTheClinic(status: 200)
        }
        return token
    }

    private func exchange(
        _ path: String, body: (type: HTTPTransport.BodyType, bytes: [UInt8])?
    ) async throws -> JSONValue {
        let bytes = try await transport.send(
            .init(path: path, body: body, token: nil, answer: .json))
        guard let json = try? JSONValue(canonical: bytes) else {
            throw TransportFailure.notTheClinic(status: 200)
        }
        return json
    }
}

/// Why a device cannot bring its diary.
public enum EnrolmentFailure: Error, Equatable, Sendable {
    /// This store has written nothing in that diary yet.
    case noIntroduction
}

extension EnrolmentClient {
    /// The header line and one section, as `protocol.md` describes them.
    static func finishMessage(
        _ start: Start, clinic: PublicKey, label: String, diary: DiaryID,
        in transaction: DiaryTransaction
    ) throws -> [UInt8] {
        guard let log = try transaction.ownLog(in: diary) else {
            throw EnrolmentFailure.noIntroduction
        }
        let chain = try chain(to: log.replica, in: transaction.events(in: diary))
        guard let first = chain.first, let key = try transaction.ownKeys(in: diary)[first.envelope.replica]
        else { throw EnrolmentFailure.noIntroduction }
        let signature = log.key.sign(
            .enrolment(
                clinic: clinic, diary: diary, replica: log.replica, challenge: start.challenge))
        var header: JSONObject = [
            "challenge": .string(start.challenge.text), "diary": .string(diary.text), "enrol": 1,
            "label": .string(label), "replica": .string(log.replica.text),
            "signature": .string(signature.text),
        ]
        if chain.count > 1 {
            header["chain"] = .array(
                chain.dropFirst().compactMap { line in
                    line.envelope.introduction.map { introduction in
                        var link: JSONObject = [
                            "key": .string(introduction.key.text),
                            "nonce": .string(introduction.nonce.text),
                        ]
                        link["continues"] = introduction.continues?.json
                        return .object(link)
                    }
                })
        }
        let head = Head(
            position: first.position, signature: key.sign(.head(diary, first.position)))
        let newline = [UInt8(ascii: "\n")]
        return JSONValue.object(header).canonicalBytes + newline + first.bytes + newline
            + Section.headsLine([head]) + newline
    }

    /// The introductions of this device, from its first replica to the present one.
    private static func chain(
        to replica: ReplicaID, in store: SQLiteEventStore
    ) throws -> [EventLine] {
        let introductions = try store.events(ofKind: "replica").map(\.line)
            .filter { $0.envelope.introduction != nil }
        var chain: [EventLine] = []
        var next: ReplicaID? = replica
        while let wanted = next, chain.count <= introductions.count,
            let line = introductions.first(where: { $0.envelope.replica == wanted })
        {
            chain.insert(line, at: 0)
            next = line.envelope.introduction?.continues?.position.replica
        }
        return chain
    }
}
