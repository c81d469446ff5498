/// The points of one measure on one axis, in time order.
public struct MeasureSeries: Sendable {
    public let measure: MeasureCode
    public let axis: MeasureAxis
    public let points: [MeasurePoint]

    init(measure: MeasureCode, axis: MeasureAxis, points: [MeasurePoint]) {
        self.measure = measure
        self.axis = axis
        self.points = points
    }

    /// The points of each day that has some, in order; where a day has several, none of them is chosen.
    public var days: [MeasureDay] {
        var days: [MeasureDay] = []
        for point in points.sorted(by: { ($0.day, $0) < ($1.day, $1) }) {
            if days.last?.day == point.day {
                days[days.count - 1].points.append(point)
            } else {
                days.append(MeasureDay(day: point.day, points: [point]))
            }
        }
        return days
    }

    /// The last day with points, on a day or before it.
    public func latest(onOrBefore day: CivilDate) -> MeasureDay? { days.last { $0.day <= day } }

    /// The first day with points, on a day or after it.
    public func first(onOrAfter day: CivilDate) -> MeasureDay? { days.first { $0.day >= day } }

    /// Only what lies on these days.
    public func inside(_ days: ClosedRange<CivilDate>) -> MeasureSeries {
        MeasureSeries(
            measure: measure, axis: axis, points: points.filter { days.contains($0.day) })
    }

    /// Only what was measured in one place.
    public func from(_ source: MeasureSource) -> MeasureSeries {
        MeasureSeries(
            measure: measure, axis: axis, points: points.filter { $0.source == source })
    }
}

/// All points of a series on one day.
public struct MeasureDay: Hashable, Sendable {
    public let day: CivilDate
    public internal(set) var points: [MeasurePoint]

    /// The numbers in wire units, each once, the smallest first.
    public var numbers: [Int64] { Set(points.compactMap(\.number?.wire)).sorted() }
    /// Somebody could not do it that day.
    public var hasUnable: Bool { points.contains { $0.number == nil } }
}
