import DiaryStore
public import DiaryModel
import SyncCore

extension Reading {
    /// The infusions of a span of days and what they add up to.
    ///
    /// - Parameter days: days in the diary's zone; nil for all.
    public func totals(days: ClosedRange<CivilDate>? = nil) throws -> DiaryTotals {
        // Two days more either way, whatever the zone's offset is.
        let times = days.map { days in
            Int64(days.lowerBound.daysSinceEpoch - 2) * 86_400_000...Int64(
                days.upperBound.daysSinceEpoch + 2) * 86_400_000
        }
        let views = try transaction.entries(
            in: diary, kinds: ["infusion"], within: times, newestFirst: false
        ).filter { summary in
            guard let days else { return true }
            return summary.startMs.map { days.contains(zone.day(atMs: $0)) } ?? false
        }.compactMap { try view(of: $0.position) }
        return DiaryTotals(views, zone: zone)
    }
}
