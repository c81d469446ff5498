public import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// With what view of an entry a change is made.
    public enum Seen: Sendable {
        /// What was last printed of it for this person; if more has come, nothing is written.
        case lastPrinted
        /// The person was shown all of this and goes on.
        case exactly([Position])
    }

    /// Sets fields of an entry.
    ///
    /// - Throws: `DeskError.moreHasCome` if the entry says more than was printed for this person.
    public func amend(
        _ entry: EntryID, set changes: JSONObject, reason: String?, words: String? = nil,
        seen: Seen = .lastPrinted
    ) throws -> Written<Saved> {
        try write("amend", about: entry) { reading, commit, generator in
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            try mayAmend(view, changes, in: reading)
            let context = try self.context(for: view, seen: seen, in: reading)
            guard let kind = EntryKind(rawValue: view.kind) else {
                throw DeskError.notPossible("entries of kind \(view.kind) need a newer version")
            }
            var fields = view.settledFields
            for change in changes.members { fields[change.key] = change.value }
            let hand = try AtHand(at: self, reading, kind, fields, entry: entry)
            let validation = Validator(catalogue: catalogue).validateAmendment(
                kind: kind, set: changes, current: view.settledFields, context: hand.context)
            try Self.check(validation)
            var about: JSONObject = [:]
            if let reason { about["reason"] = .string(reason) }
            // A clerk corrects what was copied from paper, by that paper.
            if pen.role == .clerk { about["entryMethod"] = EntryMethod.fromPaper.json }
            let draft = EventDraft(
                .entry(view.entry), context: context, set: changes,
                about: about.noting(validation.warnings), author: pen.author)
            let position = try commit.write(draft, using: &generator)
            if let words {
                try note(words, about: position, of: view.entry, &commit, &generator)
            }
            // Its writer has seen what was printed, and what they wrote themselves.
            try reading.transaction.setShown(
                VectorClock(context + [position]), of: entry, to: reader, in: diary)
            return Saved(entry: entry, warnings: validation.warnings)
        }
    }

    /// The words that go with an event stand in a note of their own, so that they can be erased alone.
    func note(
        _ words: String, about event: Position, of entry: Position, _ commit: inout Commit,
        _ generator: inout Generator
    ) throws {
        let set: JSONObject = [
            "about": ["entry": .string(entry.id.text), "event": event.json],
            "text": .string(TypedText.orNothing(words)),
        ]
        try Self.check(
            Validator(catalogue: catalogue).validate(
                kind: .note, set: set, context: ValidationContext()))
        try commit.write(EventDraft.begin("note", set: set, author: pen.author), using: &generator)
    }

    /// The context of a change, or the reason why a person has to look first.
    func context(for view: EntryView, seen: Seen, in reading: Reading) throws -> [Position] {
        switch seen {
        case .exactly(let context): return context
        case .lastPrinted:
            let id = view.entry.id
            guard let shown = try reading.transaction.shown(of: id, to: reader, in: diary),
                try reading.broughtSince(shown, to: view).isEmpty
            else { throw DeskError.moreHasCome(id) }
            return shown.positions
        }
    }

    /// Whether this person may change these fields, and this version can.
    private func mayAmend(
        _ view: EntryView, _ changes: JSONObject, in reading: Reading
    ) throws {
        if changes[Vocabulary.status] != Vocabulary.voided { try requireCounting(view) }
        let kind = EntryKind(rawValue: view.kind)
        for field in changes.keys where view.fields[field]?.isUnreadable(field, of: kind) == true {
            throw DeskError.notPossible("\(field) was written by a newer version; update first")
        }
        try authorise(values: changes, of: view.kind)
        let begun = try reading.recorder(of: view.entry.id)
        for field in changes.keys {
            let authors = view.fields[field]?.candidates.map(\.author) ?? []
            try authorise(
                [field], of: view.kind, beginsEntry: false,
                isOwnEntry: begun == pen.author,
                isOwnWord: authors.allSatisfy { $0 == pen.author }, isFromPaper: true,
                asks: Ask.roles(askedBy: view))
        }
    }
}

extension Register {
    /// Whether a candidate is of a form that this version cannot show.
    public func isUnreadable(_ field: String, of kind: EntryKind?) -> Bool {
        candidates.contains { candidate in
            guard let json = candidate.value.json, !json.isNull, let kind else { return false }
            if kind == .infusion {
                return Infusion(fields: [field: json]).notUnderstood.contains(field)
            }
            return !Self.isUnderstood(json, as: field, of: kind)
        }
    }
}
