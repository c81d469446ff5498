/// Whether weakness came back three days or more before the next dose in three successive cycles.
///
/// A cycle runs from the day after a dose to the day of the next one: how many days before a dose it
/// came back is known on that dose's day. The last cycle is still open. A cycle of which nothing was said
/// is not known, and breaks the row: nothing is made up for it.
public struct WearingOff: Hashable, Sendable {
    /// The cycles in order.
    public let cycles: [Cycle]
    public let verdict: Verdict

    public enum Verdict: Hashable, Sendable {
        /// In so many successive cycles: on the list for review. The first and the last dose day of them.
        case forReview(from: CivilDate, cycles: Int)
        /// It would be, if of several numbers the largest is right.
        case depends
        case no
    }

    /// One cycle and the numbers said of it.
    public struct Cycle: Hashable, Sendable {
        /// The day of the dose that begins it.
        public let dose: CivilDate
        /// The day of the next dose; nil while there is none.
        public let next: CivilDate?
        /// Days, each number once, the smallest first; empty where nothing was said.
        public let days: [Int64]

        var isLong: Bool { days.first.map { $0 >= WearingOff.leastDays } ?? false }
        var mayBeLong: Bool { days.last.map { $0 >= WearingOff.leastDays } ?? false }
    }

    public static let leastDays: Int64 = 3
    public static let leastCycles = 3

    /// Looks through the cycles between these days of doses.
    public init(_ series: MeasureSeries?, doses: [CivilDate]) {
        let doses = Set(doses).sorted()
        var days: [CivilDate: Set<Int64>] = [:]
        for day in series?.days ?? [] where series?.axis.quantity == .wearingOff {
            // The last dose before that day.
            guard let dose = doses.last(before: day.day) else { continue }
            days[dose, default: []].formUnion(day.numbers)
        }
        cycles = doses.enumerated().map { index, dose in
            Cycle(
                dose: dose, next: index + 1 < doses.count ? doses[index + 1] : nil,
                days: (days[dose] ?? []).sorted())
        }
        if let row = Self.longestRow(cycles, where: \.isLong), row.count >= Self.leastCycles {
            verdict = .forReview(from: row.first, cycles: row.count)
        } else {
            let perhaps = Self.longestRow(cycles, where: \.mayBeLong)?.count ?? 0
            verdict = perhaps >= Self.leastCycles ? .depends : .no
        }
    }

    /// The longest row of successive cycles, of several the latest.
    private static func longestRow(
        _ cycles: [Cycle], where holds: (Cycle) -> Bool
    ) -> (first: CivilDate, count: Int)? {
        var longest: (first: CivilDate, count: Int)?
        var current: (first: CivilDate, count: Int)?
        for cycle in cycles {
            guard holds(cycle) else {
                current = nil
                continue
            }
            let row = (first: current?.first ?? cycle.dose, count: (current?.count ?? 0) + 1)
            current = row
            if row.count >= longest?.count ?? 0 { longest = row }
        }
        return longest
    }
}

extension [CivilDate] {
    /// The last day before another, of days in order.
    fileprivate func last(before day: CivilDate) -> CivilDate? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? self[low - 1] : nil
    }
}
