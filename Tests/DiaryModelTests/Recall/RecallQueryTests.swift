import DiaryModel
import SyncCore
import Testing

@Suite struct RecallQueryTests {
    private let lot = RecalledLot(product: "octagam5", lot: "K551A8441")

    @Test(arguments: [
        ("2016-05-02T12:00", "2014-05-02"), ("2016-02-29T00:00", "2014-02-28"),
        ("2018-02-28T23:59", "2016-02-28"), ("2016-01-01T00:00", "2014-01-01"),
    ]) func `the window begins 24 calendar months before`(asOf: String, from: String) throws {
        let lot = try #require(lot)
        let query = try #require(RecallQuery([lot], asOfMs: utc(asOf)))
        #expect(query.from.description == from)
    }

    @Test func `a search names at least one lot, none twice`() throws {
        let one = try #require(lot)
        let same = try #require(RecalledLot(product: "octagam5", lot: "k551-a8441"))
        let sister = try #require(RecalledLot(product: "octagam10", lot: "K551A8441"))
        #expect(RecallQuery([], asOfMs: 0) == nil)
        #expect(RecallQuery([one, same], asOfMs: 0) == nil)
        #expect(RecallQuery([one, sister], asOfMs: 0) != nil)
        #expect(RecalledLot(product: "octagam5", lot: "---") == nil)
    }

    @Test func `a search is kept and read back the same`() throws {
        let lots = [
            try #require(lot),
            try #require(
                RecalledLot(
                    product: "bivigam", lot: "237452", expiry: Expiry(typed: "2017-12-17"))),
        ]
        let query = try #require(
            RecallQuery(
                lots, asOfMs: utc("2016-05-02T12:00"), from: CivilDate("2015-01-31"),
                noticeMs: utc("2016-04-21T09:00")))
        let bytes = query.json.canonicalBytes
        #expect(RecallQuery(json: try JSONValue(canonical: bytes)) == query)
        #expect(
            query.json.canonicalText
                == #"{"asOf":1462190400000,"from":"2015-01-31","lots":["#
                + #"{"lot":"K551A8441","product":"octagam5"},"#
                + #"{"expiry":{"date":"2017-12-17","precision":"day","printed":"2017-12-17"},"#
                + #""lot":"237452","product":"bivigam"}],"notice":1461229200000}"#)
    }

    @Test(
        arguments: [
            nil, [], ["asOf": 0, "from": "2015-01-31", "lots": []],
            ["asOf": 0, "from": "2015-02-30", "lots": [["lot": "A1", "product": "x"]]],
            ["asOf": 0, "from": "2015-01-31", "lots": [["lot": "-", "product": "x"]]],
            [
                "asOf": 0, "from": "2015-01-31", "lots": [["lot": "A1", "product": "x"]],
                "newer": 1,
            ],
        ] as [JSONValue]) func `what is no search is not read as one`(json: JSONValue)
    {
        #expect(RecallQuery(json: json) == nil)
    }
}
