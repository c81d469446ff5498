import DiaryModel
import SyncCore
import Testing

@Suite struct MeasurementCheckTests {
    private func validate(
        _ measure: MeasureCode, _ value: JSONValue, at text: String = "2026-03-29T09:05",
        _ change: (inout ValidationContext) -> Void = { _ in }
    ) -> Validation {
        var context = ValidationContext(atMs: utc("2026-03-29T10:00"))
        change(&context)
        return Validator().validate(
            kind: .measurement,
            set: ["measure": measure.json, "time": time(text), "value": value], context: context)
    }

    private func rejected(_ measure: MeasureCode, _ value: JSONValue) -> [String] {
        validate(measure, value).rejections.map { "\($0.field): \($0.code.rawValue)" }
    }

    @Test(
        arguments: [
            (.vasPain, ["points": 11], ["value/points: out_of_range"]),
            (.incat, ["armPoints": 0, "legPoints": 7], ["value/legPoints: out_of_range"]),
            (.gripLeft, ["forceGrams": 24_000], ["value: malformed"]),
            (.gripLeft, "unable", ["value: malformed"]),
            (.gripLeft, "unknown", []), (.weight, ["weightGrams": "unknown"], []),
            (.infections, ["count": 0], ["value/from: missing", "value/to: missing"]),
            (
                .infections, ["count": 0, "from": "2026-02-02", "to": "2026-02-01"],
                ["value/to: impossible"]
            ),
        ] as [(MeasureCode, JSONValue, [String])])
    func `a value is held against its own measure`(
        measure: MeasureCode, value: JSONValue, refused: [String]
    ) {
        #expect(rejected(measure, value) == refused)
    }

    @Test func `what arrives all the same is flagged and kept`() {
        let found = Validator().findings(
            kind: .measurement,
            values: [
                "measure": "vas_pain", "time": time("2026-03-29T09:05"), "value": ["points": 11],
            ])
        #expect(found.map(\.code) == [.notUnderstood])
    }

    @Test(arguments: [(160_000, []), (160_001, [.gripHigh])] as [(Int64, [WarningCode])])
    func `a grip over 160 kPa is a word`(pascals: Int64, warned: [WarningCode]) {
        let found = validate(.gripLeft, ["gripPascals": .integer(pascals)])
        #expect(found.warnings.map(\.code) == warned)
        #expect(found.isAcceptable)
    }

    @Test(
        arguments: [(4999, true), (5000, false), (25_000, false), (25_001, true)] as [(Int64, Bool)]
    )
    func `IgG outside 5 to 25 g per L is a word`(level: Int64, isUnusual: Bool) {
        let found = validate(.iggTrough, ["iggMilligramsPerLitre": .integer(level)])
        #expect(found.warnings.map(\.code) == (isUnusual ? [.iggUnusual] : []))
    }

    @Test(arguments: [(88_000, false), (88_001, true), (72_000, false), (71_999, true)])
    func `a weight over 10 percent off the last of 60 days is a word`(grams: Int64, isJump: Bool) {
        let value: JSONValue = ["weightGrams": .integer(grams)]
        let near = validate(.weight, value) {
            $0.lastWeight = .init(grams: 80_000, atMs: utc("2026-02-01T08:00"))
        }
        #expect(near.warnings.map(\.code) == (isJump ? [.weightJump] : []))
        let far = validate(.weight, value) {
            $0.lastWeight = .init(grams: 80_000, atMs: utc("2026-01-01T08:00"))
        }
        #expect(far.warnings == [])
    }

    @Test(
        arguments: [
            ("2026-03-30T09:04", []), ("2026-03-29T09:05", []),
            ("2026-03-30T09:05", [.iggNotTrough]), ("2026-03-28T09:00", [.iggNotTrough]),
        ] as [(String, [WarningCode])])
    func `a draw less than 24 hours before the next infusion is a trough`(
        next: String, warned: [WarningCode]
    ) {
        let start = Moment(ms: utc(next), in: HandwrittenZone.london)
        let found = validate(
            .iggTrough, ["iggMilligramsPerLitre": 12_500, "nextInfusion": start.json])
        #expect(found.warnings.map(\.code) == warned)
    }

    @Test func `the next infusion may be named by its entry, or be the next that the diary holds`()
        throws
    {
        let one = try #require(entry(1))
        let starts = [one: Moment(ms: utc("2026-04-05T09:00"), in: HandwrittenZone.london)]
        let named = validate(
            .iggTrough, ["iggMilligramsPerLitre": 12_500, "nextInfusion": one.json]
        ) { $0.infusionStarts = starts }
        let found = validate(.iggTrough, ["iggMilligramsPerLitre": 12_500]) {
            $0.infusionStarts = starts
        }
        #expect(named.warnings.map(\.code) == [.iggNotTrough])
        #expect(found.warnings.map(\.code) == [.iggNotTrough])
    }

    @Test func `nobody is told "no trough" while the next infusion is not known`() {
        #expect(validate(.iggTrough, ["iggMilligramsPerLitre": 12_500]).warnings == [])
        let asked = validate(
            .iggTrough, ["iggMilligramsPerLitre": 12_500, "nextInfusion": "unknown"])
        #expect(asked.warnings == [])
    }

    @Test func `C22: the second hand of a swapped pair is asked about, and saved`() {
        let swapped = validate(.gripLeft, ["gripPascals": 60_000]) {
            $0.sides = SidesSeen(
                otherNow: [41_000], lastOfThisSide: [41_000], lastOfOtherSide: [60_000])
        }
        #expect(swapped.warnings.map(\.code) == [.sidesSwapped])
        #expect(swapped.isAcceptable)
        let right = validate(.gripLeft, ["gripPascals": 42_000]) {
            $0.sides = SidesSeen(
                otherNow: [58_000], lastOfThisSide: [41_000], lastOfOtherSide: [60_000])
        }
        #expect(right.warnings == [])
    }

    @Test func `the context takes the other hand and the last weight from what is recorded`() throws
    {
        var story = CareStory()
        try story.grip("old left", .gripLeft, 41, on: "2026-03-01T09:00")
        try story.grip("old right", .gripRight, 60, on: "2026-03-01T09:00")
        try story.grip("right", .gripRight, 41, on: "2026-03-29T09:00", by: .clinic)
        try story.measure("weight", .weight, ["weightGrams": 80_000], on: "2026-03-01T09:00")
        let fields: JSONObject = [
            "measure": "grip_l", "time": time("2026-03-29T09:10"), "value": ["gripPascals": 60_000],
        ]
        var context = ValidationContext(atMs: utc("2026-03-29T10:00"))
        context.see(
            try story.measurements(), for: fields, source: .clinic, zone: HandwrittenZone.london)
        #expect(context.lastWeight?.grams == 80_000)
        #expect(
            context.sides
                == SidesSeen(
                    otherNow: [41_000], lastOfThisSide: [41_000], lastOfOtherSide: [60_000]))
        let found = Validator().validate(kind: .measurement, set: fields, context: context)
        #expect(found.warnings.map(\.code) == [.sidesSwapped])
    }
}
