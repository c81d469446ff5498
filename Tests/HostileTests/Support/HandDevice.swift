import ClinicServer
import SyncCore
import TestSupport
import Testing

/// A device that has joined and writes its lines and requests by hand, good ones and bad ones.
struct HandDevice: Sendable {
    let diary: DiaryID
    let key: SigningKey
    let replica: ReplicaID
    private(set) var token = ""
    let introduction: EventLine
    /// The last event the clinic holds of it.
    var tip: Position

    /// Joins as the founder of a diary, or in the one that the clinic names.
    static func join(code: String, label: String = "laptop", port: Int) async throws -> HandDevice {
        var generator = SystemRandomNumberGenerator()
        let about = try JSONValue(canonical: await RawHTTP.get("/v1/clinic", port: port).body)
        let clinic = try #require(about["key"]?.stringValue.flatMap { PublicKey($0) })
        let start = try await RawHTTP.post(
            "/v1/enrol/start", Array("{\"code\":\"\(code)\"}".utf8), type: "application/json",
            port: port)
        guard start.status == 200 else { throw Unexpected("code: \(start.summary)") }
        let begun = try JSONValue(canonical: start.body)
        let challenge = try #require(begun["challenge"]?.stringValue.flatMap { Challenge($0) })
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let diary =
            begun["diary"]?.stringValue.flatMap { DiaryID($0) }
            ?? DiaryID(founder: key.publicKey, nonce: nonce)
        var device = try HandDevice(diary: diary, key: key, nonce: nonce, label: label)
        let replica = device.replica
        let introduction = device.introduction
        let proof = key.sign(
            .enrolment(clinic: clinic, diary: diary, replica: replica, challenge: challenge))
        let header: JSONObject = [
            "challenge": .string(challenge.text), "diary": .string(diary.text), "enrol": 1,
            "label": .string(label), "replica": .string(replica.text),
            "signature": .string(proof.text),
        ]
        let head = Head(
            position: introduction.position,
            signature: key.sign(.head(diary, introduction.position)))
        let newline: [UInt8] = [0x0A]
        let body =
            JSONValue.object(header).canonicalBytes + newline + introduction.bytes + newline
            + Section.headsLine([head]) + newline
        let finish = try await RawHTTP.post("/v1/enrol/finish", body, port: port)
        guard finish.status == 200 else { throw Unexpected("join: \(finish.summary)") }
        device.token = try #require(JSONValue(canonical: finish.body)["token"]?.stringValue)
        return device
    }

    /// A device whose introduction the clinic does not hold yet.
    static func unknown(in diary: DiaryID, token: String) throws -> HandDevice {
        var generator = SystemRandomNumberGenerator()
        var device = try HandDevice(
            diary: diary, key: .random(using: &generator), nonce: .random(using: &generator),
            label: "tablet")
        device.token = token
        return device
    }

    private init(diary: DiaryID, key: SigningKey, nonce: Nonce, label: String) throws {
        var generator = SystemRandomNumberGenerator()
        self.diary = diary
        self.key = key
        replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
        let set: JSONObject = ["label": .string(label)]
        introduction = try EventLine.write(
            Envelope(
                at: Timestamp(milliseconds: 1_774_775_645_000, offset: 60),
                body: BodyHash.random(using: &generator), context: [],
                subject: .begins(kind: "replica"), fields: set.keys, prev: nil, replica: replica,
                seq: 1, introduction: .init(key: key.publicKey, nonce: nonce)),
            body: Body(salt: Salt.random(using: &generator), set: set), diary: diary)
        tip = introduction.position
    }

    // MARK: Lines

    /// The next line of this device's log, changed as asked.
    func line(
        after prev: Position? = nil, set: JSONObject = ["text": "at home"],
        _ change: (inout Envelope) -> Void = { _ in }
    ) throws -> EventLine {
        var generator = SystemRandomNumberGenerator()
        let prev = prev ?? tip
        var envelope = Envelope(
            at: Timestamp(milliseconds: 1_774_775_645_000, offset: 60),
            body: BodyHash.random(using: &generator), context: [], subject: .begins(kind: "note"),
            fields: set.keys, prev: prev.id, replica: replica, seq: prev.seq + 1)
        change(&envelope)
        return try EventLine.write(
            envelope, body: Body(salt: Salt.random(using: &generator), set: set), diary: diary)
    }

    /// As many good lines, each after the one before.
    func lines(_ count: Int, set: JSONObject = ["text": "at home"]) throws -> [EventLine] {
        var lines: [EventLine] = []
        for _ in 0..<count { lines.append(try line(after: lines.last?.position, set: set)) }
        return lines
    }

    func head(_ position: Position, key: SigningKey? = nil) -> Head {
        Head(position: position, signature: (key ?? self.key).sign(.head(diary, position)))
    }

    /// A section of these lines under a head of the last.
    func section(_ lines: [EventLine], key: SigningKey? = nil) -> Section {
        Section(
            lines: lines.map(\.bytes),
            heads: lines.last.map { [head($0.position, key: key)] } ?? [])
    }

    // MARK: Requests

    var path: String { "/v1/diaries/\(diary.text)/sync" }

    func request(_ sections: [Section] = [], frontier: [Position]? = nil) -> [UInt8] {
        SyncRequest(diary: diary, frontier: VectorClock(frontier ?? [tip]), sections: sections)
            .bytes
    }

    func post(_ body: [UInt8], port: Int) async throws -> RawHTTP.Answer {
        try await RawHTTP.post(path, body, token: token, port: port)
    }

    /// A whole request on the wire.
    func wire(_ body: [UInt8], length: Int? = nil) -> [UInt8] {
        let head = """
            POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r
            Authorization: Bearer \(token)\r\nContent-Length: \(length ?? body.count)\r\n\r\n
            """
        return Array(head.utf8) + body
    }

    /// Sends sections and reads the answer to a sync; anything but 200 fails.
    func sync(
        _ sections: [Section] = [], frontier: [Position]? = nil, port: Int
    ) async throws -> SyncAnswer {
        let answer = try await post(request(sections, frontier: frontier), port: port)
        guard answer.status == 200 else { throw Unexpected("sync: \(answer.summary)") }
        return try SyncAnswer(answer.body)
    }
}

extension RawHTTP.Answer {
    /// The status, and the name of the problem: `413 too-large`.
    var summary: String {
        guard status != 0 else { return "closed" }
        let problem = (try? JSONValue(canonical: body))?["type"]?.stringValue
            .flatMap { ProblemType(uri: $0) }
        return problem.map { "\(status) \($0.rawValue)" } ?? "\(status)"
    }

    func header(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingPrefix(" ").description }
    }
}

extension SyncAnswer {
    /// What became of the sections: `200, 0 taken, refused: malformed`.
    var summary: String {
        var words = "200, \(taken) taken"
        if let refused { words += ", refused: \(refused.type.rawValue)" }
        if !lacks.isEmpty { words += ", lacks \(lacks.positions.count)" }
        if frontier == nil { words += ", nothing read" }
        return words
    }
}
