/// How a measure changed from one day to another, held against its threshold.
///
/// Where a day has several numbers (two sources, a value in conflict) the change is a range, and the
/// verdict is one only if every pair of numbers gives the same: nothing is averaged or chosen.
public struct MeasureChange: Hashable, Sendable {
    public let measure: MeasureCode
    public let axis: MeasureAxis
    public let before: MeasureDay
    public let after: MeasureDay
    /// The smallest and the largest difference in wire units, after minus before; nil where nothing can be
    /// compared.
    public let difference: ClosedRange<Int64>?
    public let verdict: ChangeVerdict
    /// Of INCAT: the verdict without a change of the arm score between 0 and 1.
    public let adjustedVerdict: ChangeVerdict?
    /// The two days were measured in different ways, as far as it was said.
    public let methodDiffers: Bool

    /// Compares two days.
    ///
    /// - Parameter clinicThreshold: at least so many wire units, where the table leaves it to the clinic.
    public init(
        of measure: MeasureCode, from before: MeasureDay, to after: MeasureDay,
        clinicThreshold: Int64? = nil
    ) {
        self.measure = measure
        self.before = before
        self.after = after
        let points = before.points + after.points
        axis = points.first?.axis ?? MeasureAxis(.scale, .points)
        let methods = [before, after].map { Set($0.points.compactMap(\.method)) }
        methodDiffers = methods.allSatisfy { !$0.isEmpty } && methods[0] != methods[1]
        adjustedVerdict = Self.adjusted(measure, before, after)
        let limit = ChangeLimit(measure.row, clinicThreshold: clinicThreshold)
        if Set(points.map(\.axis)).count != 1 {
            (difference, verdict) = (nil, .notComparable(.anotherInstrument))
        } else if !axis.isComparable {
            (difference, verdict) = (nil, .notComparable(.instrumentNotSaid))
        } else if before.hasUnable || after.hasUnable {
            (difference, verdict) = (nil, .notComparable(.unable))
        } else if let first = Extremes(before.numbers), let last = Extremes(after.numbers) {
            let smallest = last.low.subtractingSaturating(first.high)
            difference = smallest...last.high.subtractingSaturating(first.low)
            verdict = limit.verdict(from: first, to: last)
        } else {
            (difference, verdict) = (nil, .notComparable(.noNumber))
        }
    }

    /// Without a change of the arm between 0 and 1, which is from "normal" to "minor symptoms" (domain 2.5).
    private static func adjusted(
        _ measure: MeasureCode, _ before: MeasureDay, _ after: MeasureDay
    ) -> ChangeVerdict? {
        guard measure == .incat, before.points.count == 1, after.points.count == 1,
            case .armAndLeg(let first) = before.points[0].value,
            case .armAndLeg(let last) = after.points[0].value,
            let arm = first.armPoints.value, let leg = first.legPoints.value,
            let armNow = last.armPoints.value, let legNow = last.legPoints.value
        else { return nil }
        let ignoresArm = (0...1).contains(arm) && (0...1).contains(armNow)
        let total = leg.addingSaturating(ignoresArm ? 0 : arm)
        let totalNow = legNow.addingSaturating(ignoresArm ? 0 : armNow)
        return ChangeLimit(measure.row, clinicThreshold: nil)
            .verdict(from: Extremes(total, total), to: Extremes(totalNow, totalNow))
    }
}

/// Whether a change is worth a clinician's look; it says nothing of why, and nothing of what to do.
public enum ChangeVerdict: Hashable, Sendable {
    /// At or beyond the threshold, in this direction.
    case meaningful(Direction)
    /// Below the threshold.
    case belowThreshold
    /// It depends on which of several numbers is right.
    case depends
    /// Nobody has set a threshold.
    case noThreshold
    case notComparable(Obstacle)

    public enum Direction: String, Sendable, CaseIterable {
        case better, worse
        /// Of a measure where neither way is better.
        case up, down
    }

    /// Why two days cannot be compared.
    public enum Obstacle: String, Sendable, CaseIterable {
        /// Another unit, another muscle set, another table.
        case anotherInstrument
        /// The muscle set or the table was not said, or there is only a raw score.
        case instrumentNotSaid
        /// It was not possible on one of the days.
        case unable
        case noNumber
    }
}

/// The smallest and the largest of several numbers.
struct Extremes {
    let low: Int64
    let high: Int64

    init(_ low: Int64, _ high: Int64) {
        self.low = low
        self.high = high
    }

    init?(_ numbers: [Int64]) {
        guard let low = numbers.min(), let high = numbers.max() else { return nil }
        self.init(low, high)
    }
}

/// A threshold as a question about two numbers, answered without rounding.
struct ChangeLimit {
    private let kind: Kind
    private let better: MeasureRow.Better

    private enum Kind {
        case absolute(Int64)
        case percent(Int64)
        case unset
    }

    init(_ row: MeasureRow, clinicThreshold: Int64?) {
        better = row.better
        let kind: Kind =
            switch row.threshold {
            case .absolute(let wire): .absolute(wire)
            case .percentOfBaseline(let percent): .percent(percent)
            case .clinicSet: clinicThreshold.map { .absolute($0) } ?? .unset
            case .none: .unset
            }
        // Nobody can mean that no change at all is a change.
        if case .absolute(let wire) = kind, wire <= 0 {
            self.kind = .unset
        } else {
            self.kind = kind
        }
    }

    /// The verdict on all pairs of a number before and a number after, judged by the extreme pairs.
    func verdict(from before: Extremes, to after: Extremes) -> ChangeVerdict {
        if case .unset = kind { return .noThreshold }
        if isUp(from: before.high, to: after.low) { return .meaningful(direction(up: true)) }
        if isDown(from: before.low, to: after.high) { return .meaningful(direction(up: false)) }
        let mayBe =
            isUp(from: before.low, to: after.high) || isDown(from: before.high, to: after.low)
        return mayBe ? .depends : .belowThreshold
    }

    private func direction(up: Bool) -> ChangeVerdict.Direction {
        switch better {
        case .up: up ? .better : .worse
        case .down: up ? .worse : .better
        case .neither: up ? .up : .down
        }
    }

    private func isUp(from before: Int64, to after: Int64) -> Bool {
        after > before && reaches(after.distance(from: before), of: before)
    }

    private func isDown(from before: Int64, to after: Int64) -> Bool {
        after < before && reaches(before.distance(from: after), of: before)
    }

    /// Whether a distance is at least the threshold: percent by products of full width.
    private func reaches(_ distance: Int64, of before: Int64) -> Bool {
        switch kind {
        case .absolute(let wire): return distance >= wire
        case .percent(let percent):
            let left = distance.magnitude.multipliedFullWidth(by: 100)
            let right = before.magnitude.multipliedFullWidth(by: percent.magnitude)
            return left.high != right.high ? left.high > right.high : left.low >= right.low
        case .unset: return false
        }
    }
}
