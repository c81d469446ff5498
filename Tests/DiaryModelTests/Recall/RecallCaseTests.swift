import DiaryModel
import SyncCore
import Testing

/// What the conflicts of domain 6 look like in a recall.
@Suite struct RecallCaseTests {
    /// The patient's and the carer's record of one morning.
    private func recordedTwice(_ carers: JSONObject) throws -> RecallStory {
        var story = RecallStory()
        try story.begin("mine", .infusion("2016-03-20T09:05", .vials("K551A8441", 8)))
        try story.begin("yours", by: .tablet, carers)
        return story
    }

    @Test func `C01: recorded twice, the patient stands there once with both rows`() throws {
        var story = try recordedTwice(.infusion("2016-03-20T09:10", .vials("K551A8441", 8)))
        let patient = try #require(try story.found())
        #expect(patient.headline == .infused)
        #expect(patient.rows.map(\.lot) == ["K551A8441", "K551A8441"])
        #expect(
            try story.told()
                == "INFUSED P01 40.0-80.0 g: 2016-03-20, typed, recorded twice? "
                + "and 2016-03-20, typed, recorded twice?")
        try story.link("mine", "yours", counts: "mine")
        #expect(try story.found()?.rows.count == 2)
        #expect(
            try story.told()
                == "INFUSED P01 40.0 g, 2016-03-20, typed; set aside: another copy counts")
    }

    @Test func `C02: both lots of two differing copies stay in recall for ever`() throws {
        var story = try recordedTwice(
            .infusion("2016-03-20T09:05", .vials("K724B8541", 5), .vials("K551A8441", 3)))
        #expect(
            try story.told()
                == "INFUSED P01 15.0-55.0 g: 2016-03-20, typed, recorded twice? "
                + "and 2016-03-20, typed, recorded twice?")
        try story.link("mine", "yours", counts: "yours")
        #expect(try story.found()?.given.first?.milligrams == MilligramRange(15_000))
        try story.void("yours", because: "never_happened")
        // Nobody knows now whether the other happened.
        #expect(
            try story.told()
                == "INFUSED P01 0.0-40.0 g, 2016-03-20, typed; voided: never happened")
    }

    @Test func `C05: voided against corrected is infused, its status in conflict`() throws {
        var story = RecallStory()
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K724B8541")))
        try story.void("a", because: "never_happened", by: .tablet, seeing: ["a"])
        try story.amend("a", by: .clinic, seeing: ["a"], ["vials.1": .vials("K551A8441")])
        try story.amend("a", by: .clinic, ["visualCheck": "ok"])
        #expect(
            try story.told()
                == "INFUSED P01 0.0-20.0 g, 2016-03-20, typed, voided or not: in conflict")
    }

    @Test func `C08: used after the notice is marked, by instants`() throws {
        var story = RecallStory()
        try story.begin("a", .infusion("2016-04-21T18:00", .vials("K551A8441")))
        try story.begin("before", .infusion("2016-04-20T18:00", .vials("K551A8441")))
        let words =
            "INFUSED P01 40.0 g: 2016-04-20, typed and 2016-04-21, typed, used after the notice"
        #expect(try story.told(noticeMs: utc("2016-04-21T16:00")) == words)
        #expect(
            try story.told(noticeMs: utc("2016-04-21T18:00"))
                == "INFUSED P01 40.0 g: 2016-04-20, typed and 2016-04-21, typed")
        try story.begin(
            "notice", kind: "notice", by: .clinic, atMs: utc("2016-04-21T16:00"),
            ["notice": ["lot": "K551 A8441", "product": "octagam5"]])
        #expect(try story.told() == words)
    }

    @Test func `C17: a lot corrected from a photo and scanned again matches either way`() throws {
        var story = RecallStory()
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K551A844I")))
        try story.amend("a", by: .clinic, seeing: ["a"], ["vials.1": .vials("K551A8441")])
        try story.amend(
            "a", seeing: ["a"], ["vials.1": .vials("K551A844I", by: "scanned")])
        #expect(
            try story.told()
                == "INFUSED P01 0.0-20.0 g, 2016-03-20, typed, in conflict; "
                + "neighbouring lot, scanned")
        let rows = try #require(try story.found()?.rows)
        #expect(rows.map(\.match) == [.exact, .knownOtherLot, .knownOtherLot])
        #expect(rows.first?.notes == [.inConflict])
        let other = try #require(RecalledLot(product: "octagam5", lot: "K551A844I"))
        let query = try #require(RecallQuery([other], asOfMs: RecallStory.noon))
        let patient = try RecallPatient("P01", story)
        let answer = RecallAnswer(query, patients: [patient], askedMs: RecallStory.noon)
        #expect(answer.patients.map(\.headline) == [.infused])
    }

    @Test func `C18: an entry moved to the right child is still told of the wrong one`() throws {
        var story = RecallStory()
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K551A8441")))
        try story.void("a", because: "wrong_patient")
        #expect(try story.told() == "VOIDED_MATCH P01 voided: wrong patient")
    }

    @Test func `C19: all diaries of a patient are read as one`() throws {
        var first = RecallStory(seed: 1)
        try first.begin("a", .infusion("2016-03-20T09:05", .vials("K551A8441")))
        var second = RecallStory(seed: 2)
        try second.begin("a", .infusion("2016-03-20T09:10", .vials("K551A8441")))
        try second.begin("b", .infusion("2016-04-20T09:10", .vials("K551A8441")))
        let query = try #require(RecallQuery.octagam())
        let patient = try RecallPatient("P01", first, second)
        let answer = RecallAnswer(query, patients: [patient], askedMs: RecallStory.noon)
        let found = try #require(answer.patients.first)
        #expect(Set(found.rows.map(\.diary)).count == 2)
        #expect(found.given.first?.milligrams == MilligramRange(40_000, 60_000))
    }

    @Test func `C19: a barcode in one diary makes a neighbouring lot known in the other`() throws {
        var first = RecallStory(seed: 1)
        try first.begin("a", .infusion("2016-03-20T09:05", .vials("K552A8441")))
        var second = RecallStory(seed: 2)
        try second.begin(
            "a", kind: "stock",
            .stock("receipt", "2016-03-01T10:00", .vials("K552A8441", by: "scanned")))
        let query = try #require(RecallQuery.octagam())
        let patient = try RecallPatient("P01", first, second)
        let answer = RecallAnswer(query, patients: [patient], askedMs: RecallStory.noon)
        #expect(
            RecallText(answer).lines().contains(
                "CLEAR          P01 neighbouring lot, scanned; "
                    + "neighbouring lot, scanned before"))
    }

    @Test func `C24: both lots of a dual-vial unit are infused`() throws {
        var story = RecallStory()
        let hyaluronidase: JSONObject = ["component": "hy", "vialMilligrams": "unknown"]
        try story.begin(
            "hy",
            .infusion(
                "2016-03-20T10:00",
                .vials("K551A8441", 2, of: "octagam5", with: hyaluronidase)))
        #expect(
            try story.told() == "INFUSED P01 2 vials, 2016-03-20, typed, hyaluronidase vial")
    }

    @Test func `C25: what a closed device wrote is infused, to review`() throws {
        var story = RecallStory()
        try story.begin("mine", .infusion("2016-03-01T10:00", .vials("K724B8541")))
        try story.begin(
            "late", by: .tablet, .infusion("2016-03-20T10:00", .vials("K551A8441")))
        try story.amend("mine", by: .tablet, ["vials.1": .vials("K551A8441", 2)])
        try story.closeTablet()
        let patient = try #require(try story.found())
        #expect(patient.rows.map(\.standing) == [.toReview, .toReview])
        #expect(
            try story.told()
                == "INFUSED P01 20.0-30.0 g: 2016-03-01, typed, to review "
                + "and 2016-03-20, typed, to review")
    }

    @Test func `C27: two copies that each set the other aside are no reason to look away`() throws {
        var story = try recordedTwice(.infusion("2016-03-20T09:10", .vials("K551A8441", 8)))
        try story.link("mine", "yours", counts: "mine", seeing: ["mine", "yours"])
        try story.link("mine", "yours", counts: "yours", by: .tablet, seeing: ["mine", "yours"])
        let patient = try #require(try story.found())
        #expect(patient.headline == .infused)
        #expect(patient.given.first?.milligrams == MilligramRange(40_000))
        #expect(patient.rows.allSatisfy { !$0.notes.contains(.setAside) })
    }

    @Test func `a copy set aside that alone names the lot is a voided match`() throws {
        var story = try recordedTwice(.infusion("2016-03-20T09:10", .vials("K724B8541", 8)))
        try story.link("mine", "yours", counts: "yours")
        #expect(try story.told() == "VOIDED_MATCH P01 set aside: another copy counts")
    }

    @Test func `reactions within seven days are told with the infusion`() throws {
        var story = RecallStory()
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K551A8441")))
        try story.begin(
            "soon", kind: "reaction",
            ["grade.said": ["grade": 1], "time": .starting("2016-03-21T10:00")])
        try story.amend("soon", by: .clinic, ["grade.assessed": 3])
        try story.begin("late", kind: "reaction", ["time": .starting("2016-03-27T10:01")])
        try story.begin(
            "named", kind: "reaction",
            ["infusion": .string(try story.id("a").text), "time": .starting("2016-04-20")])
        try story.begin("voided", kind: "reaction", ["time": .starting("2016-03-21T10:00")])
        try story.void("voided", because: "slip")
        #expect(
            try story.told()
                == "INFUSED P01 20.0 g, 2016-03-20, typed, reaction 2016-03-21, grade 3, "
                + "reaction 2016-04-20")
    }
}
