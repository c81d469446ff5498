import DiaryModel
import SyncCore
import Testing

/// The worked example R20: the notice of 2016-04-21 about Octagam 5 %, lot K551A8441.
struct NoticeOfApril {
    let patients: [RecallPatient]
    let words: MissingLotWords

    init() throws {
        var p01 = RecallStory(seed: 1)
        let printed = JSONObject.expiry("2017-12-17")
        try p01.begin(
            "a", .infusion("2016-03-20T10:00", .vials("K551A8441", by: "scanned", with: printed)))
        var p02 = RecallStory(seed: 2)
        try p02.begin(
            "a", .infusion("2016-04-03T10:00", .vials("k551 a8441", with: .expiry("2017-12"))))
        var p03 = RecallStory(seed: 3)
        try p03.begin("a", .infusion("2016-04-03T10:00", .vials("K551AB441")))
        var p04 = RecallStory(seed: 4)
        try p04.begin("a", .infusion("2016-04-03T10:00", .vials("K552A8441", by: "scanned")))
        var p05 = RecallStory(seed: 5)
        try p05.begin("a", .infusion("2016-04-03T10:00", .vials("K552A8441")))
        var p06 = RecallStory(seed: 6)
        try p06.begin(
            "a", kind: "stock", .stock("receipt", "2016-04-03T10:00", .vials("K551A8441", 6)))
        var p07 = RecallStory(seed: 7)
        try p07.begin("a", .infusion("2016-04-03T10:00", .vials("K724B8541")))
        var p08 = RecallStory(seed: 8)
        let thrown: JSONObject = ["lotMissing": "box_thrown_away"]
        try p08.begin("a", .infusion("2016-04-03T10:00", .vials(nil, 2, with: thrown)))
        let missing = try p08.id("a")
        var p09 = RecallStory(seed: 9)
        try p09.begin("a", .infusion("2016-04-03T10:00", .vials("K551A8441")))
        try p09.void("a", because: "duplicate")
        var p10 = RecallStory(seed: 10)
        try p10.begin("a", .infusion("2016-04-03T10:00", .vials("P100423917", of: "hizentra")))
        var p11 = RecallStory(seed: 11)
        try p11.begin("a", .infusion("2016-04-03T10:00", .vials("K551A8441", of: "octagam10")))
        var p12 = RecallStory(seed: 12)
        try p12.begin("a", .infusion("2016-04-03T10:00", .vials("K551A8441")))
        try p12.amend("a", ["vials.1": .vials("K551A8444")])
        var p13 = RecallStory(seed: 13)
        try p13.begin("a", .infusion("2016-04-03T10:00", .vials("A010A8431")))

        let last = utc("2016-04-10T09:00")
        patients = [
            try RecallPatient("P01", p01), try RecallPatient("P02", p02),
            try RecallPatient("P03", p03), try RecallPatient("P04", p04),
            try RecallPatient("P05", p05), try RecallPatient("P06", p06),
            try RecallPatient("P07", p07, heardMs: last), try RecallPatient("P08", p08),
            try RecallPatient("P09", p09), try RecallPatient("P10", p10, plan: ["hizentra"]),
            try RecallPatient("P11", p11), try RecallPatient("P12", p12),
            try RecallPatient("P13", p13),
        ]
        words = MissingLotWords { _, entry, _, _ in entry == missing ? "threw box away" : nil }
    }

    func answer(expiry: String? = nil) throws -> RecallAnswer {
        let query = try #require(RecallQuery.octagam(expiry: expiry))
        return RecallAnswer(query, patients: patients, askedMs: RecallStory.noon, words: words)
    }

    func text(expiry: String? = nil) throws -> RecallText {
        let signed = try #require(WallTime("2016-05-02T12:00"))
        return RecallText(
            try answer(expiry: expiry), kept: .init(number: 1, signed: signed, by: "r.evans"))
    }
}

@Suite struct RecallExampleTests {
    @Test(arguments: [nil, "2017-12-17"] as [String?])
    func `R20: what a terminal of 80 columns shows, word for word`(expiry: String?) throws {
        let expected = """
            12 patients in scope; 11 diaries complete to 2016-05-02 12:00 UTC; 1 not: P07,
            last heard 22 days ago; 1 infusion without a lot (P08)
            INFUSED        P01 20.0 g, 2016-03-20, scanned.
                           P02 20.0 g, 2016-04-03, typed, expiry differs in precision
            HELD           P06 6 vials, none used
            POSSIBLE       P03 typed K551AB441. P05 typed K552A8441. P11 product differs.
                           P12 older value K551A8441, now K551A8444
            VOIDED_MATCH   P09 voided: duplicate
            UNKNOWN        P07 not heard for 22 days.
                           P08 lot missing: "threw box away", 2 vials
            CLEAR          P04 neighbouring lot, scanned. P13
            No "not affected" can be said: 2 unknown.
            Search kept as recall 1, signed 12:00 r.evans
            """
        let lines = try NoticeOfApril().text(expiry: expiry).lines(columns: 80)
        #expect(lines.joined(separator: "\n") == expected)
    }

    @Test func `R20: where there is no terminal nothing is broken`() throws {
        let expected = [
            "12 patients in scope; 11 diaries complete to 2016-05-02 12:00 UTC; 1 not: P07, "
                + "last heard 22 days ago; 1 infusion without a lot (P08)",
            "INFUSED        P01 20.0 g, 2016-03-20, scanned. "
                + "P02 20.0 g, 2016-04-03, typed, expiry differs in precision",
            "HELD           P06 6 vials, none used",
            "POSSIBLE       P03 typed K551AB441. P05 typed K552A8441. P11 product differs. "
                + "P12 older value K551A8441, now K551A8444",
            "VOIDED_MATCH   P09 voided: duplicate",
            "UNKNOWN        P07 not heard for 22 days. "
                + "P08 lot missing: \"threw box away\", 2 vials",
            "CLEAR          P04 neighbouring lot, scanned. P13",
            "No \"not affected\" can be said: 2 unknown.",
            "Search kept as recall 1, signed 12:00 r.evans",
        ]
        #expect(try NoticeOfApril().text().lines() == expected)
    }

    @Test func `R20: the totals`() throws {
        let totals = try NoticeOfApril().answer().totals
        #expect(totals.inScope == 12)
        #expect(RecallClass.allCases.map { totals[$0] } == [2, 1, 4, 1, 2, 2])
    }

    @Test func `R20: an older value and the one that replaced it are both rows`() throws {
        let answer = try NoticeOfApril().answer()
        let p12 = try #require(answer.patients.first { $0.reference == "P12" })
        #expect(p12.rows.map(\.lot) == ["K551A8441", "K551A8444"])
        #expect(p12.rows.map(\.match) == [.exact, .oneSlip])
        #expect(p12.rows.map(\.standing) == [.replaced, .current])
        #expect(p12.rows.first?.now == [.lot("K551A8444", product: "octagam5")])
    }

    @Test func `R20: the answer is kept and read back the same`() throws {
        let answer = try NoticeOfApril().answer(expiry: "2017-12-17")
        let bytes = answer.json.canonicalBytes
        let read = try #require(RecallAnswer(json: try JSONValue(canonical: bytes)))
        #expect(read == answer)
        #expect(read.json.canonicalBytes == bytes)
        #expect(RecallText(read).lines(columns: 80) == RecallText(answer).lines(columns: 80))
    }

    @Test func `an answer whose totals do not fit its patients is not read`() throws {
        var json = try #require(try NoticeOfApril().answer().json.objectValue)
        json["patients"] = []
        #expect(RecallAnswer(json: .object(json)) == nil)
    }

    @Test func `words about a missing lot are found in a note about that event`() throws {
        var story = RecallStory()
        let thrown: JSONObject = ["lotMissing": "box_thrown_away"]
        try story.begin("a", .infusion("2016-04-03T10:00", .vials(nil, 2, with: thrown)))
        #expect(try story.told() == "UNKNOWN P01 lot missing: box thrown away, 2 vials")
        let event = try #require(story.events["a"])
        try story.begin(
            "of the whole entry", kind: "note",
            ["about": ["entry": .string(event.id.text)], "text": "a good day"])
        try story.begin(
            "of the event", kind: "note",
            [
                "about": ["entry": .string(event.id.text), "event": event.json],
                "text": "threw box\naway \u{1B}[2J",
            ])
        #expect(
            try story.told() == "UNKNOWN P01 lot missing: \"threw box away [2J\", 2 vials")
    }
}
