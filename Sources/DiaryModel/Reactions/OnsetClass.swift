/// When a reaction began, against the infusion that it is linked to, and whether it still goes on.
public enum OnsetClass: String, DiaryValue, CaseIterable {
    /// Between the infusion's start and its end.
    case during
    /// At most 24 hours after the end.
    case within24h = "within_24_h"
    /// More than 24 and at most 72 hours after the end.
    case within72h = "24_to_72_h"
    case after72h = "after_72_h"
    /// It has no end yet; it stands beside the class of its onset.
    case ongoing
    /// The instants do not tell.
    case unknown

    /// The class of an onset, from instants only.
    ///
    /// A bare day, an infusion without an end, a clock that had been reset, and an onset before the
    /// infusion began tell nothing: unknown.
    public init(onset: Moment, infusion: TimeValue?) {
        self = .unknown
        guard let infusion, let end = infusion.end?.value,
            ![onset.clock, infusion.start.clock, end.clock].contains(.suspect),
            let onsetMs = onset.ms, let startMs = infusion.start.ms, let endMs = end.ms,
            startMs <= onsetMs, startMs <= endMs
        else { return }
        let after = onsetMs.subtractingSaturating(endMs)
        if after <= 0 {
            self = .during
        } else if after <= 24 * Self.hourMs {
            self = .within24h
        } else {
            self = after <= 72 * Self.hourMs ? .within72h : .after72h
        }
    }

    private static let hourMs: Int64 = 3_600_000
}
