public import SyncCore

/// Whether the two hands look swapped: left and right each nearer the other's series (domain 2.5, C22).
///
/// It is a question to a physiotherapist. Both values stay as they were written.
public enum SideSwap {
    /// Compares what was measured now with the last numbers of each hand, all in one wire unit.
    public static func looksSwapped(
        left: [Int64], right: [Int64], lastLeft: [Int64], lastRight: [Int64]
    ) -> Bool {
        isNearer(left, to: lastRight, than: lastLeft)
            && isNearer(right, to: lastLeft, than: lastRight)
    }

    /// Whether one of the numbers lies nearer to one series than to the other.
    private static func isNearer(_ numbers: [Int64], to one: [Int64], than other: [Int64]) -> Bool {
        numbers.contains { number in
            guard let near = one.map({ $0.distance(from: number) }).min(),
                let far = other.map({ $0.distance(from: number) }).min()
            else { return false }
            return near < far
        }
    }
}

/// The numbers of both hands that a new one is held against.
public struct SidesSeen: Hashable, Sendable {
    /// Of the other hand, measured together with it.
    public var otherNow: [Int64]
    public var lastOfThisSide: [Int64]
    public var lastOfOtherSide: [Int64]

    public init(otherNow: [Int64], lastOfThisSide: [Int64], lastOfOtherSide: [Int64]) {
        self.otherNow = otherNow
        self.lastOfThisSide = lastOfThisSide
        self.lastOfOtherSide = lastOfOtherSide
    }
}

extension Measurements {
    /// What a grip of one hand is held against: the other hand's of the same day and place, and the last
    /// of both hands before.
    ///
    /// - Parameter entry: the measurement itself, which is left out; nil for one that is being typed.
    public func sides(
        of measure: MeasureCode, on axis: MeasureAxis, day: CivilDate, source: MeasureSource?,
        without entry: EntryID? = nil
    ) -> SidesSeen? {
        guard let other = measure.row.otherSide else { return nil }
        let onAxis = points.filter {
            $0.axis == axis && $0.entry != entry && $0.number != nil && $0.day <= day
        }
        func isNow(_ point: MeasurePoint) -> Bool { point.day == day && point.source == source }
        func last(_ code: MeasureCode) -> [Int64] {
            let earlier = onAxis.filter { $0.measure == code && !isNow($0) }
            let day = earlier.map(\.day).max()
            return earlier.filter { $0.day == day }.compactMap(\.number?.wire)
        }
        let now = onAxis.filter { $0.measure == other && isNow($0) }
        return SidesSeen(
            otherNow: now.compactMap(\.number?.wire), lastOfThisSide: last(measure),
            lastOfOtherSide: last(other))
    }

    /// Days on which the hands look swapped, each with its points of both hands.
    public var swappedSides: [SwappedSides] {
        let pairs: [(MeasureCode, MeasureCode)] = [
            (.gripLeft, .gripRight), (.gripForceLeft, .gripForceRight),
        ]
        return pairs.flatMap { left, right in swapped(left, right) }
    }

    private func swapped(_ left: MeasureCode, _ right: MeasureCode) -> [SwappedSides] {
        struct Sitting: Hashable {
            let day: CivilDate
            let source: MeasureSource?
            let axis: MeasureAxis
        }
        let numbers = points.filter {
            ($0.measure == left || $0.measure == right) && $0.number != nil
        }
        var order: [Sitting] = []
        var sittings: [Sitting: [MeasurePoint]] = [:]
        for point in numbers {
            let sitting = Sitting(day: point.day, source: point.source, axis: point.axis)
            if sittings[sitting] == nil { order.append(sitting) }
            sittings[sitting, default: []].append(point)
        }
        return order.compactMap { sitting in
            let together = sittings[sitting] ?? []
            let ofLeft = together.filter { $0.measure == left }
            guard !ofLeft.isEmpty, ofLeft.count < together.count,
                let seen = sides(
                    of: left, on: sitting.axis, day: sitting.day, source: sitting.source),
                SideSwap.looksSwapped(
                    left: ofLeft.compactMap(\.number?.wire), right: seen.otherNow,
                    lastLeft: seen.lastOfThisSide, lastRight: seen.lastOfOtherSide)
            else { return nil }
            return SwappedSides(day: sitting.day, source: sitting.source, points: together)
        }
    }
}

/// Points of both hands of one day and place that look swapped.
public struct SwappedSides: Hashable, Sendable {
    public let day: CivilDate
    public let source: MeasureSource?
    public let points: [MeasurePoint]
}
