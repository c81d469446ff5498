import SeededRandom
import SyncCore
import TestSupport

/// Somebody's log in hand: writes lines and heads as a device would, and as none should.
///
/// A value, so a copy of it is a fork: `fork` gives the copy other random octets.
struct Pen {
    let diary: DiaryID
    let key: SigningKey
    var nonce: Nonce
    var replica: ReplicaID
    var tip: Position?
    var random: SplitMix64
    /// The introduction, once written.
    private(set) var first: Position?

    init(_ diary: DiaryID = .test, key: SigningKey? = nil, seed: UInt64) {
        self.diary = diary
        random = SplitMix64(seed: seed)
        self.key = key ?? SigningKey.random(using: &random)
        nonce = Nonce.random(using: &random)
        replica = ReplicaID(diary: diary, key: self.key.publicKey, nonce: nonce)
    }

    /// A copy of this log that goes on by itself.
    func fork(seed: UInt64) -> Pen {
        var copy = self
        copy.random = SplitMix64(seed: seed)
        return copy
    }

    /// A new log that continues this one.
    func continued(seed: UInt64, key: SigningKey? = nil) throws -> (Pen, Continuation) {
        let pen = Pen(diary, key: key, seed: seed)
        guard let tip else { throw PenError.nothingToContinue }
        let text = SignedText.continuation(diary, from: tip, to: pen.replica)
        return (pen, Continuation(position: tip, signature: self.key.sign(text)))
    }

    enum PenError: Error { case nothingToContinue, noTip }

    // MARK: Lines

    mutating func introduce(
        continues: Continuation? = nil, set: JSONObject = ["label": "phone"]
    ) throws -> EventLine {
        let line = try write(
            .begins(kind: "replica"), set: set,
            introduction: .init(key: key.publicKey, nonce: nonce, continues: continues))
        first = line.position
        return line
    }

    mutating func begin(_ kind: String = "reaction", set: JSONObject) throws -> EventLine {
        try write(.begins(kind: kind), set: set)
    }

    mutating func amend(
        _ entry: EventLine, seeing context: [EventLine] = [], set: JSONObject,
        about: JSONObject = [:]
    ) throws -> EventLine {
        try write(
            .entry(entry.position), context: context.map(\.position), set: set, about: about)
    }

    mutating func write(
        _ subject: Envelope.Subject, context: [Position] = [], set: JSONObject,
        about: JSONObject = [:], introduction: Envelope.Introduction? = nil
    ) throws -> EventLine {
        let envelope = Envelope(
            at: Timestamp(milliseconds: Int64(random.below(1 << 40)), offset: 60),
            body: BodyHash.random(using: &random), context: context, subject: subject,
            fields: set.keys, prev: tip?.id, replica: replica, seq: (tip?.seq ?? 0) + 1,
            introduction: introduction)
        let body = Body(about: about, salt: Salt.random(using: &random), set: set)
        let line = try EventLine.write(envelope, body: body, diary: diary)
        tip = line.position
        return line
    }

    // MARK: Heads and sections

    func head(at position: Position) -> Head {
        Head(position: position, signature: key.sign(.head(diary, position)))
    }

    /// These lines under a head at the last of them.
    func section(_ lines: EventLine...) throws -> Section { try section(of: lines) }

    func section(of lines: [EventLine]) throws -> Section {
        guard let last = lines.last else { throw PenError.noTip }
        return Section(lines: lines.map(\.bytes), heads: [head(at: last.position)])
    }

    /// The signature that this key, as the clinic's, puts in place of a line's body.
    func erase(_ line: EventLine) -> EventLine {
        line.erased(by: key.sign(.erasure(diary, line.id)))
    }
}

extension DiaryID {
    /// The diary of most tests.
    static let test: DiaryID = {
        var random = SplitMix64(seed: 1)
        let founder = SigningKey.random(using: &random)
        return DiaryID(founder: founder.publicKey, nonce: Nonce.random(using: &random))
    }()
}

extension MemoryEventStore {
    init() { self.init(diary: .test) }

    /// What an entry says here; nil if it is not held.
    func view(_ entry: EventLine) throws -> EntryView? { try view(entry.position) }

    func view(_ entry: Position) throws -> EntryView? {
        guard let held = try held(entry) else { return nil }
        return try EntryView(
            of: events(ofEntry: held.entry), in: self, standing: Standing(of: self))
    }
}

/// A section that a test expected to be stored was not.
struct NotTaken: Error { let intake: Intake }

extension EventStore {
    /// Takes these lines as one section under a head of their log.
    mutating func add(_ pen: Pen, _ lines: EventLine...) throws { try add(pen.section(of: lines)) }

    /// Takes a section that has to be taken.
    mutating func add(_ section: Section) throws {
        let intake = try take([section])
        guard intake.taken == 1 else { throw NotTaken(intake: intake) }
    }
}
