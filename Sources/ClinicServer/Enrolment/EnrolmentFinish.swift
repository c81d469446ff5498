internal import SyncCore

/// What a device sends to finish joining: who it is, proved with the challenge, and its introduction.
///
/// Reading checks everything that needs no store: that replica ids derive from diary, key and nonce,
/// that each replica of the chain was continued by the one before, and that the present one signed.
struct EnrolmentFinish: Sendable {
    let diary: DiaryID
    let challenge: Challenge
    let label: String
    /// The introduction of the device's first replica, with its head.
    let section: Section
    let introduction: EventLine
    let firstKey: PublicKey
    let firstNonce: Nonce
    /// What a clinic of this key once signed for this device; checked only where it is needed.
    let member: Signature?
    /// Further diaries that the device would join with the same code.
    let further: [DiaryID]

    static let chainLimit = 500
    static let labelLimit = 200
    static let furtherLimit = 16
    /// Of the whole body: a longest line, and as much again for the longest chain and the rest.
    static let lengthLimit = 2 * EventLine.lengthLimit

    /// What `member` is a signature over.
    var membership: SignedText {
        .membership(diary, firstReplica: introduction.envelope.replica)
    }

    /// - Throws: `ProblemAnswer`.
    init(_ bytes: [UInt8], clinic: PublicKey) throws {
        guard bytes.last == UInt8(ascii: "\n") else { throw ProblemAnswer(.malformed) }
        let lines = bytes.dropLast().split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map(Array.init)
        guard lines.count == 3 else { throw ProblemAnswer(.malformed) }
        let header = try Self.object(lines[0])
        guard let version = header["enrol"]?.integerValue else { throw ProblemAnswer(.malformed) }
        guard version == SyncLimits.version else { throw ProblemAnswer(.version) }
        guard let diary = DiaryID(member: "diary", of: header),
            let challenge = Challenge(member: "challenge", of: header),
            let replica = ReplicaID(member: "replica", of: header),
            let signature = Signature(member: "signature", of: header),
            let label = header["label"]?.stringValue, label.utf8.count <= Self.labelLimit
        else { throw ProblemAnswer(.malformed) }
        self.diary = diary
        self.challenge = challenge
        self.label = label
        member = Signature(member: "member", of: header)
        guard member != nil || header["member"] == nil else { throw ProblemAnswer(.malformed) }
        further = try Self.further(header["further"])
        introduction = try Self.introduction(lines[1], diary: diary)
        guard let first = introduction.envelope.introduction, first.continues == nil else {
            throw ProblemAnswer(.malformed)
        }
        firstKey = first.key
        firstNonce = first.nonce
        section = Section(lines: [lines[1]], heads: try Self.heads(lines[2]))

        let present = try Self.present(
            from: (introduction.envelope.replica, first.key), chain: header["chain"], diary: diary)
        guard present.replica == replica else { throw ProblemAnswer(.malformed) }
        let text = SignedText.enrolment(
            clinic: clinic, diary: diary, replica: replica, challenge: challenge)
        guard present.key.verifies(signature, over: text) else {
            throw ProblemAnswer(.wrongChallenge)
        }
    }

    private static func object(_ bytes: [UInt8]) throws -> JSONObject {
        guard let object = (try? JSONValue(canonical: bytes))?.objectValue else {
            throw ProblemAnswer(.malformed)
        }
        return object
    }

    private static func introduction(_ bytes: [UInt8], diary: DiaryID) throws -> EventLine {
        do throws(MalformedLine) {
            let line = try EventLine(bytes, diary: diary)
            if !line.isErased { return line }
        } catch {
            if error == .weakKey { throw ProblemAnswer(.weakKey) }
        }
        throw ProblemAnswer(.malformed)
    }

    private static func key(of object: JSONObject) throws -> PublicKey {
        guard let text = object["key"]?.stringValue,
            let octets = Base64URL.decode(Array(text.utf8), octetCount: PublicKey.octetCount)
        else { throw ProblemAnswer(.malformed) }
        guard let key = PublicKey(octets: octets) else { throw ProblemAnswer(.weakKey) }
        return key
    }

    /// Follows the chain from the first replica to the one that speaks now.
    private static func present(
        from first: (replica: ReplicaID, key: PublicKey), chain: JSONValue?, diary: DiaryID
    ) throws -> (replica: ReplicaID, key: PublicKey) {
        var present = first
        guard let chain else { return present }
        guard let links = chain.arrayValue, links.count <= chainLimit else {
            throw ProblemAnswer(.malformed)
        }
        for link in links {
            guard let link = link.objectValue, let nonce = Nonce(member: "nonce", of: link),
                let (position, signature) = signedPosition(link["continues"]),
                position.replica == present.replica
            else { throw ProblemAnswer(.malformed) }
            let key = try key(of: link)
            let replica = ReplicaID(diary: diary, key: key, nonce: nonce)
            let text = SignedText.continuation(diary, from: position, to: replica)
            guard present.key.verifies(signature, over: text) else {
                throw ProblemAnswer(.wrongChallenge)
            }
            present = (replica, key)
        }
        return present
    }

    private static func further(_ json: JSONValue?) throws -> [DiaryID] {
        guard let json else { return [] }
        guard let items = json.arrayValue, items.count <= furtherLimit else {
            throw ProblemAnswer(.malformed)
        }
        return try items.map { item in
            guard let diary = item.stringValue.flatMap({ DiaryID($0) }) else {
                throw ProblemAnswer(.malformed)
            }
            return diary
        }
    }

    private static func heads(_ bytes: [UInt8]) throws -> [Head] {
        guard let items = try object(bytes)["heads"]?.arrayValue, items.count == 1 else {
            throw ProblemAnswer(.malformed)
        }
        return try items.map { item in
            guard let (position, signature) = signedPosition(item) else {
                throw ProblemAnswer(.malformed)
            }
            return Head(position: position, signature: signature)
        }
    }

    private static func signedPosition(_ json: JSONValue?) -> (Position, Signature)? {
        guard let items = json?.arrayValue, items.count == 4,
            let position = Position(json: .array(Array(items.prefix(3)))),
            let signature = items[3].stringValue.flatMap({ Signature($0) })
        else { return nil }
        return (position, signature)
    }
}

extension OpaqueIdentifier {
    /// The value of a member that is its text.
    fileprivate init?(member: String, of object: JSONObject) {
        guard let text = object[member]?.stringValue else { return nil }
        self.init(text)
    }
}
