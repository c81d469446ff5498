/// Something that somebody does to a diary; a row of the table of domain 6.1.
public enum Act: String, Sendable, CaseIterable {
    /// Record an infusion, check, reaction, measurement, stock or note.
    case record
    /// Amend, void, reinstate or settle a field, never another's own words.
    case amend
    /// The field `grade.said`.
    case sayGrade
    case writeNote
    /// Say "same" or "different" of two entries.
    case link
    /// The field `grade.assessed`, and asking a question.
    case assess
    case answerQuestion
    case signPlan
    case signTraining
    /// Write a lot notice, search for a recalled lot.
    case recall
    /// Trust, close or retire a device; after a restore of the clinic confirm the list.
    case governDevice
    /// Move `trusted` further.
    case acceptReview
    case erase
    /// Name a person or a device.
    case name
    case seeDiary
}

/// How far a role may do an act.
public enum Permission: String, Sendable, CaseIterable {
    case yes
    case no
    /// What is one's own.
    case own
    /// Only what stands on paper.
    case fromPaper
    /// Vial lines and stock alone.
    case vialsAndStock
    /// Only entries that one began.
    case ownEntries
    /// Only as a proposal that decides nothing.
    case propose
    case ifClinicAllows
    /// To look, not to write.
    case see
    /// To ask for it.
    case ask
    /// To sign; two people, one of each.
    case sign
    /// What one types.
    case whatTheyType

    /// Whether there is anything of the act that the role may do.
    public var isSomething: Bool { self != .no }
}
