/// The measures of domain 2.5 as data: a new measure is a row.
public enum MeasureTable {
    /// A row for each code, in the codes' order.
    public static let rows: [MeasureRow] = [
        MeasureRow(
            .gripLeft, .grip, [.init(.gripPressure, .kilopascals, 0...200_000)], better: .up,
            .absolute(8000), side: .left,
            exchange: [.loinc("83173-5", needsUnitAndMethod: true)]),
        MeasureRow(
            .gripRight, .grip, [.init(.gripPressure, .kilopascals, 0...200_000)], better: .up,
            .absolute(8000), side: .right,
            exchange: [.loinc("83174-3", needsUnitAndMethod: true)]),
        MeasureRow(
            .gripForceLeft, .force, force, better: .up, .clinicSet, side: .left,
            exchange: [.loinc("83173-5")]),
        MeasureRow(
            .gripForceRight, .force, force, better: .up, .clinicSet, side: .right,
            exchange: [.loinc("83174-3")]),
        MeasureRow(
            .muscleSum, .muscles, [.init(.muscleSum, .points, 0...70)], better: .up, .absolute(2)),
        MeasureRow(
            .incat, .armAndLeg, [.init(.incat, .points, 0...10)], better: .down, .absolute(1)),
        MeasureRow(
            .onls, .armAndLeg, [.init(.onls, .points, 0...12)], better: .down, .absolute(1)),
        MeasureRow(
            .irods, .irods,
            [.init(.irodsCentile, .centile, 0...100), .init(.irodsRaw, .points, 0...48)],
            better: .up, .absolute(4)),
        MeasureRow(
            .walk10m, .walk, [.init(.walk, .seconds, 500...600_000)], better: .down,
            .percentOfBaseline(28)),
        MeasureRow(
            .weight, .weight, [.init(.weight, .kilograms, 2000...350_000)], better: .neither,
            .none, exchange: [.loinc("29463-7")]),
        MeasureRow(
            .iggTrough, .igg, [.init(.igg, .gramsPerLitre, 0...60_000)], better: .neither, .none,
            exchange: [.loinc("2465-3")]),
        period(.infections, .infections, .times),
        period(.antibioticCourses, .antibioticCourses, .times),
        period(.daysOff, .daysOff, .days),
        period(.hospitalDays, .hospitalDays, .days),
        scale(.vasFatigue), scale(.vasPain), scale(.vasWearingOff),
        MeasureRow(
            .wearingOffDays, .days, [.init(.wearingOff, .days, 0...366)], better: .down, .none),
    ]

    /// The row of a measure.
    public static func row(_ code: MeasureCode) -> MeasureRow {
        // A test holds the table to one row for each code.
        rows.first { $0.code == code } ?? MeasureRow(code, .points, [], better: .neither, .none)
    }

    /// Legs reach further in ONLS than in INCAT.
    static func legRange(_ code: MeasureCode) -> ClosedRange<Int64> {
        code == .onls ? 0...7 : 0...5
    }

    private static let force: [MeasureRow.Scale] = [
        .init(.gripForce, .kilograms, 0...120_000), .init(.gripForce, .poundsForce, 0...26_500),
    ]

    private static func period(
        _ code: MeasureCode, _ quantity: MeasureAxis.Quantity, _ unit: MeasureUnit
    ) -> MeasureRow {
        MeasureRow(code, .count, [.init(quantity, unit, 0...366)], better: .down, .none)
    }

    private static func scale(_ code: MeasureCode) -> MeasureRow {
        MeasureRow(code, .points, [.init(.scale, .points, 0...10)], better: .down, .clinicSet)
    }
}
