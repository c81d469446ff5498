import DiaryModel
import SyncCore
import Testing

@Suite struct MeasureTableTests {
    @Test func `every code has one row, and the field table takes exactly these codes`() {
        #expect(MeasureTable.rows.map(\.code) == MeasureCode.allCases)
        #expect(FieldTable.measures == MeasureCode.allCases.map(\.rawValue))
        #expect(
            FieldTable.measures == [
                "grip_l", "grip_r", "grip_force_l", "grip_force_r", "mrc_sum", "incat", "onls",
                "irods", "walk10m", "weight", "igg_trough", "infections", "antibiotic_courses",
                "days_off", "hospital_days", "vas_fatigue", "vas_pain", "vas_wearing_off",
                "wearing_off_days",
            ])
    }

    @Test
    func `kilopascals, kilograms and pounds of a grip are three axes, and body weight a fourth`() {
        let grips = [MeasureCode.gripLeft, .gripForceLeft, .weight].flatMap(\.row.scales)
        #expect(grips.map(\.unit.symbol) == ["kPa", "kg", "lbf", "kg"])
        #expect(Set(grips.map { MeasureAxis($0.quantity, $0.unit) }).count == 4)
    }

    @Test(
        arguments: [
            (.gripLeft, .absolute(8000), .up), (.gripForceLeft, .clinicSet, .up),
            (.muscleSum, .absolute(2), .up), (.incat, .absolute(1), .down),
            (.onls, .absolute(1), .down), (.irods, .absolute(4), .up),
            (.walk10m, .percentOfBaseline(28), .down), (.weight, .none, .neither),
            (.vasPain, .clinicSet, .down),
        ] as [(MeasureCode, MeasureThreshold, MeasureRow.Better)])
    func `the thresholds of change are those of the table`(
        code: MeasureCode, threshold: MeasureThreshold, better: MeasureRow.Better
    ) {
        #expect(code.row.threshold == threshold)
        #expect(code.row.better == better)
    }

    @Test func `a bulb's kilopascals go under a dynamometer's code only with unit and method`() {
        #expect(MeasureCode.gripLeft.row.exchange.map(\.code) == ["83173-5"])
        #expect(MeasureCode.gripLeft.row.exchange.allSatisfy { $0.needsUnitAndMethod })
        #expect(MeasureCode.gripForceRight.row.exchange.map(\.code) == ["83174-3"])
        #expect(!MeasureCode.gripForceRight.row.exchange.contains { $0.needsUnitAndMethod })
        #expect(MeasureCode.weight.row.exchange.map(\.code) == ["29463-7"])
        #expect(MeasureCode.iggTrough.row.exchange.map(\.code) == ["2465-3"])
    }

    @Test(
        arguments: [
            (54_100, .kilopascals, "54.1 kPa"), (54_130, .kilopascals, "54.13 kPa"),
            (8000, .kilopascals, "8.0 kPa"), (24_000, .kilograms, "24.0 kg"),
            (5305, .poundsForce, "53.05 lbf"), (12_800, .seconds, "12.8 s"),
            (12_500, .gramsPerLitre, "12.5 g/L"), (-40, .kilopascals, "-0.04 kPa"),
            (0, .times, "0"), (48, .points, "48 points"),
            (Int64.min, .points, "\(Int64.min) points"),
        ] as [(Int64, MeasureUnit, String)])
    func `numbers are shown exactly, with at least the unit's decimals`(
        wire: Int64, unit: MeasureUnit, shown: String
    ) {
        #expect(MeasureNumber(wire, unit).description == shown)
    }

    @Test func `a difference has its sign`() {
        #expect(MeasureNumber(8000, .kilopascals).signed == "+8.0 kPa")
        #expect(MeasureNumber(-8000, .kilopascals).signed == "-8.0 kPa")
        #expect(MeasureNumber(0, .kilopascals).signed == "0.0 kPa")
    }

    @Test func `what was expected is said with unit and way out`() {
        #expect(
            MeasureCode.gripForceLeft.expected
                == "Expected for grip force of the left hand: 0.0 to 120.0 kg, or 0.0 to 265.0 lbf; "
                + "say unknown if you do not know.")
        #expect(MeasureCode.walk10m.expected.contains("0.5 to 600.0 s; say unable"))
    }
}
