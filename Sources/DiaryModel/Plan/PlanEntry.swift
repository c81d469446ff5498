public import SyncCore

/// One entry of kind plan: its agreed versions with the days they hold, and whatever stands open.
public struct PlanEntry: Sendable {
    public let entry: EntryID
    /// Whether the entry itself is in question: somebody voided it and somebody else amended it, unseen.
    public let isInQuestion: Bool
    /// The versions that people agreed on, the oldest first. None was ever edited.
    public let agreed: [PlanVersion]
    /// The versions that stand side by side; empty where one is settled.
    public let candidates: [PlanVersion]
    /// The days on which an agreed version holds, in order and without overlap.
    public let spans: [PlanSpan]
    private let events: Set<Position>

    /// Reads an entry; nil for one of another kind, one that is voided, and one that nobody signed.
    ///
    /// - Parameters:
    ///   - events: all events of the entry, those that do not count among them.
    ///   - tree: the logs those events stand in.
    public init?(
        _ events: [StoredEvent], in view: EntryView, tree: LogTree, standing: Standing
    ) {
        guard view.kind == EntryKind.plan.rawValue,
            view.status == .active || view.status == .inQuestion,
            let register = view.fields["plan"]
        else { return nil }
        let chain = PlanChain(events, in: view, tree: tree, standing: standing)
        entry = view.entry.id
        isInQuestion = view.status == .inQuestion
        agreed = chain.agreed
        candidates = register.isInConflict ? register.candidates.map { PlanVersion($0) } : []
        spans = PlanSpan.spans(of: chain.agreed)
        self.events = chain.events
    }

    /// Whether several versions stand side by side.
    public var isInConflict: Bool { !candidates.isEmpty }

    /// The version to show: the last agreed one; nil where people never agreed on any.
    public var shown: PlanVersion? { agreed.last }

    /// The agreed version that holds on a day; nil before the first.
    public func version(on day: CivilDate) -> PlanVersion? {
        spans.last { $0.days.contains(day) }?.version
    }

    /// The first day on which nothing is due by it any more, as its last agreed version says.
    public var endsOn: CivilDate? { shown?.effectiveUntil }

    /// Whether an event is a version of this plan, agreed or not.
    public func has(_ version: Position) -> Bool { events.contains(version) }

    /// The plan it holds beside, as its last agreed version names it.
    public var sibling: EntryID? { shown?.plan?.siblingPlan }

    /// Why no due day is worked out from this entry; nil where one is.
    public var obstacle: PlanObstacle? {
        if isInConflict { return .versionsInConflict }
        if isInQuestion { return .entryInQuestion }
        return shown?.plan == nil ? .notReadable : nil
    }

    /// The days of which nothing is worked out, and why.
    ///
    /// Of two versions that stand side by side neither holds, and from the first day that one of them
    /// names the agreed one may not hold either. An open question about the entry is one about all days.
    var blocked: [(days: DaySpan, obstacle: PlanObstacle)] {
        if isInQuestion { return [(.always, .entryInQuestion)] }
        var blocked: [(days: DaySpan, obstacle: PlanObstacle)] =
            spans.filter { $0.version.plan == nil }.map { (days: $0.days, obstacle: .notReadable) }
        if isInConflict {
            let starts = candidates.map { $0.effectiveFrom ?? DaySpan.always.from }
            let from = starts.min() ?? DaySpan.always.from
            blocked.append((days: DaySpan(from: from, until: nil), obstacle: .versionsInConflict))
        }
        return blocked
    }
}

/// The days on which an agreed version holds.
public struct PlanSpan: Hashable, Sendable {
    public let version: PlanVersion
    public let days: DaySpan

    /// Each version holds from its own day until a later signed one begins, or until it ends by itself.
    ///
    /// One that begins no earlier than a later signed one never holds. Of a version whose day nobody can
    /// read it is not known from when it holds, so the one before it is not relied on either.
    static func spans(of agreed: [PlanVersion]) -> [PlanSpan] {
        var spans: [PlanSpan] = []
        var until: CivilDate?
        for (index, version) in agreed.enumerated().reversed() {
            let earlier = agreed.prefix(index).last { $0.effectiveFrom != nil }?.effectiveFrom
            let from = version.effectiveFrom ?? earlier ?? DaySpan.always.from
            if let end = until, from >= end { continue }
            let ends = [until, version.effectiveUntil].compactMap(\.self).min()
            if ends.map({ from < $0 }) ?? true {
                spans.append(PlanSpan(version: version, days: DaySpan(from: from, until: ends)))
            }
            until = from
        }
        return spans.reversed()
    }
}

/// Why nothing is worked out from a plan until a person has decided.
public enum PlanObstacle: Hashable, Sendable, CaseIterable {
    /// Two plans of which neither names the other.
    case twoPlans
    /// Two versions of one plan, signed unseen (C07).
    case versionsInConflict
    /// Voided by one, amended by another.
    case entryInQuestion
    /// A version in a form that is not known here, or an erased one.
    case notReadable
    /// Sums that do not fit any number here.
    case notComputable
}
