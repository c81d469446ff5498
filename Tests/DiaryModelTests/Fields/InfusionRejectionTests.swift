import DiaryModel
import SyncCore
import Testing

@Suite struct InfusionRejectionTests {
    @Test func `an ordinary Sunday is neither refused nor warned about`() {
        let story = InfusionStory()
        #expect(story.rejected == [])
        #expect(story.warned == [])
    }

    @Test(arguments: ["route", "outcome", "time", "infusedBy", "vials.1"])
    func `what the minimum record needs is missed`(field: String) {
        var story = InfusionStory()
        story.fields[field] = nil
        #expect(story.rejected == ["\(field): missing"])
    }

    @Test(
        arguments: [
            ("count", 0, "out_of_range"), ("count", 99, nil), ("count", 100, "out_of_range"),
            ("count", "eight", "malformed"), ("count", "unknown", nil),
            ("vialMilligrams", 0, "out_of_range"),
            ("vialMilligrams", 100_001, "out_of_range"),
            ("vialMicrolitres", 1_000_001, "out_of_range"),
            ("vialMicrolitres", "declined", nil), ("lot", "", "missing"),
            ("gtin", "09520000000104", "malformed"),
            ("gtin", "09520000000103", nil), ("component", "both", "not_in_list"),
            ("later", 1, "malformed"),
            ("discardedMilligrams", 32_001, "impossible"),
            ("discardedMilligrams", -1, "out_of_range"),
            ("product", "", "missing"), ("product", "nothing", "not_in_list"),
            ("serials", [""], "missing"),
            ("entryMethod", "guessed", "not_in_list"), ("count", nil, "malformed"),
        ] as [(String, JSONValue, String?)])
    func `a vial line has its hard limits`(member: String, value: JSONValue, code: String?) {
        var story = InfusionStory()
        story.member("vials.1", member, value)
        #expect(story.rejected == (code.map { ["vials.1/\(member): \($0)"] } ?? []))
    }

    @Test(arguments: [("count"), ("vialMilligrams"), ("vialMicrolitres"), ("product"), ("lot")])
    func `a vial line needs its members`(member: String) {
        var story = InfusionStory()
        story.member("vials.1", member, nil)
        #expect(story.rejected == ["vials.1/\(member): missing"])
    }

    @Test func `a lot may be missing with a reason`() {
        var story = InfusionStory()
        story.line {
            $0.lot = nil
            $0.lotMissing = .boxThrownAway
        }
        #expect(story.rejected == [])
    }

    @Test(arguments: [(64, true), (65, false)])
    func `a lot has at most sixty-four bytes`(bytes: Int, isAccepted: Bool) {
        var story = InfusionStory()
        story.line { $0.lot = PrintedText(String(repeating: "A", count: bytes)) }
        #expect(story.rejected.isEmpty == isAccepted)
    }

    @Test func `unknown is no lot but a reason, so as printed text it is only text`() {
        var story = InfusionStory()
        story.line { $0.lot = "unknown" }
        #expect(story.rejected == [])
    }

    @Test func `free text of a product has to say something`() {
        var story = InfusionStory()
        story.line { $0.product = .value(.other) }
        #expect(story.rejected == ["vials.1/productText: missing"])
    }

    @Test func `an impossible expiry is refused`() {
        var story = InfusionStory()
        story.member("vials.1", "expiry", ["date": "2028-02-30", "precision": "day"])
        #expect(story.rejected == ["vials.1/expiry/date: impossible"])
    }

    @Test func `not done used no vials`() {
        var story = InfusionStory()
        story.fields["outcome"] = ["code": "not_done", "reason": "forgot"]
        #expect(story.rejected == ["outcome: impossible"])
    }

    @Test func `not done needs a reason and nothing else`() {
        var story = InfusionStory()
        story.fields["vials.1"] = nil
        story.fields["infusedBy"] = nil
        story.fields["outcome"] = ["code": "not_done"]
        #expect(story.rejected == ["outcome/reason: missing"])
        story.fields["outcome"] = ["code": "not_done", "reason": "unknown"]
        #expect(story.rejected == [])
    }

    @Test func `a part is not later than the last`() {
        var story = InfusionStory()
        story.fields["course"] = ["id": "c", "part": 3, "parts": 2]
        #expect(story.rejected == ["course: impossible"])
    }

    @Test func `an end before the start is a word, whoever wrote it`() {
        var story = InfusionStory()
        for end in ["2026-03-29T07:05", "2026-10-25T00:50"] {
            story.fields["time"] =
                TimeValue(
                    start: moment("2026-10-25T01:10", .london), end: moment(end, .london)
                ).json
            story.context.atMs = nil
            #expect(story.rejected == [])
            #expect(story.warned.contains("end_before_start time"))
        }
    }

    @Test func `a wall time that the calendar lacks is refused`() {
        var story = InfusionStory()
        story.fields["time"] = ["start": ["precision": "day", "wall": "2026-02-29"]]
        #expect(story.rejected == ["time/start: impossible"])
    }

    @Test func `more than twenty-four sites are refused`() {
        var story = InfusionStory()
        story.fields["sites"] = Array(repeating: Site(.abdomen, .left), count: 25).json
        #expect(story.rejected == ["sites: out_of_range"])
    }

    @Test(
        arguments: [(0, false), (1, true), (2_000_000, true), (2_000_001, false)] as [(Int64, Bool)]
    )
    func `a rate is above nothing and at most two litres an hour`(rate: Int64, isAccepted: Bool) {
        var story = InfusionStory()
        story.fields["rates"] = [RateStep(fromMinutes: 0, rateMicrolitresPerHour: rate)].json
        #expect(story.rejected.isEmpty == isAccepted)
    }

    @Test(
        arguments: [(1999, false), (2000, true), (350_000, true), (350_001, false)]
            as [(Int64, Bool)])
    func `a body weight is two to 350 kilograms`(grams: Int64, isAccepted: Bool) {
        var story = InfusionStory()
        story.fields["weightGrams"] = .integer(grams)
        #expect(story.rejected.isEmpty == isAccepted)
    }

    @Test func `a dual-vial unit says which vial it is`() {
        var story = InfusionStory()
        story.fields["route"] = "fsc"
        story.line {
            $0.product = .value("hyqvia")
            $0.vialMilligrams = 10_000
            $0.vialMicrolitres = 100_000
        }
        #expect(story.rejected == ["vials.1/component: missing"])
    }

    @Test func `a field of nobody is refused where it is typed`() {
        var story = InfusionStory()
        story.fields["mood"] = "fine"
        #expect(story.rejected == ["mood: malformed"])
    }

    @Test func `a sentence says what was expected and the honest way out`() {
        var story = InfusionStory()
        story.member("vials.1", "count", 100)
        #expect(
            story.validation.rejections.map(\.sentence)
                == [
                    "Expected how many vials of this lot, 1 to 99; a further lot is a further line. "
                        + "Say unknown if you do not know."
                ])
    }

    @Test(arguments: FieldTable.rows.indices)
    func `every row has a sentence that ends`(index: Int) {
        #expect(FieldTable.rows[index].sentence.hasSuffix("."))
    }
}
