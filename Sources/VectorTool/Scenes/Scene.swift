import SeededRandom
import SyncCore

/// A diary being written by several hands, event by event, each a section with its head.
///
/// Nothing here asks the engine what an event means: contexts are handed in as the story has them.
final class Scene {
    let diary: DiaryID
    /// The founder's log: the patient's phone.
    let phone: Log
    let clinic: SigningKey
    /// The clinic that whoever reads the scene has pinned.
    var pinned: PublicKey?
    private(set) var sections: [Section] = []
    private(set) var lines: [EventID: EventLine] = [:]
    private var random: SplitMix64
    /// Sunday, 29 March 2026, 09:14 UTC.
    private var milliseconds: Int64 = 1_774_775_640_000

    init(_ name: String) throws {
        var random = SplitMix64(named: name)
        let key = try Self.key(&random)
        let nonce = try Self.value(Nonce.self, &random)
        diary = DiaryID(founder: key.publicKey, nonce: nonce)
        clinic = try Self.key(&random)
        phone = Log(diary: diary, key: key, nonce: nonce)
        self.random = random
        try introduce(phone, label: "phone")
    }

    private static func key(_ random: inout SplitMix64) throws -> SigningKey {
        guard let key = SigningKey(seed: random.octets(32)) else {
            throw VectorError("32 octets did not seed a key")
        }
        return key
    }

    private static func value<ID: OpaqueIdentifier>(
        _: ID.Type, _ random: inout SplitMix64
    ) throws -> ID {
        guard let value = ID(octets: random.octets(ID.octetCount)) else {
            throw VectorError("octets did not make a value")
        }
        return value
    }

    func newKey() throws -> SigningKey { try Self.key(&random) }
    func value<ID: OpaqueIdentifier>(_ type: ID.Type) throws -> ID { try Self.value(type, &random) }

    // MARK: Logs

    /// A new writer; its introduction is written at once.
    func log(
        _ label: String, key: SigningKey? = nil, continuing old: Log? = nil
    ) throws -> Log {
        let log = Log(
            diary: diary, key: try key ?? newKey(), nonce: try value(Nonce.self), continuing: old)
        try introduce(log, label: old == nil ? label : nil)
        return log
    }

    /// The clinic's own log, under the clinic's key.
    func desk() throws -> Log { try log("clinic", key: clinic) }

    @discardableResult
    func introduce(
        _ log: Log, label: String?, continues: Continuation? = nil
    ) throws -> Position {
        try write(
            log, .begins(kind: "replica"),
            set: label.map { ["label": .string($0)] } ?? [:], continues: continues)
    }

    // MARK: Events

    /// Begins an entry.
    func begin(
        _ log: Log, _ kind: String, _ set: JSONObject, author: EntryID? = nil
    ) throws -> Position {
        try write(log, .begins(kind: kind), set: set, author: author)
    }

    /// Sets fields of an entry, having seen what `seen` covers of it.
    @discardableResult
    func amend(
        _ log: Log, _ entry: Position, seen: [Position], _ set: JSONObject,
        about: JSONObject = [:], minutesEarlier: Int64 = 0
    ) throws -> Position {
        try write(
            log, .entry(entry), seen: seen, set: set, about: about, minutesEarlier: minutesEarlier)
    }

    /// The clinic's word on the device whose introduction is `device`.
    @discardableResult
    func word(
        _ log: Log, on device: Position, seen: [Position] = [], trusted: JSONValue? = "all",
        access: JSONValue? = "open", role: JSONValue? = "patient"
    ) throws -> Position {
        var set: JSONObject = [:]
        set["trusted"] = trusted
        set["access"] = access
        set["role"] = role
        return try write(
            log, .entry(device), seen: seen.isEmpty ? [device] : seen, set: set)
    }

    private func write(
        _ log: Log, _ subject: Envelope.Subject, seen: [Position] = [], set: JSONObject,
        about: JSONObject = [:], author: EntryID? = nil, minutesEarlier: Int64 = 0,
        continues: Continuation? = nil
    ) throws -> Position {
        milliseconds += 60_000
        let at = Timestamp(milliseconds: milliseconds - minutesEarlier * 60_000, offset: 60)
        let envelope = Envelope(
            at: at, author: author, body: try value(BodyHash.self), context: seen,
            subject: subject, fields: set.keys, prev: log.tip?.id, replica: log.replica,
            seq: (log.tip?.seq ?? 0) + 1,
            introduction: log.tip == nil
                ? Envelope.Introduction(
                    key: log.key.publicKey, nonce: log.nonce, continues: continues ?? log.continues)
                : nil)
        let body = Body(about: about, salt: try value(Salt.self), set: set)
        return try add(EventLine.write(envelope, body: body, diary: diary), to: log)
    }

    /// Adds a line written elsewhere.
    @discardableResult
    func add(_ line: EventLine, to log: Log) throws -> Position {
        lines[line.id] = line
        log.tip = line.position
        sections.append(Section(lines: [line.bytes], heads: [head(line.position, log)]))
        return line.position
    }

    func head(_ position: Position, _ log: Log) -> Head {
        Head(position: position, signature: log.key.sign(.head(diary, position)))
    }

    func line(_ position: Position) throws -> EventLine {
        guard let line = lines[position.id] else { throw VectorError("no such line in the scene") }
        return line
    }

    /// The clinic's signature in place of a body.
    func erasure(of position: Position, by key: SigningKey? = nil) -> Signature {
        (key ?? clinic).sign(.erasure(diary, position.id))
    }

    /// Puts the clinic's signature in place of a body, as a store does that obeyed an order.
    func erase(_ position: Position, by key: SigningKey? = nil) throws {
        let old = try line(position)
        let new = old.erased(by: erasure(of: position, by: key))
        lines[position.id] = new
        for index in sections.indices where sections[index].lines.contains(old.bytes) {
            sections[index].lines = sections[index].lines.map { $0 == old.bytes ? new.bytes : $0 }
        }
    }

    // MARK: Stores

    /// A store with these sections, or with all.
    func store(_ sections: [Section]? = nil) throws -> MemoryEventStore {
        var store = MemoryEventStore(diary: diary, pinnedClinic: pinned)
        let sections = sections ?? self.sections
        let intake = try store.take(sections)
        guard intake.taken == sections.count else {
            throw VectorError("section \(intake.taken) was not taken: \(intake)")
        }
        return store
    }

    /// The lines of sections joined into one, under the last head of each branch.
    func joined(_ sections: [Section]) throws -> Section {
        let store = try store()
        let heads = sections.flatMap(\.heads)
        let tops = try store.tops(of: heads.map(\.position)).positions
        return Section(
            lines: sections.flatMap(\.lines),
            heads: heads.filter { tops.contains($0.position) })
    }
}
