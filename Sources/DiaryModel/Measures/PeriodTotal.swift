import SyncCore

/// What counts of periods add up to inside a window, and how much of the window nobody spoke of.
///
/// Periods that overlap each other or reach beyond the window are not added: what lies in the part that
/// they share is not known. They are listed instead.
public struct PeriodTotal: Hashable, Sendable {
    /// The sum of all periods that lie in the window and overlap no other; nil where there is none.
    ///
    /// A range where a count is in conflict.
    public let count: ClosedRange<Int64>?
    /// The points that were added.
    public let added: [MeasurePoint]
    /// Points of the window that could not be added.
    public let notAdded: [MeasurePoint]
    /// Days of the window that no added period covers.
    public let daysNotCovered: Int

    /// Adds up a series of counts in the days [from, to), the end not among them.
    public init(_ series: MeasureSeries?, from: CivilDate, to: CivilDate) {
        var entries: [EntryID: [(point: MeasurePoint, days: ClosedRange<CivilDate>)]] = [:]
        var odd: [MeasurePoint] = []
        for point in series?.points ?? [] {
            guard case .count(let value) = point.value else { continue }
            if let days = value.days {
                guard days.upperBound >= from, days.lowerBound < to else { continue }
                entries[point.entry, default: []].append((point, days))
            } else if point.day >= from, point.day < to {
                odd.append(point)
            }
        }
        var covering: [(days: ClosedRange<CivilDate>, points: [MeasurePoint])] = []
        for periods in entries.values {
            let points = periods.map(\.point)
            let days = periods[0].days
            let isInside = days.lowerBound >= from && days.upperBound < to
            if isInside, periods.allSatisfy({ $0.days == days }) {
                covering.append((days, points))
            } else {
                odd += points
            }
        }
        covering.sort { $0.days.lowerBound < $1.days.lowerBound }
        // Whatever touches a neighbour in this order is not added, nor is the neighbour.
        var overlaps: Set<Int> = []
        var (reach, furthest): (CivilDate?, Int) = (nil, 0)
        for (index, period) in covering.enumerated() {
            if let reach, period.days.lowerBound <= reach {
                overlaps.formUnion([furthest, index])
            }
            if reach.map({ period.days.upperBound > $0 }) ?? true {
                (reach, furthest) = (period.days.upperBound, index)
            }
        }
        var (low, high): (Int64, Int64) = (0, 0)
        var covered = 0
        var added: [MeasurePoint] = []
        for (index, period) in covering.enumerated() {
            guard !overlaps.contains(index),
                let counts = Extremes(period.points.compactMap(\.number?.wire))
            else {
                odd += period.points
                continue
            }
            low = low.addingSaturating(counts.low)
            high = high.addingSaturating(counts.high)
            covered += period.days.upperBound.daysSinceEpoch - period.days.lowerBound.daysSinceEpoch
            covered += 1
            added += period.points
        }
        count = added.isEmpty ? nil : low...high
        self.added = added.sorted()
        notAdded = odd.sorted()
        daysNotCovered = max(0, to.daysSinceEpoch - from.daysSinceEpoch - covered)
    }
}
