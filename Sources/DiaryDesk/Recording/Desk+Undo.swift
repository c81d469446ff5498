import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// What `undo` took back.
    public struct Undone: Sendable {
        public let entry: EntryID
        /// The fields that say again what they said before; `status` where the entry was begun.
        public let fields: [String]
        /// Where it was moved here from, if it was and does not count there either.
        public let origin: MovedEntry?
    }

    /// Takes back the last thing this person wrote here, and the words that went with it.
    ///
    /// What somebody else has said since stays: an undo never covers what its writer was not shown,
    /// nor a value that is not their own.
    ///
    /// - Throws: `DeskError.notPossible` where there is nothing to go back to, what there was before was
    ///   open or erased, or what was moved would count twice; `.moreHasCome`.
    public func undo() throws -> Written<Undone> {
        try write("undo") { reading, commit, generator in
            let own = try ownEvents(in: reading)
            guard let last = Self.lastStanding(of: own),
                let view = try reading.view(of: last.line.entry.id)
            else {
                throw DeskError.notPossible(
                    own.isEmpty
                        ? "you have written nothing here yet"
                        : "all that you wrote here is taken back already")
            }
            let context = try self.context(for: view, seen: .lastPrinted, in: reading)
            let set = try valuesBefore(last, of: view, in: reading)
            try areOwn(set.keys, of: view, like: last)
            try countsOnce(view, saying: set, in: reading)
            let draft = EventDraft(
                .entry(view.entry), context: context, set: set,
                about: ["reason": "slip", "undoes": last.line.position.json], author: pen.author)
            let position = try commit.write(draft, using: &generator)
            try reading.transaction.setShown(
                VectorClock(context + [position]), of: view.entry.id, to: reader, in: diary)
            try takeBackWords(about: last.line.position, in: reading, &commit, &generator)
            let origin =
                last.line.envelope.kind == nil ? nil : try reading.origin(of: view.entry.id)
            return Undone(
                entry: view.entry.id, fields: set.keys,
                origin: origin?.status == .voided ? origin : nil)
        }
    }

    /// When this store took the last thing that `undo` would take back; nil if there is none.
    public func lastWriting() throws -> Int? {
        try read { Self.lastStanding(of: try ownEvents(in: $0))?.held.arrival }
    }

    /// The events of this person on this store's own log, the last one first.
    ///
    /// Words that went with another event go with it, and are not taken back alone.
    private func ownEvents(in reading: Reading) throws -> [StoredEvent] {
        guard let log = try reading.transaction.ownLog(in: diary) else { return [] }
        var own: [StoredEvent] = []
        for summary in try reading.transaction.entries(in: diary) where !summary.isHidden {
            own += try reading.transaction.events(of: summary.position, in: diary).filter {
                $0.line.envelope.replica == log.replica && $0.line.envelope.author == pen.author
                    && !Self.wentWithAnother($0)
            }
        }
        return own.sorted { $0.line.envelope.seq > $1.line.envelope.seq }
    }

    /// The last event that has not been undone.
    private static func lastStanding(of own: [StoredEvent]) -> StoredEvent? {
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

    /// Refuses to let count again here what a move has taken to another diary, and counts there.
    private func countsOnce(
        _ view: EntryView, saying set: JSONObject, in reading: Reading
    ) throws {
        guard set[Vocabulary.status] == Vocabulary.active,
            let copy = try reading.copyElsewhere(of: view)
        else { return }
        throw DeskError.notPossible(
            "\(Handle(of: view.entry.id)) was moved to \(copy.owner)'s diary and counts there;"
                + " diary move \(copy.handle) --for \(copy.owner) --to \(try reading.owner())"
                + "  moves it back")
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
    ///
    /// The whole of an event is taken back, or nothing. What was open before it has no one value to
    /// go back to, and any value would settle it unasked.
    private func valuesBefore(
        _ event: StoredEvent, of view: EntryView, in reading: Reading
    ) throws -> JSONObject {
        if event.line.envelope.kind != nil { return [Vocabulary.status: Vocabulary.voided] }
        let all = try reading.transaction.events(of: event.line.entry.id, in: diary)
        guard let before = try reading.view(before: event, among: all) else {
            throw DeskError.notPossible("what it said before does not count")
        }
        let handle = Handle(of: view.entry.id)
        let fields = event.line.envelope.fields
        let open = Set(before.conflicts)
        try refuse(fields.filter(open.contains), of: view) {
            "people disagreed about \(handle) before it (\($0)), and an undo settles nothing"
        }
        try refuse(fields.filter { before.fields[$0]?.settled == .erased }, of: view) {
            "what \(handle) said before it (\($0)) was erased"
        }
        var set: JSONObject = [:]
        for field in fields { set[field] = before[field] ?? .null }
        return set
    }

    /// Refuses to take back a change of these fields, if there are any; says what to type instead.
    private func refuse(
        _ fields: [String], of view: EntryView, because why: (String) -> String
    ) throws {
        guard !fields.isEmpty else { return }
        let handle = Handle(of: view.entry.id)
        let values = fields.filter { $0 != Vocabulary.status }.map {
            "\(TypedChange.name(of: $0, in: view))=…"
        }
        var commands: [String] = []
        if fields.contains(Vocabulary.status) {
            commands += ["diary void \(handle)", "diary reinstate \(handle)"]
        }
        if !values.isEmpty {
            commands.append("diary amend \(handle) \(values.joined(separator: " "))")
        }
        let names = fields.map(EntryWords.label).joined(separator: ", ")
        throw DeskError.notPossible(
            "\(why(names)), so all of it stays; \(commands.joined(separator: " or "))"
                + "  says what is right")
    }
}
