extension OnsetClass {
    /// When it began, against the infusion.
    public var words: String {
        switch self {
        case .during: "during the infusion"
        case .within24h: "within 24 hours after it"
        case .within72h: "24 to 72 hours after it"
        case .after72h: "more than 72 hours after it"
        case .ongoing: "still going on"
        case .unknown: "not known"
        }
    }
}

extension ReactionLength {
    /// "2 h 30 min", "still going on", "not known".
    public var words: String {
        switch self {
        case .lasted(let ms):
            let minutes = ms / 60_000
            let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
            let parts = [
                days > 0 ? "\(days) d" : nil, hours > 0 ? "\(hours) h" : nil,
                rest > 0 || minutes == 0 ? "\(rest) min" : nil,
            ]
            return parts.compactMap(\.self).joined(separator: " ")
        case .ongoing: return "still going on"
        case .unknown: return "not known"
        }
    }
}

/// What stands on every page about a reaction before anything is asked (rule 10).
public enum ReactionNotice {
    /// The emergency number first, then the clinic's; the words are replaced where the clinic has its own.
    public static func lines(emergencyPhone: String?, clinicPhone: String?) -> [String] {
        let emergency =
            emergencyPhone.map { "In an emergency telephone \($0) now." }
            ?? "In an emergency telephone the emergency number now."
        let clinic = clinicPhone.map { "Your clinic: \($0)." }
        return [emergency, "Nobody watches this diary.", clinic].compactMap(\.self)
    }

    /// What is said for each group of flags, once, emergencies before the rest.
    public static func lines(
        for flags: [RedFlag], emergencyPhone: String?, clinicPhone: String?
    ) -> [String] {
        RedFlag.Group.allCases.filter { group in flags.contains { $0.group == group } }.map {
            switch $0 {
            case .emergency:
                "Telephone \(emergencyPhone ?? "the emergency number") now."
            case .callClinicToday:
                "Telephone the clinic today\(clinicPhone.map { ": \($0)" } ?? "")."
            }
        }
    }
}

extension RedFlag.Sign {
    /// What the sign is, for staff.
    public var words: String {
        switch self {
        case .breathing: "breathing"
        case .fainting: "fainting"
        case .chest: "chest"
        case .stroke: "one side is weak"
        case .swelling: "swelling of face or tongue"
        case .asepticMeningitis: "aseptic meningitis"
        case .haemolysis: "haemolysis"
        case .thrombosis: "thrombosis"
        case .kidney: "kidney"
        }
    }
}

/// The plain questions from which a grade is worked out.
public enum GradeQuestion: String, Sendable, CaseIterable {
    case interrupted, treated, hospital

    /// As it is asked.
    public var sentence: String {
        switch self {
        case .interrupted: "Was the infusion slowed, paused or stopped for it?"
        case .treated: "Did you take or get anything for it?"
        case .hospital: "Did you need a hospital for it?"
        }
    }
}

extension ReactionReading {
    /// What was said and what was assessed, side by side: "said 1, assessed 3; alerts use 3".
    public var gradeWords: String {
        func list(_ grades: [Int64]) -> String {
            grades.map { "\($0)" }.joined(separator: " or ")
        }
        let said = saidGrades.isEmpty ? "said: not known" : "said \(list(saidGrades))"
        let assessed =
            assessedGrades.isEmpty ? "not assessed" : "assessed \(list(assessedGrades))"
        return "\(said), \(assessed)" + (alertGrade.map { "; alerts use \($0)" } ?? "")
    }
}

extension ReactionReading {
    /// "RED FLAG: breathing, chest"; nil where it shows none.
    public var flagWords: String? {
        var signs: [String] = []
        for flag in redFlags where !signs.contains(flag.sign.words) {
            signs.append(flag.sign.words)
        }
        return signs.isEmpty ? nil : "RED FLAG: \(signs.joined(separator: ", "))"
    }
}

extension ReactionsByLot {
    /// A line for each product, and one for each of its lots after which there was a reaction.
    public func lines(catalogue: Catalogue = .seed) -> [String] {
        rows.compactMap { row in
            guard let lot = row.printed.first, row.lot != nil else {
                let name = row.product == .other ? row.printed.first?.text : nil
                let product = name ?? catalogue.product(row.product)?.name ?? row.product.text
                return "\(product): \(row.words)"
            }
            return row.withReaction.high > 0 ? "  lot \(lot): \(row.words)" : nil
        }
    }
}

extension ReactionsByLot.Row {
    /// "a reaction after 2 of 14 infusions, highest grade 2".
    public var words: String {
        let noun = infusions == CountRange(1) ? "infusion" : "infusions"
        guard withReaction.high > 0 else { return "no reaction after \(infusions) \(noun)" }
        let grade = highestGrade.map { ", highest grade \($0)" } ?? ""
        return "a reaction after \(withReaction) of \(infusions) \(noun)\(grade)"
    }
}

extension LinkedInfusion.Link {
    /// How the link stands; nil where there is nothing to say.
    public var words: String? {
        switch self {
        case .counts: nil
        case .inQuestion: "infusion in question"
        case .voided: "infusion voided"
        case .setAside: "infusion set aside: another copy counts"
        case .toReview: "infusion to review"
        case .notHeld: "infusion not here yet"
        }
    }
}

extension ReportDraft {
    /// Where a serious reaction is reported, and what the report needs; sending it is a human act.
    public func lines(route: [String]) -> [String] {
        let lines = products.map { item in
            let batch = item.batch.map { "batch \($0)" } ?? "batch not known"
            return "\(item.brand), \(batch)" + (item.isInDoubt ? ", not certain" : "")
        }
        let missing =
            isIncomplete ? ["Brand or batch is missing here: please read it from the pack."] : []
        return ["This is serious. Please report it; nothing is sent from here."] + route + lines
            + missing
    }
}

extension ReactionsPerInfusion {
    /// "3 reactions in 12 infusions, after 2 of them; highest grade 2".
    public var words: String {
        let low = infusions.lowerBound
        let range = low == infusions.upperBound ? "\(low)" : "\(low) to \(infusions.upperBound)"
        let noun = infusions == 1...1 ? "infusion" : "infusions"
        var parts = [
            "\(reactions) \(reactions == 1 ? "reaction" : "reactions") in \(range) \(noun)"
        ]
        if reactions > 0 { parts.append("after \(infusionsWithReaction) of them") }
        if notLinked > 0 { parts.append("\(notLinked) more that name no infusion") }
        if inQuestion > 0 { parts.append("\(inQuestion) in question") }
        if let highestGrade { parts.append("highest grade \(highestGrade)") }
        return parts.joined(separator: ", ")
    }
}
