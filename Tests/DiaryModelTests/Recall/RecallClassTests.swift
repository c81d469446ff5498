import DiaryModel
import SyncCore
import Testing

/// Which class a patient is in, and what the row says.
@Suite struct RecallClassTests {
    private func infused(_ lines: JSONValue...) throws -> RecallStory {
        var story = RecallStory()
        var set = JSONObject.infusion("2016-03-20T10:00")
        for (index, line) in lines.enumerated() { set["vials.\(index + 1)"] = line }
        try story.begin("a", set)
        return story
    }

    @Test func `a lot whose product stands in words is possible`() throws {
        let story = try infused(
            .vials("K551A8441", of: "other", with: ["productText": "Octa gam"]))
        #expect(try story.told() == "POSSIBLE P01 product \"Octa gam\"")
    }

    @Test func `a lot of which no product is said is possible`() throws {
        let story = try infused(.vials("K551A8441", of: "unknown"))
        #expect(try story.told() == "POSSIBLE P01 product not said")
    }

    @Test func `a near lot of a sister product says so`() throws {
        let story = try infused(.vials("K551AB441", of: "octagam10"))
        #expect(try story.told() == "POSSIBLE P01 typed K551AB441, product differs")
    }

    @Test func `the lot in a line that was taken out is possible`() throws {
        var story = try infused(.vials("K724B8541"), .vials("K551A8441"))
        try story.amend("a", ["vials.2": .null])
        #expect(try story.told() == "POSSIBLE P01 older value K551A8441, line removed")
    }

    @Test func `a product corrected under the same lot names both products`() throws {
        var story = try infused(.vials("K551A8441"))
        try story.amend("a", ["vials.1": .vials("K551A8441", of: "octagam10")])
        #expect(
            try story.told()
                == "POSSIBLE P01 older value octagam5 K551A8441, now octagam10 K551A8441; "
                + "product differs")
    }

    @Test func `a count corrected is one infusion, told once`() throws {
        var story = try infused(.vials("K551A8441", 4))
        try story.amend("a", ["vials.1": .vials("K551A8441", 3)])
        #expect(try story.told() == "INFUSED P01 15.0 g, 2016-03-20, typed")
        #expect(try story.found()?.rows.map(\.verdict) == [.infused, .infused])
    }

    @Test func `an older value of a voided entry is possible, not only voided`() throws {
        var story = try infused(.vials("K551A8441"))
        try story.amend("a", ["vials.1": .vials("K724B8541")])
        try story.void("a", because: "slip")
        #expect(
            try story.told()
                == "POSSIBLE P01 older value K551A8441, now K724B8541, voided: slip")
    }

    @Test func `what is infused goes before what is held, and both are told`() throws {
        var story = try infused(.vials("K551A8441", 4))
        try story.begin(
            "r", kind: "stock", .stock("receipt", "2016-03-01T10:00", .vials("K551A8441", 6)))
        try story.begin("b", .infusion("2016-04-20T10:00", .vials("K551AB441")))
        #expect(
            try story.told()
                == "INFUSED P01 20.0 g, 2016-03-20, typed; at home: 2 vials, 4 used; "
                + "typed K551AB441")
    }

    @Test func `not done and yet vials of the lot is infused with a question`() throws {
        var story = try infused(.vials("K551A8441"))
        try story.amend("a", ["outcome": ["code": "not_done", "reason": "forgot"]])
        #expect(try story.told() == "INFUSED P01 20.0 g, 2016-03-20, typed, said not done")
    }

    @Test func `grams that nobody wrote down are not known, never nothing`() throws {
        let story = try infused(.vials("K551A8441", with: ["count": "unknown"]))
        #expect(try story.told() == "INFUSED P01 grams not known, 2016-03-20, typed")
        let both = try infused(
            .vials("K551A8441"), .vials("K551A8441", with: ["count": "unknown"]))
        #expect(try both.told() == "INFUSED P01 at least 20.0 g, 2016-03-20, typed")
    }

    @Test func `an infusion of the lot before the window is found and marked`() throws {
        var story = RecallStory()
        try story.begin("a", .infusion("2010-03-20", .vials("K551A8441")))
        #expect(
            try story.told() == "INFUSED P01 20.0 g, 2010-03-20, typed, before the window")
    }

    @Test func `expiries that differ are a note and no other lot`() throws {
        var first = RecallStory(seed: 1)
        try first.begin(
            "a",
            .infusion("2016-03-20T10:00", .vials("K551A8441", with: .expiry("2017-12-17"))))
        var second = RecallStory(seed: 2)
        try second.begin(
            "a", .infusion("2016-03-20T10:00", .vials("K551A8441", with: .expiry("2018-01"))))
        let patients = [try RecallPatient("P01", first), try RecallPatient("P02", second)]
        func notes(_ query: RecallQuery?) throws -> [[RecallNote]] {
            RecallAnswer(try #require(query), patients: patients, askedMs: RecallStory.noon)
                .patients.flatMap(\.rows).map(\.notes)
        }
        #expect(try notes(.octagam()) == [[.expiryDiffers], [.expiryDiffers]])
        #expect(try notes(.octagam(expiry: "2017-12-17")) == [[], [.expiryDiffers]])
        #expect(try notes(.octagam(expiry: "2017-12")) == [[.expiryPrecision], [.expiryDiffers]])
    }

    @Test func `with several lots each is told by its name, and one place only once`() throws {
        var story = try infused(.vials("A010A8431"))
        try story.begin(
            "r", kind: "stock", .stock("receipt", "2016-03-01T10:00", .vials("A010C8431", 2)))
        let lots = try ["A010A8431", "A010C8431"].map { lot in
            try #require(RecalledLot(product: "octagam5", lot: PrintedText(lot)))
        }
        let query = try #require(RecallQuery(lots, asOfMs: RecallStory.noon))
        let answer = RecallAnswer(
            query, patients: [try RecallPatient("P01", story)], askedMs: RecallStory.noon)
        #expect(answer.patients.first?.rows.count == 4)
        #expect(
            RecallText(answer).lines().contains(
                "INFUSED        P01 A010A8431: 20.0 g, 2016-03-20, typed; "
                    + "A010C8431: at home: 2 vials, none used"))
    }
}
