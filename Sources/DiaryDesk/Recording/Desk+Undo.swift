import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// What `undo` took back.
    public struct Undone: Sendable {
        public let entry: EntryID
        /// The fields that say again what they said before; `status` where the entry was begun.
        public let fields: [String]
    }

    /// Takes back the last thing this person wrote here, and the words that went with it.
    ///
    /// What somebody else has said since stays: an undo never covers what its writer was not shown,
    /// nor a value that is not their own.
    ///
    /// - Throws: `DeskError.notPossible` where there is nothing to go back to; `.moreHasCome`.
    public func undo() throws -> Written<Undone> {
        try write("undo") { reading, commit, generator in
            guard let last = try lastOwnEvent(in: reading),
                let view = try reading.view(of: last.line.entry.id)
            else { throw DeskError.notPossible("you have written nothing here yet") }
            let context = try self.context(for: view, seen: .lastPrinted, in: reading)
            let set = try valuesBefore(last, in: reading)
            guard !set.isEmpty else {
                throw DeskError.notPossible("what it said before was in conflict; amend it instead")
            }
            try areOwn(set.keys, of: view, like: last)
            let draft = EventDraft(
                .entry(view.entry), context: context, set: set,
                about: ["reason": "slip", "undoes": last.line.position.json], author: pen.author)
            let position = try commit.write(draft, using: &generator)
            try reading.transaction.setShown(
                VectorClock(context + [position]), of: view.entry.id, to: reader, in: diary)
            try takeBackWords(about: last.line.position, in: reading, &commit, &generator)
            return Undone(entry: view.entry.id, fields: set.keys)
        }
    }

    /// When this store took the last thing that `undo` would take back; nil if there is none.
    public func lastWriting() throws -> Int? {
        try read { try lastOwnEvent(in: $0)?.held.arrival }
    }

    /// The last event of this person on this store's own log that has not been undone.
    ///
    /// Words that went with another event go with it, and are not taken back alone.
    private func lastOwnEvent(in reading: Reading) throws -> StoredEvent? {
        guard let log = try reading.transaction.ownLog(in: diary) else { return nil }
        var own: [StoredEvent] = []
        for summary in try reading.entries() {
            own += try reading.transaction.events(of: summary.position, in: diary).filter {
                $0.line.envelope.replica == log.replica && $0.line.envelope.author == pen.author
                    && !Self.wentWithAnother($0)
            }
        }
        own.sort { $0.line.envelope.seq > $1.line.envelope.seq }
        var undone: Set<EventID> = []
        for event in own {
            let undoes = event.line.body?.about["undoes"].flatMap(Position.init(json:))
            if let undoes {
                undone.insert(undoes.id)
            } else if !undone.contains(event.line.id) {
                return event
            }
        }
        return nil
    }

    /// Whether an event began a note about another event, written with it.
    private static func wentWithAnother(_ event: StoredEvent) -> Bool {
        event.line.envelope.kind != nil && event.line.body?.set["about"]?["event"] != nil
    }

    /// Refuses to take back what somebody else has changed since.
    private func areOwn(_ fields: [String], of view: EntryView, like event: StoredEvent) throws {
        for field in fields {
            let candidates = view.fields[field]?.candidates ?? []
            let isOwn = candidates.allSatisfy {
                $0.author == pen.author && $0.event.replica == event.line.envelope.replica
            }
            guard isOwn else {
                let name = EntryWords.label(field)
                throw DeskError.notPossible(
                    "somebody else has changed it since (\(name) of \(Handle(of: view.entry.id)));"
                        + " amend it instead")
            }
        }
    }

    /// Voids the notes that went with an event.
    private func takeBackWords(
        about event: Position, in reading: Reading, _ commit: inout Commit,
        _ generator: inout Generator
    ) throws {
        for summary in try reading.transaction.entries(in: diary, kinds: ["note"]) {
            guard let view = try reading.view(of: summary.position.id), view.status == .active,
                view["about"]?["event"].flatMap(Position.init(json:))?.id == event.id,
                let begun = view.fields[Vocabulary.status]?.candidates.first,
                begun.author == pen.author
            else { continue }
            let draft = EventDraft(
                .entry(view.entry), context: view.context,
                set: [Vocabulary.status: Vocabulary.voided],
                about: ["reason": "slip", "undoes": view.entry.json], author: pen.author)
            try commit.write(draft, using: &generator)
        }
    }

    /// What the fields of an event said before it; null where they said nothing.
    private func valuesBefore(_ event: StoredEvent, in reading: Reading) throws -> JSONObject {
        if event.line.envelope.kind != nil { return [Vocabulary.status: Vocabulary.voided] }
        let all = try reading.transaction.events(of: event.line.entry.id, in: diary)
        let seen = try reading.events.coverage(of: event.line.envelope.context)
        let before = try EntryView(
            of: all.filter { seen.contains($0.held.place) }, in: reading.events,
            standing: reading.standing)
        var set: JSONObject = [:]
        for field in event.line.envelope.fields {
            let register = before?.fields[field]
            if register == nil {
                set[field] = .null
            } else if let value = register?.settled?.json {
                set[field] = value
            }
        }
        return set
    }
}
