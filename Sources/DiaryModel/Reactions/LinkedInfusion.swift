public import SyncCore

/// The infusion that a reaction names, as it stands, or as far as it is known here.
public struct LinkedInfusion: Hashable, Sendable {
    public let entry: EntryID
    public let link: Link
    /// The infusion's settled time.
    public let time: TimeValue?
    /// Where the infusion does not stand: the others that were given on those days.
    public let others: [EntryID]

    /// How the link stands.
    public enum Link: Hashable, Sendable {
        case counts
        /// It is not settled whether the infusion stands, or which copy of it counts.
        case inQuestion
        case voided
        /// Another copy counts.
        case setAside(for: EntryID)
        case toReview
        /// No entry of that id is held here; it may come with the next sync.
        case notHeld

        /// The infusion was voided or set aside; the reaction stays.
        public var isGone: Bool {
            switch self {
            case .voided, .setAside: true
            default: false
            }
        }
    }

    /// Looks an infusion up.
    ///
    /// - Parameter onset: the day the reaction began; from the infusion's day to it others are listed.
    public init(_ entry: EntryID, in infusions: InfusionTimes, onset: CivilDate? = nil) {
        self.entry = entry
        guard let held = infusions[entry] else {
            (link, time, others) = (.notHeld, nil, [])
            return
        }
        time = held.time
        link =
            switch held.standing {
            case .counts: .counts
            case .inQuestion: .inQuestion
            case .setAside(let other): .setAside(for: other)
            case .voided: .voided
            case .toReview: .toReview
            }
        let days = held.days + [onset].compactMap(\.self)
        if link.isGone, let first = days.min(), let last = days.max() {
            others = infusions.given(on: first...last, without: entry).map(\.entry)
        } else {
            others = []
        }
    }
}

extension LinkedInfusion {
    /// Whether the infusion began after a reaction did, by instants; bare days tell it by the day.
    func isAfter(_ onset: Moment?) -> Bool {
        guard let onset, let start = time?.start else { return false }
        if let onsetMs = onset.ms, let startMs = start.ms { return onsetMs < startMs }
        guard onset.precision != .month, start.precision != .month else { return false }
        return onset.wall.date < start.wall.date
    }
}
