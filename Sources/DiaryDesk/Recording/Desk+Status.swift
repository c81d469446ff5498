import DiaryStore
import DiaryModel
public import SyncCore

extension Desk {
    /// Takes an entry out of the totals; it stays in the history and in every recall.
    public func void(
        _ entry: EntryID, reason: String, words: String? = nil, seen: Seen = .lastPrinted
    ) throws -> Written<Saved> {
        try amend(
            entry, set: [Vocabulary.status: Vocabulary.voided], reason: reason, words: words,
            seen: seen)
    }

    /// Undoes a void.
    public func reinstate(
        _ entry: EntryID, reason: String, words: String? = nil, seen: Seen = .lastPrinted
    ) throws -> Written<Saved> {
        try amend(
            entry, set: [Vocabulary.status: Vocabulary.active], reason: reason, words: words,
            seen: seen)
    }

    /// What `undo` took back.
    public struct Undone: Sendable {
        public let entry: EntryID
        /// The fields that say again what they said before; `status` where the entry was begun.
        public let fields: [String]
    }

    /// Takes back the last thing this person wrote here, by one more event.
    ///
    /// - Throws: `DeskError.notPossible` where there is nothing to go back to.
    public func undo() throws -> Written<Undone> {
        try write("undo") { reading, commit, generator in
            guard let last = try lastOwnEvent(in: reading),
                let view = try reading.view(of: last.line.entry.id)
            else { throw DeskError.notPossible("you have written nothing here yet") }
            let set = try valuesBefore(last, in: reading)
            guard !set.isEmpty else {
                throw DeskError.notPossible("what it said before was in conflict; amend it instead")
            }
            let draft = EventDraft(
                .entry(view.entry), context: view.context, set: set,
                about: ["reason": "slip", "undoes": last.line.position.json], author: pen.author)
            let position = try commit.write(draft, using: &generator)
            try reading.transaction.setShown(
                VectorClock(view.context + [position]), of: view.entry.id, to: reader, in: diary)
            return Undone(entry: view.entry.id, fields: set.keys)
        }
    }

    /// The last event of this person on this store's own log that has not been undone.
    private func lastOwnEvent(in reading: Reading) throws -> StoredEvent? {
        guard let log = try reading.transaction.ownLog(in: diary) else { return nil }
        var own: [StoredEvent] = []
        for summary in try reading.entries() {
            own += try reading.transaction.events(of: summary.position.id, in: diary).filter {
                $0.line.envelope.replica == log.replica && $0.line.envelope.author == pen.author
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
