/// A window of days for a person to read: what is not known stands beside every number.
public struct AdherenceWords: Sendable {
    private let adherence: Adherence

    public init(_ adherence: Adherence) { self.adherence = adherence }

    /// All lines, the grams with what is missing first.
    public var lines: [String] {
        [[grams], observed, notes].flatMap(\.self)
    }

    /// "220 of 256 g, 85.9 %"; "64 of 128 g, 10 days not yet received"; "64 g, no plan".
    ///
    /// A share of the whole window stands there only where all of its days are known.
    public var grams: String {
        let given = GramWords.number(adherence.given)
        var parts: [String]
        switch adherence.prescribed {
        case .milligrams(let prescribed):
            parts = ["\(given) of \(GramWords.number(prescribed)) g"]
            if isWhole, let share = adherence.observed?.dose { parts.append(share.percent) }
        case .noPlan: parts = ["\(given) g, no plan"]
        case .notComputed: parts = ["\(given) g"]
        }
        let days = adherence.daysNotReceived
        if days > 0 { parts.append("\(CountWords.of(days, "day")) not yet received") }
        return parts.joined(separator: ", ")
    }

    /// Whether every day of the window is one that can be compared.
    private var isWhole: Bool { adherence.observed?.window == adherence.window }

    /// What the observed days come to, where they are not the whole window, and how the slots stand.
    private var observed: [String] {
        guard let observed = adherence.observed, let last = observed.window.last else {
            if case .notComputed(let obstacle) = adherence.prescribed { return [obstacle.words] }
            return []
        }
        var lines: [String] = []
        if !isWhole {
            let from =
                observed.window.from == adherence.window.from
                ? "Up to" : "From \(observed.window.from.wordsWithYear) to"
            let share = observed.dose.map { ", \($0.percent)" } ?? ""
            lines.append(
                "\(from) \(last.wordsWithYear): \(GramWords.number(observed.given)) of "
                    + "\(GramWords.number(observed.prescribed)) g\(share)")
        }
        if case .notComputed(let obstacle) = adherence.prescribed { lines.append(obstacle.words) }
        guard observed.slotsClosed > 0 else { return lines }
        let slots = observed.slotsClosed
        lines.append("Doses given: \(observed.slotsGiven) of \(slots)")
        lines.append("In time: \(observed.slotsInTime) of \(slots)\(Self.share(observed.timing))")
        lines.append(
            "Full doses: \(observed.slotsFull) of \(slots)\(Self.share(observed.fullDoses))")
        return lines
    }

    /// ", 75.0 %".
    private static func share(_ range: FractionRange?) -> String {
        range.map { ", \($0.percent)" } ?? ""
    }

    private var notes: [String] {
        var lines: [String] = []
        if !adherence.additional.isEmpty {
            let count = CountWords.of(adherence.additional.count, "infusion")
            lines.append("\(count) beside what was due")
        }
        if !adherence.inHospital.isEmpty {
            lines.append("\(CountWords.of(adherence.inHospital.count, "infusion")) in hospital")
        }
        if !adherence.olderPlanNamed.isEmpty {
            let count = CountWords.of(adherence.olderPlanNamed.count, "infusion")
            lines.append("\(count) by the plan before: the patient could not yet see the new one")
        }
        if !adherence.afterEnd.isEmpty {
            lines.append("\(CountWords.of(adherence.afterEnd.count, "infusion")) after end")
        }
        let kinds = adherence.openQuestions.map(\.kind.words)
        return lines + kinds + adherence.scheduleQuestions.map(\.words)
    }
}
