import DiaryStore
import DiaryModel
public import SyncCore

extension Desk {
    /// Takes an entry out of the totals; it stays in the history and in every recall.
    ///
    /// - Throws: `DeskError.refused` for a reason that is none.
    public func void(
        _ entry: EntryID, reason: String, words: String? = nil, seen: Seen = .lastPrinted
    ) throws -> Written<Saved> {
        try amend(
            entry, set: [Vocabulary.status: Vocabulary.voided],
            reason: ReasonedChange.voiding.reason(reason), words: words, seen: seen)
    }

    /// Undoes a void.
    ///
    /// - Throws: `DeskError.refused` for a reason that is none.
    public func reinstate(
        _ entry: EntryID, reason: String, words: String? = nil, seen: Seen = .lastPrinted
    ) throws -> Written<Saved> {
        try amend(
            entry, set: [Vocabulary.status: Vocabulary.active],
            reason: ReasonedChange.reinstating.reason(reason), words: words, seen: seen)
    }
}
