import ClinicServer
import SyncCore
import TestSupport
import Testing

/// A device that joins by hand, so that every part of what it sends can be another's.
struct RawJoining {
    let diary: DiaryID
    let nonce: Nonce
    let introduction: EventLine
    private let first: SigningKey
    private(set) var present: (replica: ReplicaID, key: SigningKey)
    /// The replicas after the first.
    var chain: [JSONValue] = []
    var member: Signature?
    var further: [DiaryID] = []
    var headCount = 1
    /// Instead of the present replica.
    var replica: ReplicaID?

    /// - Parameter diary: the diary to join; a new one of its own if nil.
    init(diary: DiaryID? = nil) throws {
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let diary = diary ?? DiaryID(founder: key.publicKey, nonce: nonce)
        let replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
        let envelope = Envelope(
            at: .test, author: nil,
            body: try #require(BodyHash(octets: [UInt8](repeating: 0, count: 32))), context: [],
            subject: .begins(kind: Vocabulary.replicaKind), fields: ["label"], prev: nil,
            replica: replica, seq: 1,
            introduction: .init(key: key.publicKey, nonce: nonce, continues: nil))
        let body = Body(
            about: [:], salt: .random(using: &generator), set: ["label": "by hand"])
        introduction = try EventLine.write(envelope, body: body, diary: diary)
        self.diary = diary
        self.nonce = nonce
        first = key
        present = (replica, key)
    }

    var firstReplica: ReplicaID { introduction.envelope.replica }

    /// One more replica, as a device that was put back goes on.
    ///
    /// - Parameters:
    ///   - replica: whose position is continued, if not the present one's.
    ///   - key: who signs that, if not the present one.
    mutating func goOn(
        continuing replica: ReplicaID? = nil, signedBy key: SigningKey? = nil
    ) {
        var generator = SystemRandomNumberGenerator()
        let new = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let named = ReplicaID(diary: diary, key: new.publicKey, nonce: nonce)
        let from = Position(
            replica: replica ?? present.replica, seq: 1, id: introduction.position.id)
        let signature = (key ?? present.key).sign(.continuation(diary, from: from, to: named))
        let position = from.json.arrayValue ?? []
        chain.append([
            "continues": .array(position + [.string(signature.text)]),
            "key": .string(new.publicKey.text), "nonce": .string(nonce.text),
        ])
        present = (named, new)
    }

    func body(_ challenge: Challenge, _ clinic: PublicKey) -> [UInt8] {
        let text = SignedText.enrolment(
            clinic: clinic, diary: diary, replica: replica ?? present.replica,
            challenge: challenge)
        var header: JSONObject = [
            "challenge": .string(challenge.text), "diary": .string(diary.text), "enrol": 1,
            "label": "by hand", "replica": .string((replica ?? present.replica).text),
            "signature": .string(present.key.sign(text).text),
        ]
        if !chain.isEmpty { header["chain"] = .array(chain) }
        if let member { header["member"] = .string(member.text) }
        if !further.isEmpty { header["further"] = .array(further.map { .string($0.text) }) }
        let position = introduction.position
        let head = Head(position: position, signature: first.sign(.head(diary, position)))
        let lines = [
            JSONValue.object(header).canonicalBytes, introduction.bytes,
            Section.headsLine(Array(repeating: head, count: headCount)),
        ]
        return lines.flatMap { $0 + [10] }
    }

    /// Sends `finish` with this challenge.
    func finish(_ challenge: Challenge, _ clinic: TestClinic) async throws -> RawHTTP.Answer {
        try await RawHTTP.post(
            "/v1/enrol/finish", body(challenge, clinic.clinic.key.publicKey),
            type: "application/x-ndjson", port: clinic.port)
    }

    /// Both requests, with a new code of a patient.
    func join(_ clinic: TestClinic, patient: String = "P01") async throws -> RawHTTP.Answer {
        try await finish(clinic.challenge(patient: patient), clinic)
    }
}

extension TestClinic {
    /// A challenge for a code, a new one if none is given.
    func challenge(patient: String = "P01", code: String? = nil) async throws -> Challenge {
        let code = try code ?? self.code(for: patient)
        let answer = try await RawHTTP.post(
            "/v1/enrol/start", Array("{\"code\":\"\(code)\"}".utf8), type: "application/json",
            port: port)
        let json = try JSONValue(canonical: answer.body)
        return try #require(json["challenge"]?.stringValue.flatMap { Challenge($0) })
    }
}

extension RawHTTP.Answer {
    /// The name of the problem; nil after success.
    var problem: String? {
        let json = try? JSONValue(canonical: body)
        return json?["type"]?.stringValue?.split(separator: ":").last.map(String.init)
    }

    /// Each further diary with its challenge.
    var further: [(diary: DiaryID, challenge: Challenge)] {
        let json = try? JSONValue(canonical: body)
        return (json?["further"]?.arrayValue ?? []).compactMap { item in
            guard let diary = item["diary"]?.stringValue.flatMap({ DiaryID($0) }),
                let challenge = item["challenge"]?.stringValue.flatMap({ Challenge($0) })
            else { return nil }
            return (diary, challenge)
        }
    }
}
