import DiaryStore
import DiaryModel
public import SyncCore

extension Desk {
    /// Says that two entries are one infusion, of which `kept` counts.
    public func link(
        same kept: EntryID, _ other: EntryID, because: String = "said"
    ) throws -> Written<EntryID> {
        try link(
            kept, other,
            ["because": .string(because), "counts": .string(kept.text), "value": "same"])
    }

    /// Says that two entries are two infusions.
    public func link(
        different one: EntryID, _ other: EntryID, because: String = "said"
    ) throws -> Written<EntryID> {
        try link(one, other, ["because": .string(because), "value": "different"])
    }

    /// Says that an entry here and one in another of the patient's diaries are two infusions.
    ///
    /// That they are one no link can say, since a total is of one diary: a void of either does.
    ///
    /// - Parameter one: the entry that is here, which is the one whose id is the smaller text.
    public func link(
        different one: EntryID, elsewhere other: EntryID, because: String = "said"
    ) throws -> Written<EntryID> {
        try link(
            one, other, ["because": .string(because), "value": "different"], bothAreHere: false)
    }

    /// Proposes that two entries are one infusion; it decides nothing, and somebody is asked all the same.
    public func propose(
        same kept: EntryID, _ other: EntryID, because: String = "from_paper"
    ) throws -> Written<EntryID> {
        try link(
            kept, other,
            ["because": .string(because), "counts": .string(kept.text), "value": "same"],
            isProposal: true)
    }

    /// Both decisions meet in one field: that of the entry whose id is the smaller text.
    private func link(
        _ one: EntryID, _ other: EntryID, _ value: JSONObject, isProposal: Bool = false,
        bothAreHere: Bool = true
    ) throws -> Written<EntryID> {
        guard one != other else { throw DeskError.notPossible("an entry is no copy of itself") }
        let (entry, linkField) = Vocabulary.link(one, other)
        let otherID = linkField.dropFirst(Vocabulary.linkPrefix.count)
        let field = isProposal ? "proposed.\(otherID)" : linkField
        try authorise([field], of: "infusion", beginsEntry: false)
        return try write("link", about: entry) { reading, commit, generator in
            let ends = bothAreHere ? [one, other] : []
            guard let view = try reading.view(of: entry),
                try ends.allSatisfy({ try reading.view(of: $0) != nil })
            else { throw DeskError.noSuchEntry(Handle(of: entry).text) }
            // What this person was shown of it; less covered is at worst a question.
            // Who names an entry has seen that it is there.
            let shown =
                try reading.transaction.shown(of: entry, to: reader, in: diary)?.positions
                ?? [view.entry]
            let draft = EventDraft(
                .entry(view.entry), context: shown, set: [field: .object(value)],
                author: pen.author)
            let position = try commit.write(draft, using: &generator)
            try reading.transaction.setShown(
                VectorClock(shown + [position]), of: entry, to: reader,
                in: diary)
            return entry
        }
    }
}
