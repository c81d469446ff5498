import DiaryModel
import SyncCore
import Testing

/// What is left of a lot at home.
@Suite struct RecallStockTests {
    private func received(_ count: Int64) throws -> RecallStory {
        var story = RecallStory()
        try story.begin(
            "r", kind: "stock", .stock("receipt", "2016-03-01T10:00", .vials("K551A8441", count)))
        return story
    }

    private func lost(_ count: Int64, _ code: String, of story: inout RecallStory) throws {
        try story.begin(
            code, kind: "stock",
            .stock("loss", "2016-03-10T10:00", .vials("K551A8441", count), loss: code))
    }

    @Test func `what was returned is history and still held`() throws {
        var story = try received(6)
        try lost(6, "returned", of: &story)
        #expect(try story.told() == "HELD P01 none left, none used, 6 returned")
    }

    @Test func `what was thrown away is taken off what is left`() throws {
        var story = try received(6)
        try lost(1, "broken", of: &story)
        try lost(2, "discarded_part", of: &story)
        #expect(try story.told() == "HELD P01 3 vials, none used, 1 broken, 2 discarded part")
    }

    @Test func `what is in quarantine is still at home`() throws {
        var story = try received(6)
        try lost(6, "quarantined", of: &story)
        #expect(try story.told() == "HELD P01 6 vials, none used, 6 quarantined")
    }

    @Test func `a loss of vials that are not known to have come is held, too`() throws {
        var story = RecallStory()
        try lost(2, "lost", of: &story)
        #expect(
            try story.told()
                == "HELD P01 2 more gone than known to have come, none used, 2 lost")
    }

    @Test func `a count is the new baseline`() throws {
        var story = try received(6)
        try story.begin(
            "c", kind: "stock", .stock("count", "2016-03-05T10:00", .vials("K551A8441", 4)))
        #expect(try story.told() == "HELD P01 4 vials, none used, counted 2016-03-05")
        try lost(1, "broken", of: &story)
        #expect(
            try story.told() == "HELD P01 3 vials, none used, 1 broken, counted 2016-03-05")
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K551A8441", 2)))
        #expect(
            try story.told()
                == "INFUSED P01 10.0 g, 2016-03-20, typed; "
                + "at home: 1 vial, 2 used, 1 broken, counted 2016-03-05")
    }

    @Test func `a number in conflict is a range, and what is in question perhaps nothing`() throws {
        var story = try received(6)
        try story.amend("r", by: .tablet, seeing: ["r"], ["vials.1": .vials("K551A8441", 4)])
        try story.amend("r", by: .clinic, seeing: ["r"], ["vials.1": .vials("K551A8441", 5)])
        #expect(try story.told() == "HELD P01 4 to 5 vials, none used, in conflict")
        try story.begin(
            "q", kind: "stock", .stock("receipt", "2016-03-02T10:00", .vials("K551A8441", 1)))
        try story.void("q", because: "slip", by: .tablet, seeing: ["q"])
        try story.amend("q", by: .clinic, seeing: ["q"], ["coldChain": "ok"])
        #expect(
            try story.told()
                == "HELD P01 4 to 6 vials, none used, in conflict, voided or not: in conflict")
    }

    @Test func `a receipt that was voided, or of a near lot, is not held`() throws {
        var story = try received(6)
        try story.void("r", because: "slip")
        #expect(try story.told() == "VOIDED_MATCH P01 voided: slip")
        try story.begin(
            "n", kind: "stock", .stock("receipt", "2016-03-01T10:00", .vials("K551AB441", 6)))
        #expect(try story.told() == "POSSIBLE P01 typed K551AB441; voided: slip")
    }

    @Test func `uses of voided infusions leave the vials at home`() throws {
        var story = try received(6)
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K551A8441", 4)))
        try story.void("a", because: "never_happened")
        #expect(
            try story.told() == "HELD P01 6 vials, none used; voided: never happened")
    }
}
