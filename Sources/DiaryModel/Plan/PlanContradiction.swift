/// What makes a plan say two things at once, though each of its members is in order.
public enum PlanContradiction: Hashable, Sendable, CaseIterable {
    /// It begins before 1900 or after 2200.
    case beginsInNoYear
    /// It ends before it begins.
    case endsBeforeItBegins
    /// Two steps of the ramp are due on one day.
    case rampStepsOnOneDay
    /// Two steps of the taper name two doses, or two intervals, from one day on.
    case taperStepsOnOneDay

    /// What a person reads who signs it.
    public var sentence: String {
        switch self {
        case .beginsInNoYear: "A plan begins on a day between 1900 and 2200."
        case .endsBeforeItBegins: "A plan ends no earlier than it begins."
        case .rampStepsOnOneDay:
            "Two steps of the ramp are due on one day; give each step a day of its own."
        case .taperStepsOnOneDay:
            "Two steps of the taper change the same thing on one day; leave one of them out."
        }
    }
}

extension TreatmentPlan {
    /// The first thing in which it contradicts itself.
    public var contradiction: PlanContradiction? {
        if !(1900...2200).contains(effectiveFrom.year) { return .beginsInNoYear }
        if let effectiveUntil, effectiveUntil < effectiveFrom { return .endsBeforeItBegins }
        let offsets = (ramp ?? []).map(\.dayOffset)
        if Set(offsets).count < offsets.count { return .rampStepsOnOneDay }
        let doses = (taper ?? []).filter(\.changesDose).map(\.from)
        let intervals = (taper ?? []).filter { !$0.changesDose }.map(\.from)
        if Set(doses).count < doses.count || Set(intervals).count < intervals.count {
            return .taperStepsOnOneDay
        }
        return nil
    }
}

extension TaperStep {
    /// Whether it names a dose, and not an interval.
    var changesDose: Bool { if case .doseMilligrams = change { true } else { false } }
}
