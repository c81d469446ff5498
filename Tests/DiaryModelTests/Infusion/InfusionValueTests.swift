import DiaryModel
import SyncCore
import Testing

@Suite struct InfusionValueTests {
    @Test(
        arguments: [
            ("8x4g", [[8, 4000]]), ("2x10g,1x4g", [[2, 10_000], [1, 4000]]),
            ("2x10g+1x4g", [[2, 10_000], [1, 4000]]), ("4 X 1.65 g", [[4, 1650]]),
            ("8×4g", [[8, 4000]]), ("8x4", nil), ("8x4ml", nil),
            ("8x4g,", nil), ("0x4g", nil), ("8x0g", nil), ("x4g", nil), ("8x", nil), ("8", nil),
            ("-1x4g", nil), ("8x4.0005g", nil), ("99999999999999999999x4g", nil), ("8x4gg", nil),
            ("", nil),
        ] as [(String, [[Int64]]?)])
    func `typed vials are read`(typed: String, expected: [[Int64]]?) {
        let found = VialSpecification.list(typed: typed)?.map { [$0.count, $0.vialMilligrams] }
        #expect(found == expected)
    }

    @Test(
        arguments: [
            ("abdomen-L,abdomen-R,thigh-L", ["abdomen-L", "abdomen-R", "thigh-L"]),
            ("upper_arm-l", ["upper_arm-L"]), ("upperarm-right", ["upper_arm-R"]),
            ("port", ["port"]),
            ("abdomen-mid", ["abdomen-mid"]), ("knee-L", nil), ("abdomen-X", nil),
            ("abdomen-L-R", nil),
            ("", nil), ("abdomen-L,,thigh-L", nil),
        ] as [(String, [String]?)])
    func `typed sites are read`(typed: String, labels: [String]?) {
        #expect(Site.list(typed: typed)?.map(\.label) == labels)
    }

    @Test(arguments: [
        ("2028-12", "2028-12-31", Expiry.Precision.month), ("2028-12-31", "2028-12-31", .day),
        ("281231", "2028-12-31", .day), ("280200", "2028-02-29", .month),
        ("190614", "2019-06-14", .day), ("2028-02", "2028-02-29", .month),
        ("760101", "2076-01-01", .day), ("770101", "1977-01-01", .day),
    ]) func `G1, G2, G4, T15: a typed or scanned expiry is a day`(
        typed: String, day: String, precision: Expiry.Precision
    ) {
        let expiry = Expiry(typed: typed)
        #expect(expiry?.date.description == day)
        #expect(expiry?.precision == precision)
        #expect(expiry?.printed == PrintedText(typed))
    }

    @Test(arguments: ["2028-13", "2028-02-30", "281331", "280230", "2812", "dec 2028", ""])
    func `an expiry that the calendar lacks is none`(typed: String) {
        #expect(Expiry(typed: typed) == nil)
    }

    @Test(
        arguments: [
            (32_000, "32.0 g"), (0, "0.0 g"), (31_950, "32.0 g"), (31_949, "31.9 g"),
            (1650, "1.7 g"),
            (-4000, "-4.0 g"), (Int64.max, "9223372036854775.8 g"),
        ] as [(Int64, String)])
    func `grams are shown with one decimal`(milligrams: Int64, text: String) {
        #expect(Grams(milligrams: milligrams).description == text)
    }

    @Test func `a dose is count times grams less what was thrown away`() {
        var line = VialLine(product: "hizentra")
        line.vialMilligrams = 4000
        line.count = 8
        line.discardedMilligrams = 500
        #expect(line.doseMilligrams == 31_500)
    }

    @Test func `hyaluronidase adds no grams`() {
        var line = VialLine(product: "hyqvia")
        line.component = .value(.hy)
        #expect(line.doseMilligrams == 0)
    }

    @Test(arguments: [
        (Said<Int64>.value(.max), Said<Int64>.value(.max)), (.unknown, 4000), (8, .declined),
        (-1, 4000),
    ]) func `a dose that cannot be known is not guessed`(count: Said<Int64>, each: Said<Int64>) {
        var line = VialLine(product: "hizentra")
        line.count = count
        line.vialMilligrams = each
        #expect(line.doseMilligrams == nil)
        #expect(DoseSum([line]) == DoseSum([line, line]))
        #expect(!DoseSum([line]).isComplete)
    }

    @Test func `a vial line keeps what a newer version wrote`() throws {
        let text =
            #"{"count":8,"later":{"x":[1]},"lot":"P1","product":"hizentra","vialMilligrams":"unknown"}"#
        let json = try JSONValue(canonical: Array(text.utf8))
        let line = try #require(VialLine(json: json))
        #expect(line.vialMilligrams == .unknown)
        #expect(line.json.canonicalText == text)
    }

    @Test(arguments: [
        #"{"count":"8","product":"hizentra"}"#, #"{"count":8}"#, #"{"count":null,"product":"x"}"#,
        #"[]"#, #""unknown""#, #"{"product":""}"#,
    ]) func `what is no vial line is not read as one`(text: String) throws {
        #expect(VialLine(json: try JSONValue(canonical: Array(text.utf8))) == nil)
    }

    @Test(
        arguments: [
            (#"{"code":"not_done","reason":"no_stock"}"#, Outcome(.notDone, reason: .noStock)),
            (#"{"code":"completed"}"#, Outcome(.completed)), (#"{"code":"done"}"#, nil),
            (#"{"code":"stopped","later":1}"#, nil),
        ] as [(String, Outcome?)])
    func `an outcome is read and written back the same`(text: String, outcome: Outcome?) throws {
        let json = try JSONValue(canonical: Array(text.utf8))
        #expect(Outcome(json: json) == outcome)
        if let outcome { #expect(outcome.json == json) }
    }

    @Test func `a typed reason may be its beginning`() {
        #expect(NotDoneReason(typed: "fever") == .feverOrInfection)
        #expect(NotDoneReason(typed: "no-stock") == .noStock)
        #expect(NotDoneReason(typed: "no") == nil)
        #expect(NotDoneReason(typed: "in") == nil)
    }

    @Test func `an answer, a refusal, not knowing and not being asked are four things`() {
        let fields: JSONObject = ["visualCheck": "unknown", "route": "declined"]
        let infusion = Infusion(fields: fields)
        #expect(infusion.visualCheck == .unknown)
        #expect(infusion.route == .declined)
        #expect(infusion.sites == nil)
        #expect(infusion.notUnderstood.isEmpty)
        #expect(Optional<Answer>.none.words == "not asked")
    }

    @Test func `fields in a form this version does not know are named`() {
        let infusion = Infusion(fields: ["route": "im", "vials.1": 3, "vials.2": nil])
        #expect(infusion.notUnderstood == ["route", "vials.1"])
        #expect(infusion.doseMilligrams == nil)
    }

    @Test(arguments: [
        Site(.abdomen, .left, id: "1").json,
        RateStep(fromMinutes: 0, rateMicrolitresPerHour: 40_000).json,
        Premedication(doseMilligrams: 500).json, Place(.home).json, InfusedBy(.carer).json,
        Course(id: "c", part: 1, parts: 2).json, BodyWeight(grams: 82_400).json,
        BodyWeight(grams: 82_400, source: .home).json,
    ]) func `a value is read and written back the same`(json: JSONValue) {
        let again = [
            Site(json: json)?.json, RateStep(json: json)?.json, Premedication(json: json)?.json,
            Place(json: json)?.json, InfusedBy(json: json)?.json, Course(json: json)?.json,
            BodyWeight(json: json)?.json,
        ]
        #expect(again.contains(json))
    }
}
