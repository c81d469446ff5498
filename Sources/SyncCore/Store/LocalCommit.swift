/// What a person or a machine wants to record: one event, before it has a place in a log.
public struct EventDraft: Sendable {
    public var subject: Envelope.Subject
    /// The context of the page the writer looked at; empty where the event begins an entry.
    public var context: [Position]
    public var set: JSONObject
    public var about: JSONObject
    public var author: EntryID?

    public init(
        _ subject: Envelope.Subject, context: [Position] = [], set: JSONObject,
        about: JSONObject = [:], author: EntryID? = nil
    ) {
        self.subject = subject
        self.context = context
        self.set = set
        self.about = about
        self.author = author
    }

    /// An event that begins an entry, which is then active.
    public static func begin(
        _ kind: String, set: JSONObject, about: JSONObject = [:], author: EntryID? = nil
    ) -> EventDraft {
        var set = set
        if kind != Vocabulary.replicaKind, set[Vocabulary.status] == nil {
            set[Vocabulary.status] = Vocabulary.active
        }
        return EventDraft(.begins(kind: kind), set: set, about: about, author: author)
    }
}

/// Why nothing was written.
public enum CommitError: Error, Equatable, Sendable {
    /// The entry is no longer held (a restore under an open form): it stays a draft.
    case entryGone
    /// What was to be recorded is not a line that every peer would take.
    case malformed(MalformedLine)
    /// The store's own rule refused what it wrote itself: a fault of this program.
    case refused(Refusal.Kind)
    /// What was to be recorded rests on something not held.
    case restsOnUnheld
}

/// The lines of one local commit, on the way to the store.
///
/// Every commit is one section, or several where its lines pass the section limit, and signs its
/// heads. A store that was restored or cloned begins its commit with the introduction of a new
/// replica; the same transaction keeps the new key.
public struct LocalCommit<Events: HeldEvents> {
    private let events: Events
    private let at: Timestamp
    private(set) var log: OwnLog
    private(set) var lines: [EventLine] = []
    private var written: Set<Position> = []
    /// Whether this commit introduces a new replica because the old log went on elsewhere.
    public let continuesAsNewReplica: Bool

    /// A key for a new replica, should one be needed.
    public enum NewKey: Sendable {
        case generated
        /// A clinic's replicas all have the clinic's key.
        case clinic(SigningKey)
    }

    init(
        over events: Events, log: OwnLog, at: Timestamp, introduction set: JSONObject,
        newKey: NewKey, using generator: inout some RandomNumberGenerator
    ) throws(CommitError) {
        self.events = events
        self.at = at
        continuesAsNewReplica = log.wentOnElsewhere(in: events.tree)
        if continuesAsNewReplica {
            let key =
                if case .clinic(let key) = newKey { key } else {
                    SigningKey.random(using: &generator)
                }
            self.log = log.continued(diary: events.diary, key: key, using: &generator)
        } else {
            self.log = log
        }
        guard self.log.tip == nil else { return }
        let draft = EventDraft(
            .begins(kind: Vocabulary.replicaKind), set: self.log.continues == nil ? set : [:])
        try write(draft, using: &generator)
    }

    /// Adds one event and says what it will be called.
    @discardableResult
    public mutating func write(
        _ draft: EventDraft, using generator: inout some RandomNumberGenerator
    ) throws(CommitError) -> Position {
        if case .entry(let entry) = draft.subject, !isHeld(entry) { throw .entryGone }
        let introduction =
            log.tip == nil
            ? Envelope.Introduction(
                key: log.key.publicKey, nonce: log.nonce, continues: log.continues) : nil
        let envelope = Envelope(
            at: at, author: draft.author, body: BodyHash.random(using: &generator),
            context: draft.context.filter(isHeld), subject: draft.subject, fields: draft.set.keys,
            prev: log.tip?.id, replica: log.replica, seq: (log.tip?.seq ?? 0) + 1,
            introduction: introduction)
        let body = Body(
            about: draft.about, salt: Salt.random(using: &generator), set: draft.set)
        do {
            let line = try EventLine.write(envelope, body: body, diary: events.diary)
            lines.append(line)
            log.tip = line.position
            written.insert(line.position)
            return line.position
        } catch { throw .malformed(error) }
    }

    private func isHeld(_ position: Position) -> Bool {
        written.contains(position) || (try? events.held(position)) != nil
    }

    /// The lines as sections, each with a signed head.
    func sections() -> [Section] {
        var sections: [Section] = []
        var open: [EventLine] = []
        var length = 0
        func close() {
            guard let last = open.last?.position else { return }
            let head = Head(position: last, signature: log.key.sign(.head(events.diary, last)))
            sections.append(Section(lines: open.map(\.bytes), heads: [head]))
        }
        for line in lines {
            if !open.isEmpty, length + line.bytes.count + 1 > Section.lengthLimit {
                close()
                open = []
                length = 0
            }
            open.append(line)
            length += line.bytes.count + 1
        }
        close()
        return sections
    }
}

extension EventStore {
    /// Writes to this store's own log: what `build` adds, in one commit.
    ///
    /// - Parameters:
    ///   - log: the row that says how far this store has written; changed with the commit.
    ///   - introduction: what a first replica says of itself (its `label`).
    /// - Returns: what `build` returned, and whether the store goes on as a new replica.
    /// - Throws: `CommitError`, or what the store throws; then nothing was written.
    public mutating func commit<Result, Generator: RandomNumberGenerator>(
        to log: inout OwnLog, at: Timestamp, introduction: JSONObject = [:],
        newKey: LocalCommit<Self>.NewKey = .generated, using generator: inout Generator,
        _ build: (inout LocalCommit<Self>, inout Generator) throws -> Result
    ) throws -> (result: Result, continuedAsNewReplica: Bool) {
        var commit = try LocalCommit(
            over: self, log: log, at: at, introduction: introduction, newKey: newKey,
            using: &generator)
        let result = try build(&commit, &generator)
        let sections = commit.sections()
        let before = self
        do {
            let intake = try take(sections)
            if let refused = intake.refused { throw CommitError.refused(refused.type) }
            guard intake.taken == sections.count else { throw CommitError.restsOnUnheld }
        } catch {
            // A store that is a value goes back by itself; one on disk rolls its transaction back.
            self = before
            throw error
        }
        log = commit.log
        return (result, commit.continuesAsNewReplica)
    }
}
