/// One event as it is hashed, stored and sent: a line of canonical JSON, and what its envelope says.
///
/// The bytes are never made again from what was understood of them, so what a newer version wrote
/// passes through this one unharmed. A value of this type is well formed by itself: the envelope's
/// members fit together, the replica's name is that of its key, and a body that is there matches its
/// hash. Whether it fits what lies below it is `SectionIntake`'s question.
public struct EventLine: Sendable, Hashable {
    /// The most bytes a line may have, its newline not counted: 256 KiB.
    public static let lengthLimit = 256 * 1024

    /// The line without its newline.
    public let bytes: [UInt8]
    public let envelope: Envelope
    /// The SHA-256 of the envelope's bytes.
    public let id: EventID
    public let content: Content
    /// Where the envelope's bytes stand in `bytes`.
    private let envelopeRange: Range<Int>

    /// What stands beside the envelope.
    public enum Content: Sendable, Hashable {
        /// The body's place in the line's bytes.
        case body(Range<Int>)
        /// The clinic's signature in place of an erased body.
        case erased(Signature)
    }

    public var position: Position {
        Position(replica: envelope.replica, seq: envelope.seq, id: id)
    }

    /// The position of the event that began this event's entry: perhaps its own.
    public var entry: Position {
        if case .entry(let position) = envelope.subject { position } else { position }
    }

    /// The body, or nil where it was erased.
    public var body: Body? {
        guard case .body(let range) = content,
            let json = try? JSONValue(canonical: Array(bytes[range]))
        else { return nil }
        return Body(json: json)
    }

    public var isErased: Bool { if case .erased = content { true } else { false } }

    public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension EventLine {
    /// Reads one line of a diary, without its newline.
    ///
    /// - Throws: the first thing that is wrong with it.
    public init(_ bytes: [UInt8], diary: DiaryID) throws(MalformedLine) {
        guard bytes.count <= Self.lengthLimit else { throw .tooLong }
        var scanner = CanonicalJSONScanner(bytes)
        let part: (content: Content, set: [String]?)
        do {
            part = try Self.scanContent(&scanner)
            try scanner.expect(",\"event\":")
        } catch { throw .json(error) }
        let start = scanner.index
        let envelope = try EnvelopeReader.read(&scanner)
        let envelopeRange = start..<scanner.index
        do {
            try scanner.leaveLine()
            try scanner.expectEnd()
        } catch { throw .json(error) }

        if let introduction = envelope.introduction {
            let replica = ReplicaID(
                diary: diary, key: introduction.key, nonce: introduction.nonce)
            guard replica == envelope.replica else { throw .foreignReplica }
        }
        if case .body(let range) = part.content {
            guard let set = part.set else { throw .bodyMembers }
            guard envelope.fields == set else { throw .fieldsDiffer }
            guard SHA256Hash.octets(of: bytes[range]) == envelope.body.octets else {
                throw .bodyHash
            }
        }
        self.init(
            bytes: bytes, envelope: envelope, id: Self.id(of: bytes[envelopeRange]),
            content: part.content, envelopeRange: envelopeRange)
    }

    private static func id(of envelope: ArraySlice<UInt8>) -> EventID {
        guard let id = EventID(octets: SHA256Hash.octets(of: envelope)) else {
            preconditionFailure("a SHA-256 has 32 octets")
        }
        return id
    }

    /// Steps over `{"body":…` or `{"erased":…`; of a body, the names it sets, if it is one.
    private static func scanContent(
        _ scanner: inout CanonicalJSONScanner
    ) throws(CanonicalJSONError) -> (content: Content, set: [String]?) {
        try scanner.enterLine()
        try scanner.expect("\"")
        guard try scanner.peek() == UInt8(ascii: "b") else {
            try scanner.expect("erased\":")
            return (.erased(try scanner.scanIdentifier(Signature.self)), nil)
        }
        try scanner.expect("body\":")
        let start = scanner.index
        var hasSalt = false
        var set: [String]?
        try scanner.scanObject { (scanner, key) throws(CanonicalJSONError) in
            switch String(decoding: scanner.bytes[key], as: UTF8.self) {
            case "salt":
                _ = try scanner.scanIdentifier(Salt.self)
                hasSalt = true
            case "set":
                var names: [String] = []
                try scanner.scanObject { (scanner, name) throws(CanonicalJSONError) in
                    names.append(String(decoding: scanner.bytes[name], as: UTF8.self))
                    try scanner.skipValue()
                }
                set = names
            default: try scanner.skipValue()
            }
        }
        return (.body(start..<scanner.index), hasSalt ? set : nil)
    }

    /// Writes a new event.
    ///
    /// - Throws: `MalformedLine` if its parts do not make a line that every peer takes.
    public static func write(
        _ envelope: Envelope, body: Body, diary: DiaryID
    ) throws(MalformedLine) -> EventLine {
        var envelope = envelope
        let body = body.json.canonicalBytes
        guard let hash = BodyHash(octets: SHA256Hash.octets(of: body)) else {
            preconditionFailure("a SHA-256 has 32 octets")
        }
        envelope.body = hash
        let text = [
            Array("{\"body\":".utf8), body, Array(",\"event\":".utf8),
            envelope.json.canonicalBytes, Array("}".utf8),
        ]
        return try EventLine(Array(text.joined()), diary: diary)
    }

    /// This line with the clinic's signature in place of its body.
    public func erased(by signature: Signature) -> EventLine {
        let text = [
            Array("{\"erased\":\"\(signature.text)\",\"event\":".utf8),
            Array(bytes[envelopeRange]), Array("}".utf8),
        ]
        let bytes = Array(text.joined())
        let start = bytes.count - 1 - envelopeRange.count
        return EventLine(
            bytes: bytes, envelope: envelope, id: id, content: .erased(signature),
            envelopeRange: start..<(bytes.count - 1))
    }
}

extension CanonicalJSONScanner {
    fileprivate mutating func enterLine() throws(Failure) { try enterBracket("{") }
    fileprivate mutating func leaveLine() throws(Failure) { try leaveBracket("}") }
}
