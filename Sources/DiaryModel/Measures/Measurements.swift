public import SyncCore

/// What was measured, as points in time, with what could not be made one and why.
///
/// Unknown is no point: not zero, not the last value again. It is named instead, as is what this
/// version cannot read.
public struct Measurements: Sendable {
    /// All points in time order.
    public let points: [MeasurePoint]
    /// Measurements whose number the person does not know or does not wish to say, or was taken out.
    public let withoutNumber: [EntryID]
    /// Measurements of which something stands there in a form that is not known here, or is not possible.
    public let notUnderstood: [EntryID]
    /// Measurements that are voided, to review, or of which another copy counts.
    public let leftOut: [EntryID]

    /// Reads entries of kind measurement; those of another kind are passed over.
    ///
    /// - Parameters:
    ///   - zone: the plan's, in whose days they are placed.
    ///   - source: where a value was measured that does not say it itself.
    public init(
        _ views: some Sequence<EntryView>, zone: some ZoneRules,
        source: (Candidate) -> MeasureSource? = { _ in nil }
    ) {
        let views = views.filter { $0.kind == EntryKind.measurement.rawValue }
        let standings = CountingEntries(views)
        var points: [MeasurePoint] = []
        var (silent, odd, out): ([EntryID], [EntryID], [EntryID]) = ([], [], [])
        for view in views {
            let id = view.entry.id
            guard let standing = standings[id], standing.isLive else {
                out.append(id)
                continue
            }
            let reading = MeasurementReading(view)
            points += reading.points(zone: zone, inQuestion: standing != .counts, source: source)
            if reading.isWithoutNumber { silent.append(id) }
            if !reading.isUnderstood { odd.append(id) }
        }
        self.points = points.sorted()
        withoutNumber = silent.sorted()
        notUnderstood = odd.sorted()
        leftOut = out.sorted()
    }

    /// A series for each measure and axis that has points, in the order of the table.
    public var series: [MeasureSeries] {
        MeasureTable.rows.flatMap { series(of: $0.code) }
    }

    /// The series of one measure: more than one where units, muscle sets or tables differ.
    public func series(of measure: MeasureCode) -> [MeasureSeries] {
        var axes: [MeasureAxis] = []
        var found: [MeasureAxis: [MeasurePoint]] = [:]
        for point in points where point.measure == measure {
            if found[point.axis] == nil { axes.append(point.axis) }
            found[point.axis, default: []].append(point)
        }
        return axes.map { MeasureSeries(measure: measure, axis: $0, points: found[$0] ?? []) }
    }
}

/// The candidates of one measurement.
private struct MeasurementReading {
    let view: EntryView
    private let measure: MeasureCode?
    private let times: [(time: TimeValue, atMs: Int64)]
    private let values: [(value: MeasurementValue, candidate: Candidate)]
    /// Every candidate of every field was read and is possible.
    let isUnderstood: Bool
    /// Some candidate says that the number is not known.
    let isWithoutNumber: Bool

    init(_ view: EntryView) {
        self.view = view
        measure = view["measure"].flatMap { MeasureCode(json: $0) }
        var understood = measure != nil
        var times: [(time: TimeValue, atMs: Int64)] = []
        for candidate in view.distinctCandidates("time") {
            if let time = candidate.value.json.flatMap({ TimeValue(json: $0) }) {
                times.append((time, candidate.at.milliseconds))
            } else {
                understood = false
            }
        }
        var values: [(value: MeasurementValue, candidate: Candidate)] = []
        var silent = false
        for candidate in view.distinctCandidates("value") {
            guard let json = candidate.value.json, !json.isNull, AnswerWord(json: json) == nil
            else {
                silent = true
                continue
            }
            guard let measure, let value = MeasurementValue(json: json, of: measure),
                value.impossibleMember(of: measure) == nil
            else {
                understood = false
                continue
            }
            if let number = value.number, number.value == nil {
                silent = true
            } else {
                values.append((value, candidate))
            }
        }
        self.times = times
        self.values = values
        isUnderstood = understood && !times.isEmpty
        isWithoutNumber = silent
    }

    /// A point for each value at each time; where people disagree more often than can be looked at,
    /// each value and each time at least once.
    func points(
        zone: some ZoneRules, inQuestion: Bool, source: (Candidate) -> MeasureSource?
    ) -> [MeasurePoint] {
        guard let measure else { return [] }
        let isInConflict =
            ["time", "value"].contains { view.fields[$0]?.isInConflict ?? false }
        var points: [MeasurePoint] = []
        let isMany = times.count > Self.mostTogether || values.count > Self.mostTogether
        for (index, when) in times.enumerated() {
            let together = isMany && index > 0 ? Array(values.prefix(1)) : values
            for (value, candidate) in together {
                let start = when.time.start
                let axis = value.axis(of: measure)
                points.append(
                    MeasurePoint(
                        entry: view.entry.id, measure: measure, moment: start,
                        day: start.day(in: zone) ?? start.wall.date.endOfMonth, value: value,
                        number: value.number?.value.map { MeasureNumber($0, axis.unit) },
                        axis: axis, source: value.source ?? source(candidate),
                        isInConflict: isInConflict, isInQuestion: inQuestion,
                        order: TimeOrder(
                            start: start, writtenMs: when.atMs, entry: view.entry.id, zone: zone)))
            }
        }
        return points
    }

    private static let mostTogether = 8
}

extension EntryView {
    /// The candidates of a field, each value once.
    func distinctCandidates(_ field: String) -> [Candidate] {
        var seen: Set<Register.Value> = []
        return (fields[field]?.candidates ?? []).filter { seen.insert($0.value).inserted }
    }
}
