public import SyncCore

/// How many infusions of a window were followed by a reaction, in whole numbers.
///
/// Not done is no infusion. Where it is not settled whether two entries are one infusion, the number of
/// infusions is a range, by the same rule as the grams. Reactions that name no infusion stand beside it:
/// they are not spread over any.
public struct ReactionsPerInfusion: Hashable, Sendable {
    /// Infusions given in the window.
    public let infusions: ClosedRange<Int64>
    /// Reactions linked to one of them.
    public let reactions: Int
    /// Infusions with at least one reaction.
    public let infusionsWithReaction: Int
    /// Reactions that began in the window and name no infusion that stands.
    public let notLinked: Int
    /// Reactions of which it is not settled whether they stand.
    public let inQuestion: Int
    /// Of all these reactions the highest grade for alerts; nil where none is known.
    public let highestGrade: Int64?

    /// Counts in the days [from, to) of the plan's zone, the end not among them.
    ///
    /// - Parameter probableDuplicates: pairs of infusions that look like one.
    public init(
        reactions views: some Sequence<EntryView>, infusions: InfusionTimes,
        probableDuplicates: [(EntryID, EntryID)] = [], from: CivilDate, to: CivilDate,
        zone: some ZoneRules
    ) {
        func isInside(_ day: CivilDate) -> Bool { day >= from && day < to }
        let here = infusions.infusions.filter { $0.isNotDone != true }
            .filter { $0.days.contains(where: isInside) }
        self.infusions = Self.count(
            here, in: infusions, duplicates: probableDuplicates, isInside: isInside)

        let given = Set(here.filter(\.mayBeGiven).map(\.entry))
        let views = views.filter { $0.kind == EntryKind.reaction.rawValue }
        let standings = CountingEntries(views)
        var (linked, unlinked, open) = (0, 0, 0)
        var touched: Set<EntryID> = []
        var grades: [Int64] = []
        for view in views {
            guard let standing = standings[view.entry.id], standing.isLive else { continue }
            let reading = ReactionReading(view)
            let named = reading.infusions.filter(given.contains)
            let isElsewhere = reading.infusions.contains {
                infusions[$0]?.mayBeGiven ?? false
            }
            if !named.isEmpty {
                linked += 1
                touched.formUnion(named)
            } else if !isElsewhere, reading.reaction.onset?.day(in: zone).map(isInside) ?? false {
                unlinked += 1
            } else {
                continue
            }
            if standing == .inQuestion { open += 1 }
            if let grade = reading.alertGrade { grades.append(grade) }
        }
        reactions = linked
        infusionsWithReaction = touched.count
        notLinked = unlinked
        inQuestion = open
        highestGrade = grades.max()
    }

    /// The number of infusions by the rule of the grams, each of them weighing one.
    private static func count(
        _ infusions: [InfusionTimes.Dated], in all: InfusionTimes,
        duplicates: [(EntryID, EntryID)], isInside: (CivilDate) -> Bool
    ) -> ClosedRange<Int64> {
        let held = Set(infusions.map(\.entry))
        let weighed = infusions.map { infusion in
            let isSure = infusion.isNotDone == false && infusion.days.allSatisfy(isInside)
            let standing: TotalInfusion.Standing =
                switch infusion.standing {
                // The copy that counts is of another window.
                case .setAside(let counted) where !held.contains(counted): .voided
                case .counts, .setAside: isSure ? .active : .inQuestion
                case .inQuestion: all.isActive(infusion.entry) && isSure ? .active : .inQuestion
                case .voided, .toReview: .voided
                }
            return TotalInfusion(infusion.entry, standing, MilligramRange(1))
        }
        let total = GivenTotal(weighed, links: all.links, probableDuplicates: duplicates)
        return total.milligrams.low...total.milligrams.high
    }
}
