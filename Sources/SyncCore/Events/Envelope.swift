/// The part of an event that stays for ever: codes and positions, no words.
///
/// Its bytes are hashed to the event's id, so it commits to its predecessor, to its body and to what
/// its writer had seen of the entry.
public struct Envelope: Hashable, Sendable {
    /// When it was written, by the device's clock.
    public var at: Timestamp
    /// The entry of kind `person` of who wrote it; nil until there is one.
    public var author: EntryID?
    /// The hash of the body's bytes.
    public var body: BodyHash
    /// For each log the last event of this entry that the writer had seen.
    public var context: [Position]
    /// Which entry this is about.
    public var subject: Subject
    /// The names of the fields set, sorted.
    public var fields: [String]
    /// The event before this one on its log; nil at seq 1.
    public var prev: EventID?
    public var replica: ReplicaID
    public var seq: Int
    /// What only the first event of a log has.
    public var introduction: Introduction?

    /// The entry an event is about: one that it begins, or one begun before.
    public enum Subject: Hashable, Sendable {
        case begins(kind: String)
        case entry(Position)
    }

    /// The further members of seq 1: who writes this log.
    public struct Introduction: Hashable, Sendable {
        public let key: PublicKey
        public let nonce: Nonce
        /// From where this replica goes on, after a restore or a copy.
        public let continues: Continuation?

        public init(key: PublicKey, nonce: Nonce, continues: Continuation? = nil) {
            self.key = key
            self.nonce = nonce
            self.continues = continues
        }
    }

    public init(
        at: Timestamp, author: EntryID? = nil, body: BodyHash, context: [Position],
        subject: Subject, fields: [String], prev: EventID?, replica: ReplicaID, seq: Int,
        introduction: Introduction? = nil
    ) {
        self.at = at
        self.author = author
        self.body = body
        self.context = context
        self.subject = subject
        self.fields = fields
        self.prev = prev
        self.replica = replica
        self.seq = seq
        self.introduction = introduction
    }
}

extension Envelope {
    /// The kind of the entry that this event begins.
    public var kind: String? { if case .begins(let kind) = subject { kind } else { nil } }

    /// The envelope's canonical JSON; its bytes are hashed to the event's id.
    public var json: JSONValue {
        var object: JSONObject = [
            "at": at.json,
            "body": .string(body.text),
            "context": .array(context.sorted().map(\.json)),
            "fields": .array(fields.map(JSONValue.string)),
            "replica": .string(replica.text),
            "seq": .integer(Int64(seq)),
        ]
        if let author { object["author"] = .string(author.text) }
        switch subject {
        case .begins(let kind): object["kind"] = .string(kind)
        case .entry(let position): object["entry"] = position.json
        }
        if let prev { object["prev"] = .string(prev.text) }
        if let introduction {
            object["key"] = .string(introduction.key.text)
            object["nonce"] = .string(introduction.nonce.text)
            object["continues"] = introduction.continues?.json
        }
        return .object(object)
    }
}
