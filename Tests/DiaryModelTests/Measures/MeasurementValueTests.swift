import DiaryModel
import SyncCore
import Testing

/// A value of each measure, as domain 2.10 has it.
private let values: [(MeasureCode, JSONValue)] = [
    (
        .gripLeft,
        [
            "gripPascals": 54_100, "attemptsPascals": [52_000, 54_100, 53_000],
            "method": "best_of", "entryMethod": "typed",
        ]
    ),
    (.gripForceLeft, ["forceGrams": 24_000, "method": "best_of"]),
    (.gripForceRight, ["forcePoundHundredths": 5290]),
    (
        .muscleSum,
        [
            "points": 56, "set": "six_pairs",
            "muscles": [["muscle": "deltoid", "side": "L", "points": 5]],
        ]
    ),
    (.incat, ["armPoints": 1, "legPoints": 2, "adjusted": "yes"]),
    (.onls, ["armPoints": 1, "legPoints": 7]),
    (.irods, ["rawPoints": 30, "centile": 58, "table": "irods_2011"]),
    (.walk10m, ["walkMilliseconds": 12_800, "aid": "stick"]),
    (.walk10m, "unable"),
    (.weight, ["weightGrams": 82_400, "scale": "home"]),
    (.iggTrough, ["iggMilligramsPerLitre": 12_500, "nextInfusion": "unknown"]),
    (.infections, ["count": 0, "from": "2026-01-05", "to": "2026-04-04"]),
    (.vasFatigue, ["points": 7]),
    (.wearingOffDays, ["days": 3]),
]

@Suite struct MeasurementValueTests {
    @Test(arguments: values.indices)
    func `a value of each form is read and written back the same, and the validator takes it`(
        index: Int
    ) throws {
        let (measure, json) = values[index]
        let value = try #require(MeasurementValue(json: json, of: measure))
        #expect(value.json == json)
        #expect(value.impossibleMember(of: measure) == nil)
        let fields: JSONObject = [
            "measure": measure.json, "time": time("2026-03-29T09:05"), "value": json,
        ]
        let validation = Validator().validate(kind: .measurement, set: fields)
        #expect(validation.rejections == [])
    }

    @Test func `a number in another form's member is not that measure's`() {
        #expect(MeasurementValue(json: ["forceGrams": 24_000], of: .gripLeft) == nil)
        #expect(MeasurementValue(json: ["gripPascals": 54_100], of: .gripForceLeft) == nil)
        #expect(MeasurementValue(json: "unable", of: .gripLeft) == nil)
        #expect(
            MeasurementValue(
                json: ["forceGrams": 24_000, "forcePoundHundredths": 5290], of: .gripForceLeft)
                == nil)
    }

    @Test func `a member that only a newer version knows leaves the value unread`() {
        #expect(MeasurementValue(json: ["points": 7, "mood": "low"], of: .vasPain) == nil)
    }

    @Test func `unknown stands in the number's place and is no number`() throws {
        let grip = try #require(
            MeasurementValue(json: ["gripPascals": "unknown", "method": "best_of"], of: .gripLeft))
        #expect(grip.number == .unknown)
        let score = try #require(
            MeasurementValue(json: ["armPoints": 1, "legPoints": "declined"], of: .incat))
        #expect(score.number == .declined)
        #expect(MeasurementValue(json: "unable", of: .walk10m)?.number == nil)
    }

    @Test
    func `of I-RODS the centile is the number, and without it the raw sum on an axis of its own`()
        throws
    {
        let both = try #require(
            MeasurementValue(json: ["rawPoints": 30, "centile": 58, "table": "t1"], of: .irods))
        #expect(both.number == 58)
        #expect(both.axis(of: .irods).quantity == .irodsCentile)
        #expect(both.axis(of: .irods).instrument == "t1")
        let raw = try #require(MeasurementValue(json: ["rawPoints": 30], of: .irods))
        #expect(raw.number == 30)
        #expect(raw.axis(of: .irods).quantity == .irodsRaw)
        #expect(!raw.axis(of: .irods).isComparable)
    }

    @Test func `a laboratory's mg per dL is a tenth of the wire's mg per L`() {
        #expect(IgGLevel(milligramsPerDecilitre: 1250)?.iggMilligramsPerLitre == 12_500)
        #expect(IgGLevel(milligramsPerDecilitre: .max) == nil)
    }

    @Test(
        arguments: [
            (.gripLeft, ["gripPascals": 200_001], "gripPascals"),
            (.gripLeft, ["gripPascals": 50_000, "attemptsPascals": [200_001]], "attemptsPascals"),
            (.gripForceLeft, ["forceGrams": 120_001], "forceGrams"),
            (.muscleSum, ["points": 61, "set": "six_pairs"], "points"),
            (.muscleSum, ["points": 61, "set": "six_pairs_fdi"], nil),
            (.incat, ["armPoints": 0, "legPoints": 6], "legPoints"),
            (.onls, ["armPoints": 0, "legPoints": 6], nil),
            (.irods, ["rawPoints": 49], "rawPoints"),
            (.walk10m, ["walkMilliseconds": 499], "walkMilliseconds"),
            (.vasPain, ["points": 11], "points"),
            (.infections, ["count": 1, "from": "2026-02-02", "to": "2026-02-01"], "to"),
            (.infections, ["count": 1, "from": "unknown", "to": "2026-02-01"], nil),
        ] as [(MeasureCode, JSONValue, String?)])
    func `each measure has its own hard range`(
        measure: MeasureCode, json: JSONValue, member: String?
    ) throws {
        let value = try #require(MeasurementValue(json: json, of: measure))
        #expect(value.impossibleMember(of: measure) == member)
    }
}
