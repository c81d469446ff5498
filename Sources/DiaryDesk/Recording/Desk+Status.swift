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
}
