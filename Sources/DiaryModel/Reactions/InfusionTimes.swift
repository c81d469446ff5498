public import SyncCore

/// When the diary's infusions were and how each stands, as far as other entries refer to them.
public struct InfusionTimes: Sendable {
    /// In time order.
    public let infusions: [Dated]
    /// What is said of two of them being one.
    let links: [LinkStatement]
    private let byEntry: [EntryID: Dated]
    private let active: Set<EntryID>

    /// One infusion with its time.
    public struct Dated: Hashable, Sendable {
        public let entry: EntryID
        public let standing: EntryStanding
        /// The settled time; nil where there is none, or several.
        public let time: TimeValue?
        /// Every day that a candidate of its time names, in the plan's zone; more than one is a conflict.
        public let days: [CivilDate]
        /// It was not done; nil where one says so and another does not.
        public let isNotDone: Bool?
        let order: TimeOrder

        /// It stands, or may stand, and was given, or may have been.
        var mayBeGiven: Bool { standing.isLive && isNotDone != true }
    }

    /// Reads entries of kind infusion; those of another kind are passed over.
    ///
    /// - Parameter zone: the plan's, in whose days they are placed.
    public init(_ views: some Sequence<EntryView>, zone: some ZoneRules) {
        let views = views.filter { $0.kind == EntryKind.infusion.rawValue }
        let standings = CountingEntries(views)
        let dated = views.map { view in
            let id = view.entry.id
            let candidates = view.distinctCandidates("time")
            let times = candidates.compactMap { $0.value.json.flatMap { TimeValue(json: $0) } }
            let notDone = Set(
                view.distinctCandidates("outcome").map { candidate in
                    candidate.value.json.flatMap { Outcome(json: $0) }?.code == .notDone
                })
            return Dated(
                entry: id, standing: standings[id] ?? .toReview,
                time: candidates.count == 1 ? times.first : nil,
                days: Set(times.compactMap { $0.start.day(in: zone) }).sorted(),
                isNotDone: notDone.count > 1 ? nil : notDone.contains(true),
                order: TimeOrder(
                    start: times.first?.start,
                    writtenMs: candidates.first?.at.milliseconds ?? 0, entry: id, zone: zone))
        }
        infusions = dated.sorted { $0.order < $1.order }
        links = views.flatMap(\.linkStatements)
        active = Set(views.filter { $0.status == .active }.map(\.entry.id))
        byEntry = Dictionary(dated.map { ($0.entry, $0) }) { first, _ in first }
    }

    public subscript(entry: EntryID) -> Dated? { byEntry[entry] }

    /// Whether an entry's own status is active, whatever is said of copies.
    func isActive(_ entry: EntryID) -> Bool { active.contains(entry) }

    /// The infusions that were given and stand, or may stand, on one of these days.
    public func given(
        on days: ClosedRange<CivilDate>, without entry: EntryID? = nil
    ) -> [Dated] {
        infusions.filter { infusion in
            infusion.entry != entry && infusion.mayBeGiven
                && infusion.days.contains(where: days.contains)
        }
    }

    /// The starts of all that were given and stand.
    public var starts: [EntryID: Moment] {
        var starts: [EntryID: Moment] = [:]
        for infusion in infusions where infusion.mayBeGiven {
            starts[infusion.entry] = infusion.time?.start
        }
        return starts
    }
}
