public import SyncCore

/// The field `value` of a measurement: number, unit and method together, read by its measure's form.
///
/// A walk that was not possible is `unable`, which is no number and never one; that nobody knows the
/// number is a word in its place.
public enum MeasurementValue: Hashable, Sendable {
    case grip(GripReading)
    case force(GripForce)
    case muscles(MuscleSum)
    case armAndLeg(ArmLegScore)
    case irods(IRODSScore)
    case walk(WalkTime)
    /// The walk was tried, or was out of the question, and was not possible.
    case unable
    case weight(ScaleWeight)
    case igg(IgGLevel)
    case count(PeriodCount)
    case points(ScalePoints)
    case days(WearingOffDays)

    /// The value of this JSON; nil if it has not the measure's form.
    public init?(json: JSONValue, of measure: MeasureCode) {
        let read: MeasurementValue? =
            switch measure.row.form {
            case .grip: GripReading(json: json).map { .grip($0) }
            case .force: GripForce(json: json).map { .force($0) }
            case .muscles: MuscleSum(json: json).map { .muscles($0) }
            case .armAndLeg: ArmLegScore(json: json).map { .armAndLeg($0) }
            case .irods: IRODSScore(json: json).map { .irods($0) }
            case .walk:
                json == Self.unableWord ? .unable : WalkTime(json: json).map { .walk($0) }
            case .weight: ScaleWeight(json: json).map { .weight($0) }
            case .igg: IgGLevel(json: json).map { .igg($0) }
            case .count: PeriodCount(json: json).map { .count($0) }
            case .points: ScalePoints(json: json).map { .points($0) }
            case .days: WearingOffDays(json: json).map { .days($0) }
            }
        guard let read else { return nil }
        self = read
    }

    private static let unableWord: JSONValue = "unable"

    public var json: JSONValue {
        switch self {
        case .grip(let value): value.json
        case .force(let value): value.json
        case .muscles(let value): value.json
        case .armAndLeg(let value): value.json
        case .irods(let value): value.json
        case .walk(let value): value.json
        case .unable: Self.unableWord
        case .weight(let value): value.json
        case .igg(let value): value.json
        case .count(let value): value.json
        case .points(let value): value.json
        case .days(let value): value.json
        }
    }
}

extension MeasurementValue {
    /// The number in wire units; nil for `unable`, a word where the person does not know or say it.
    ///
    /// Of an I-RODS score it is the centile where one stands there, else the raw sum.
    public var number: Said<Int64>? {
        switch self {
        case .grip(let value): value.gripPascals
        case .force(let value): value.force.number
        case .muscles(let value): value.points
        case .armAndLeg(let value): value.total
        case .irods(let value): value.centile?.value.map { .value($0) } ?? value.rawPoints
        case .walk(let value): value.walkMilliseconds
        case .unable: nil
        case .weight(let value): value.weightGrams
        case .igg(let value): value.iggMilligramsPerLitre
        case .count(let value): value.count
        case .points(let value): value.points
        case .days(let value): value.days
        }
    }

    /// The axis on which the number stands.
    public func axis(of measure: MeasureCode) -> MeasureAxis {
        let scale = scale(of: measure)
        return MeasureAxis(
            scale?.quantity ?? .scale, scale?.unit ?? .points, instrument: instrument)
    }

    /// How it was measured, as far as it was said: the method, the walking aid.
    public var method: PrintedText? {
        switch self {
        case .grip(let value): value.method
        case .force(let value): value.method
        case .walk(let value): value.aid
        default: nil
        }
    }

    /// Where it was measured, as far as the value says it.
    public var source: MeasureSource? {
        if case .weight(let value) = self { value.scale?.value } else { nil }
    }

    /// How it came into the diary, as far as the value says it.
    public var entryMethod: EntryMethod? {
        switch self {
        case .grip(let value): value.entryMethod
        case .force(let value): value.entryMethod
        case .muscles(let value): value.entryMethod
        case .armAndLeg(let value): value.entryMethod
        case .irods(let value): value.entryMethod
        case .walk(let value): value.entryMethod
        case .unable: nil
        case .weight(let value): value.entryMethod
        case .igg(let value): value.entryMethod
        case .count(let value): value.entryMethod
        case .points(let value): value.entryMethod
        case .days(let value): value.entryMethod
        }
    }

    private var instrument: PrintedText? {
        switch self {
        case .muscles(let value): value.muscleSet
        case .irods(let value): value.centile?.value == nil ? nil : value.table
        default: nil
        }
    }

    private func scale(of measure: MeasureCode) -> MeasureRow.Scale? {
        let scales = measure.row.scales
        switch self {
        case .force(let value): return scales.first { $0.unit == value.force.unit }
        case .irods(let value):
            let quantity: MeasureAxis.Quantity =
                value.centile?.value == nil ? .irodsRaw : .irodsCentile
            return scales.first { $0.quantity == quantity }
        default: return scales.first
        }
    }
}

extension MeasurementValue {
    /// The member of the value that is not possible, by its name; nil if all is.
    ///
    /// Whoever types is held to it. What arrives all the same is kept and named, and stands in no
    /// series.
    public func impossibleMember(of measure: MeasureCode) -> String? {
        func outside(_ number: Said<Int64>?, _ range: ClosedRange<Int64>?) -> Bool {
            guard let number = number?.value, let range else { return false }
            return !range.contains(number)
        }
        let range = scale(of: measure)?.range
        switch self {
        case .grip(let value):
            if outside(value.gripPascals, range) { return "gripPascals" }
            let attempts = value.attemptsPascals?.value ?? []
            return attempts.contains { outside(.value($0), range) } ? "attemptsPascals" : nil
        case .muscles(let value):
            if outside(value.points, 0...value.most) { return "points" }
            return value.muscles?.contains { outside($0.points, 0...5) } ?? false ? "muscles" : nil
        case .armAndLeg(let value):
            if outside(value.armPoints, 0...5) { return "armPoints" }
            return outside(value.legPoints, MeasureTable.legRange(measure)) ? "legPoints" : nil
        case .irods(let value):
            if outside(value.rawPoints, 0...48) { return "rawPoints" }
            return outside(value.centile, 0...100) ? "centile" : nil
        case .count(let value):
            if outside(value.count, range) { return "count" }
            let bothKnown = value.from.value != nil && value.to.value != nil
            return bothKnown && value.days == nil ? "to" : nil
        default: return outside(number, range) ? numberMember : nil
        }
    }

    /// The member in which the number stands.
    var numberMember: String {
        switch self {
        case .grip: "gripPascals"
        case .force(let value):
            value.force.unit == .kilograms ? "forceGrams" : "forcePoundHundredths"
        case .muscles, .points: "points"
        case .armAndLeg: "armPoints"
        case .irods: "rawPoints"
        case .walk, .unable: "walkMilliseconds"
        case .weight: "weightGrams"
        case .igg: "iggMilligramsPerLitre"
        case .count: "count"
        case .days: "days"
        }
    }
}
