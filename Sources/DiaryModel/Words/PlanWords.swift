extension CivilDate {
    /// "Sunday 29 March".
    public var words: String { "\(weekday.name) \(day) \(WhenWords.months[month - 1])" }
    /// "Sunday 29 March 2026".
    var wordsWithYear: String { "\(words) \(year)" }
}

/// A number of things in words.
public enum CountWords {
    /// "1 day", "2 days".
    public static func of(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}

extension TreatmentPlan {
    /// "Hizentra 32 g every 7 days", and in how many parts.
    public func words(in catalogue: Catalogue = .seed) -> String {
        let name = catalogue.product(product)?.name ?? product.text
        let every = intervalDays == 1 ? "every day" : "every \(intervalDays) days"
        let dose = "\(name) \(GramWords.exact(doseMilligrams)) g \(every)"
        return parts.map { $0 > 1 ? "\(dose), in \($0) parts" : dose } ?? dose
    }
}

extension PlanObstacle {
    /// The stable word for programs.
    public var code: String {
        switch self {
        case .twoPlans: "two_plans"
        case .versionsInConflict: "versions_in_conflict"
        case .entryInQuestion: "entry_in_question"
        case .notReadable: "not_readable"
        case .notComputable: "not_computable"
        }
    }

    /// Why nothing is worked out, and what to do about it.
    public var words: String {
        switch self {
        case .twoPlans: "Two plans, call clinic. No due day is worked out from either."
        case .versionsInConflict:
            "Two new plans, call clinic. No due day is worked out from either."
        case .entryInQuestion:
            "One person took the plan out, another changed it, call clinic. "
                + "No due day is worked out."
        case .notReadable: "This version cannot read the plan. No due day is worked out."
        case .notComputable: "The plan's grams cannot be added up here."
        }
    }
}

extension PlanMention {
    /// The stable word for programs.
    public var code: String {
        switch self {
        case .none: "none"
        case .current: "current"
        case .older: "older"
        case .newer: "newer"
        case .neverAgreed: "never_agreed"
        case .notHeld: "not_held"
        case .notComparable: "not_comparable"
        }
    }

    /// What is worth a word of the version that an infusion names; nil where nothing is.
    public var words: String? {
        switch self {
        case .none, .current, .notComparable: nil
        case .older: "The patient could not yet see the new plan."
        case .newer: "It names a plan that did not hold yet."
        case .neverAgreed: "It names a plan that was never agreed on."
        case .notHeld: "It names a plan that is not here."
        }
    }
}
