public import SyncCore

/// Something that only a person can answer, and on which a total rests.
public struct OpenQuestion: Hashable, Sendable {
    public let kind: Kind
    /// The entries it is about, in order of their ids.
    public let entries: [EntryID]

    public init(kind: Kind, entries: [EntryID]) {
        self.kind = kind
        self.entries = entries
    }

    public enum Kind: Hashable, Sendable, CaseIterable {
        /// Every copy was set aside for another (a ring, or two decisions naming different copies).
        case noneCounts
        /// Two copies of one infusion are left.
        case severalCount
        /// The copy that counted was voided.
        case countedVoided
        /// One says the same, another says different.
        case sameAgainstDifferent
        /// They look like one infusion and nobody has answered.
        case probableDuplicate
        /// One voided what another corrected.
        case statusInConflict
    }
}
