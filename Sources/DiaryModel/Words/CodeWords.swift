extension NotDoneReason {
    /// The reason in words: "fever or infection".
    public var words: String {
        switch self {
        case .feverOrInfection: "fever or infection"
        case .unwellOther: "unwell for another reason"
        case .lastReaction: "because of the last reaction"
        case .noStock: "no product at home"
        case .equipment: "equipment"
        case .noVenousAccess: "no access to a vein"
        case .noPartner: "nobody to help"
        case .travel: "travelling"
        case .forgot: "forgot"
        case .clinicHold: "the clinic asked to wait"
        case .inHospital: "in hospital"
        case .infusedElsewhere: "infused elsewhere"
        case .planEnded: "the plan has ended"
        case .other: "another reason"
        case .unknown: "reason not known"
        }
    }
}

extension Outcome {
    /// "completed", "not done: fever or infection".
    public var words: String {
        switch code {
        case .completed: "completed"
        case .partial: "given in part"
        case .stopped: "stopped"
        case .notDone: reason.map { "not done: \($0.words)" } ?? "not done"
        }
    }
}

extension Optional where Wrapped == Answer {
    /// The four answers, and "not asked" where there is none: five different things.
    public var words: String {
        switch self {
        case .some(.yes): "yes"
        case .some(.no): "no"
        case .some(.unknown): "unknown"
        case .some(.declined): "declined"
        case .none: "not asked"
        }
    }
}

extension Optional where Wrapped == Said<VisualCheck> {
    /// What the solution looked like, or "not asked".
    public var words: String {
        switch self {
        case .some(.value(.ok)): "ok"
        case .some(.value(.problem)): "problem"
        case .some(.value(.notDone)): "not done"
        case .some(.unknown): "unknown"
        case .some(.declined): "declined"
        case .none: "not asked"
        }
    }
}

extension Route {
    /// "into a vein", "under the skin".
    public var words: String {
        switch self {
        case .iv: "into a vein"
        case .sc: "under the skin"
        case .fsc: "under the skin, hyaluronidase first"
        }
    }
}

extension InfusedBy.Code {
    /// Who infused, for the patient's diary.
    public var words: String {
        switch self {
        case .`self`: "the patient"
        case .carer: "a carer"
        case .nurse: "a nurse"
        case .other: "somebody else"
        case .unknown: "unknown"
        case .declined: "declined"
        }
    }
}

extension Rejection.Code {
    /// The kind of refusal in words.
    public var words: String {
        switch self {
        case .missing: "missing"
        case .malformed: "not understood"
        case .notInList: "not one of the choices"
        case .outOfRange: "out of range"
        case .impossible: "impossible"
        }
    }
}

extension OpenQuestion.Kind {
    /// The question as a person is asked it.
    public var words: String {
        switch self {
        case .noneCounts: "Both copies were set aside. Which one counts?"
        case .severalCount: "More than one copy of one infusion is left. Which one counts?"
        case .countedVoided: "The copy that counted was voided. Did the other happen?"
        case .sameAgainstDifferent: "One says one infusion, another says two. Which is right?"
        case .probableDuplicate: "Recorded twice? One infusion or two?"
        case .statusInConflict: "One said it did not happen, another corrected it. Did it happen?"
        }
    }
}
