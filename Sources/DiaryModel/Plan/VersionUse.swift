public import SyncCore

/// Which infusions name a version of a plan: each keeps the one that its writer could see (C06).
public struct VersionUse: Hashable, Sendable {
    /// Those that name it, in order of their days; voided ones are not among them.
    public let infusions: [Named]

    /// An infusion that names a version, and how that stands to the version that held on its day.
    public struct Named: Hashable, Sendable {
        public let entry: EntryID
        public let days: ClosedRange<CivilDate>?
        public let mention: PlanMention

        /// For the order alone: those of an unknown day come last.
        fileprivate var firstDay: CivilDate {
            days?.lowerBound ?? CivilDate(daysSinceEpoch: .max)
        }
    }

    /// The infusions that name this version, agreed or one of several that stand side by side.
    public init(of version: PlanVersion, in history: PlanHistory, _ ledger: InfusionLedger) {
        infusions = ledger.infusions.filter { infusion in
            guard let named = infusion.planVersion, !infusion.isVoided else { return false }
            return version.isNamed(by: named)
        }.map { Named(entry: $0.entry, days: $0.days, mention: history.mention(of: $0)) }
            .sorted { ($0.firstDay, $0.entry) < ($1.firstDay, $1.entry) }
    }

    /// The last day on which one was given, as far as days are known.
    public var lastDay: CivilDate? { infusions.compactMap(\.days?.upperBound).max() }

    /// Those of which the version is worth a word: another held on their day.
    public var notable: [Named] { infusions.filter { $0.mention.words != nil } }

    /// "12 infusions name it, the last on Sunday 22 March 2026."
    public var words: String {
        guard !infusions.isEmpty else { return "No infusion names it." }
        let noun = infusions.count == 1 ? "infusion names" : "infusions name"
        let last = lastDay.map { ", the last on \($0.longWords)" } ?? ""
        return "\(infusions.count) \(noun) it\(infusions.count == 1 ? "" : last)."
    }
}
