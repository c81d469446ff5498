import SyncCore

/// Somebody's log in hand: writes lines as a device would, and signs what it is told to.
struct Scribe: Sendable {
    let diary: DiaryID
    let key: SigningKey
    let nonce: Nonce
    let replica: ReplicaID
    var tip: Position?
    private var written: UInt8 = 0

    /// The log of the person with this number; the same octets every time.
    init?(_ diary: DiaryID, number: UInt8) {
        guard let key = SigningKey(seed: [UInt8](repeating: number, count: 32)),
            let nonce = Nonce(octets: [UInt8](repeating: number, count: 16))
        else { return nil }
        self.diary = diary
        self.key = key
        self.nonce = nonce
        replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
    }

    var introduction: Envelope.Introduction { .init(key: key.publicKey, nonce: nonce) }

    mutating func introduce(_ label: String) throws -> EventLine {
        try write(
            .begins(kind: Vocabulary.replicaKind), set: ["label": .string(label)],
            introduction: introduction)
    }

    mutating func begin(_ kind: String, _ set: JSONObject) throws -> EventLine {
        try write(.begins(kind: kind), set: set)
    }

    mutating func amend(
        _ entry: EventLine, seeing context: [EventLine], _ set: JSONObject
    ) throws -> EventLine {
        try write(.entry(entry.position), context: context.map(\.position), set: set)
    }

    mutating func write(
        _ subject: Envelope.Subject, context: [Position] = [], set: JSONObject,
        introduction: Envelope.Introduction? = nil
    ) throws -> EventLine {
        let line = try EventLine.write(
            envelope(subject, context: context, fields: set.keys, introduction: introduction),
            body: body(set), diary: diary)
        tip = line.position
        return line
    }

    /// The envelope of the next line; its body's hash is not that of any body yet.
    mutating func envelope(
        _ subject: Envelope.Subject, context: [Position], fields: [String],
        introduction: Envelope.Introduction? = nil
    ) throws -> Envelope {
        guard let hash = BodyHash(octets: [UInt8](repeating: 0, count: 32)) else {
            throw Broken("32 octets are no hash")
        }
        written &+= 1
        return Envelope(
            at: Timestamp(milliseconds: 1_774_775_645_000 + Int64(written) * 60_000, offset: 60),
            body: hash, context: context, subject: subject, fields: fields, prev: tip?.id,
            replica: replica, seq: (tip?.seq ?? 0) + 1, introduction: introduction)
    }

    func body(_ set: JSONObject) throws -> Body {
        guard let salt = Salt(octets: [UInt8](repeating: written, count: 16)) else {
            throw Broken("16 octets are no salt")
        }
        return Body(salt: salt, set: set)
    }

    func head(_ position: Position) -> Head {
        Head(position: position, signature: key.sign(.head(diary, position)))
    }

    /// These lines under a head at the last of them.
    func section(_ lines: EventLine...) -> Section {
        Section(
            lines: lines.map(\.bytes), heads: lines.last.map { [head($0.position)] } ?? [])
    }
}
