/// The members of an envelope while it is being read.
struct EnvelopeReader {
    private var at: Timestamp?
    private var author: EntryID?
    private var body: BodyHash?
    private var context: [Position]?
    private var entry: Position?
    private var fields: [String]?
    private var kind: String?
    private var prev: EventID?
    private var replica: ReplicaID?
    private var seq: Int?
    /// The octets of `key`, which may be no key.
    private var key: [UInt8]?
    private var nonce: Nonce?
    private var continues: Continuation?

    typealias Failure = CanonicalJSONError

    /// Reads the envelope at the cursor; members it does not know are stepped over.
    static func read(_ scanner: inout CanonicalJSONScanner) throws(MalformedLine) -> Envelope {
        var reader = EnvelopeReader()
        do {
            try scanner.scanObject { (scanner, key) throws(Failure) in
                try reader.readMember(key, &scanner)
            }
        } catch { throw .json(error) }
        return try reader.envelope()
    }

    private mutating func readMember(
        _ name: Range<Int>, _ scanner: inout CanonicalJSONScanner
    ) throws(Failure) {
        switch String(decoding: scanner.bytes[name], as: UTF8.self) {
        case "at": at = try scanner.scanTimestamp()
        case "author": author = try scanner.scanIdentifier(EntryID.self)
        case "body": body = try scanner.scanIdentifier(BodyHash.self)
        case "context": context = try scanner.scanClock()
        case "continues":
            let (position, signature) = try scanner.scanSignedPosition()
            continues = Continuation(position: position, signature: signature)
        case "entry": entry = try scanner.scanPosition()
        case "fields": fields = try scanner.scanFieldNames()
        case "key": key = try scanner.scanOctets(PublicKey.octetCount)
        case "kind": kind = try scanner.scanFieldName()
        case "nonce": nonce = try scanner.scanIdentifier(Nonce.self)
        case "prev": prev = try scanner.scanIdentifier(EventID.self)
        case "replica": replica = try scanner.scanIdentifier(ReplicaID.self)
        case "seq": seq = try scanner.scanSeq()
        default: try scanner.skipValue()
        }
    }

    /// What the members say together, if they fit together.
    private func envelope() throws(MalformedLine) -> Envelope {
        guard let at, let body, let context, let fields, let replica, let seq else {
            throw .missingMember
        }
        let subject: Envelope.Subject
        switch (kind, entry) {
        case (let kind?, nil): subject = .begins(kind: kind)
        case (nil, let entry?): subject = .entry(entry)
        default: throw .neitherOrBothOfKindAndEntry
        }
        if kind != nil, !context.isEmpty { throw .contextOfAnEntryNotYetBegun }
        return Envelope(
            at: at, author: author, body: body, context: context, subject: subject, fields: fields,
            prev: prev, replica: replica, seq: seq, introduction: try introduction(seq: seq))
    }

    private func introduction(seq: Int) throws(MalformedLine) -> Envelope.Introduction? {
        guard seq == 1 else {
            guard prev != nil, key == nil, nonce == nil, continues == nil,
                kind != Vocabulary.replicaKind
            else { throw .introductionMembers }
            return nil
        }
        guard prev == nil, let key, let nonce, kind == Vocabulary.replicaKind else {
            throw .introductionMembers
        }
        guard let key = PublicKey(octets: key) else { throw .weakKey }
        return Envelope.Introduction(key: key, nonce: nonce, continues: continues)
    }
}

extension CanonicalJSONScanner {
    mutating func scanFieldName() throws(Failure) -> String {
        let (content, hasEscapes) = try skipString()
        guard !hasEscapes, FieldName.isWellFormed(bytes[content]) else {
            throw Failure(offset: content.lowerBound, reason: .unexpectedByte)
        }
        return String(decoding: bytes[content], as: UTF8.self)
    }

    /// Names in strictly ascending order.
    mutating func scanFieldNames() throws(Failure) -> [String] {
        var names: [String] = []
        try scanArray { (scanner) throws(Failure) in
            let start = scanner.index
            let name = try scanner.scanFieldName()
            if let last = names.last, !last.utf8.lexicographicallyPrecedes(name.utf8) {
                throw Failure(offset: start, reason: .keysOutOfOrder)
            }
            names.append(name)
        }
        return names
    }
}
