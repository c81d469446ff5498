extension CheckAnswers {
    /// Every item with its answer; what was not asked says so, and never "no".
    public func lines(in checks: [PlannedCheck]) -> [String] {
        rows(in: checks).map { row in
            let item = CheckItem.named(row.item)?.sentence ?? row.item.replacing("_", with: " ")
            return "\(item) \(row.answer.words)"
        }
    }
}

extension CheckConcern {
    /// The clinic's own words and number; the diary adds nothing to them.
    public func lines(clinicPhone: String?) -> [String] {
        let own = text?.text ?? "Your plan marks this answer. Please talk to your clinic."
        return [own] + [clinicPhone.map { "Your clinic: \($0)." }].compactMap(\.self)
    }
}

extension CheckResult.Code {
    /// "go ahead", "go ahead after advice", "postponed".
    public var words: String {
        switch self {
        case .proceed: "go ahead"
        case .proceedAfterAdvice: "go ahead after advice"
        case .postponed: "postponed"
        }
    }
}

extension PostponedDraft {
    /// What is offered; nothing is recorded by it.
    public var sentence: String {
        "Record that this infusion was not done? You will be asked why."
    }
}
