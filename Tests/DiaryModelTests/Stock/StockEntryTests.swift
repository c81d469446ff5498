import DiaryModel
import SyncCore
import Testing

@Suite struct StockEntryTests {
    @Test func `a stock entry is read and written back the same`() {
        var fields = movement("move", "2026-03-01T10:00", vials(8, "A1", expiry: "2028-12"))
        fields["delivery"] =
            StockEntry.Delivery(supplier: "Demo Homecare", reference: "D-1").json
        fields["coldChain"] = "broken"
        fields["loss"] = "discarded_part"
        fields["storage"] =
            StockEntry.Storage(
                roomTemperatureSince: moment("2026-03-01T10:00", .london),
                discardBy: CivilDate("2026-12-01")
            ).json
        let entry = StockEntry(fields: fields)
        #expect(entry.notUnderstood == [])
        #expect(entry.fields == fields)
    }

    @Test(
        arguments: [
            ("coldChain", "unknown"), ("loss", "declined"), ("storage", ["discardBy": "unknown"]),
        ] as [(String, JSONValue)]) func `the words of answer are answers`(
            field: String, value: JSONValue
        )
    {
        let entry = StockEntry(fields: [field: value])
        #expect(entry.notUnderstood == [])
        #expect(entry.fields == [field: value])
        #expect(Validator().validateAmendment(kind: .stock, set: [field: value]).isAcceptable)
    }

    @Test(
        arguments: [
            ("movement", "sent"), ("coldChain", "warm"), ("loss", "eaten"),
            ("storage", ["cold": true]),
            ("storage", ["discardBy": "2026-02-30"]), ("delivery", 7), ("vials.1", ["count": 8]),
        ] as [(String, JSONValue)]) func `what is not understood is named`(
            field: String, value: JSONValue
        )
    {
        #expect(StockEntry(fields: [field: value]).notUnderstood == [field])
    }

    @Test func `every code of the table has its words`() {
        for code in StockEntry.Loss.allCases { #expect(!code.words.contains("_")) }
        for code in StockEntry.Movement.allCases { #expect(!code.words.isEmpty) }
        for code in PickList.Reason.allCases { #expect(code.words.hasSuffix(".")) }
        for code in UnplacedLine.Reason.allCases { #expect(code.words.hasSuffix(".")) }
    }

    @Test(
        arguments: [
            (VialRange(12), "12 vials"), (VialRange(1), "1 vial"), (VialRange(0), "0 vials"),
            (VialRange(0, 1), "0 to 1 vial"), (VialRange(4, 12), "4 to 12 vials"),
            (VialRange(-4), "4 more used than we know of"),
            (VialRange(-8, -4), "4 to 8 more used than we know of"),
            (VialRange(-4, 8), "8 vials at most, perhaps 4 more used than we know of"),
        ] as [(VialRange, String)]) func `a number of vials in words`(
            range: VialRange, words: String
        )
    {
        #expect(range.words == words)
    }
}
