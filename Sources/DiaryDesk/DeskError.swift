public import SyncCore

/// Why a desk did not do what was asked; nothing was written.
public enum DeskError: Error, Sendable {
    /// No entry is called so.
    case noSuchEntry(String)
    /// Several entries can be meant.
    case ambiguous(String, [EntryID])
    /// The entry cannot be changed so by this version, or by anybody.
    case notPossible(String)
    /// Who may do it instead.
    case notAllowed(String)
    /// A value was refused; each with what was expected.
    case refused([RefusedValue])
    /// A person has to look first: more has come than was printed for them.
    case moreHasCome(EntryID)
    /// What was asked about has changed since it was shown.
    case movedOn(EntryID, shown: String)

    public struct RefusedValue: Sendable {
        public let field: String
        public let code: String
        public let sentence: String

        public init(field: String, code: String, sentence: String) {
            self.field = field
            self.code = code
            self.sentence = sentence
        }
    }
}
