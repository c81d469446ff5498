import DiaryModel
import SyncCore
import Testing

@Suite struct LinkedInfusionTests {
    private func warnings(_ story: CareStory, _ name: String) throws -> [WarningCode] {
        let fields = try story.view(name).settledFields
        var context = ValidationContext()
        context.see(try story.infusions(), for: fields, zone: HandwrittenZone.london)
        return Validator().findings(kind: .reaction, values: fields, context: context)
            .map(\.code)
    }

    @Test
    func
        `C23: the reaction stays, the link says voided, the other infusions of those days are listed`()
        throws
    {
        var story = CareStory()
        let infusion = try story.infuse("gone", from: "2026-03-28T09:00", to: "2026-03-28T11:00")
        let other = try story.infuse("other", from: "2026-03-29T09:00", by: .tablet)
        try story.infuse("earlier", from: "2026-03-21T09:00")
        try story.begin(
            "reaction", .reaction,
            [
                "infusion": infusion.json, "symptom.headache": ["grade": 2],
                "time": time("2026-03-29T14:00"),
            ])
        try story.amend("gone", ["status": "voided"], by: .tablet, seeing: ["gone"], as: "void")
        #expect(try story.view("reaction").status == .active)
        let linked = LinkedInfusion(
            infusion, in: try story.infusions(), onset: day("2026-03-29"))
        #expect(linked.link == .voided)
        #expect(linked.link.words == "infusion voided")
        #expect(linked.others == [other])
        #expect(try warnings(story, "reaction") == [.reactionInfusionVoided])
    }

    @Test
    func `an infusion that was set aside for another copy is gone, too, and the copy is listed`()
        throws
    {
        var story = CareStory()
        let mine = try story.infuse("mine", from: "2026-03-29T09:05")
        let theirs = try story.infuse("theirs", from: "2026-03-29T09:10", by: .tablet)
        try story.begin(
            "reaction", .reaction, ["infusion": theirs.json, "time": time("2026-03-29T14:00")])
        try story.link("mine", "theirs", counts: "mine")
        let linked = LinkedInfusion(theirs, in: try story.infusions(), onset: day("2026-03-29"))
        #expect(linked.link == .setAside(for: mine))
        #expect(linked.others == [mine])
        #expect(try warnings(story, "reaction") == [.reactionInfusionVoided])
    }

    @Test
    func `if both copies were set aside the link is in question, and nothing is called voided`()
        throws
    {
        var story = CareStory()
        let mine = try story.infuse("mine", from: "2026-03-29T09:05")
        try story.infuse("theirs", from: "2026-03-29T09:10", by: .tablet)
        try story.link("mine", "theirs", counts: "mine")
        try story.link("mine", "theirs", counts: "theirs", by: .tablet)
        let linked = LinkedInfusion(mine, in: try story.infusions())
        #expect(linked.link == .inQuestion)
        #expect(linked.others == [])
    }

    @Test func `an infusion that is not held here is said calmly`() throws {
        let linked = LinkedInfusion(
            try #require(entry(9)), in: try CareStory().infusions(), onset: day("2026-03-29"))
        #expect(linked.link == .notHeld)
        #expect(linked.link.words == "infusion not here yet")
    }

    @Test(
        arguments: [("2026-03-29T08:59", true), ("2026-03-29T09:00", false)] as [(String, Bool)])
    func `an onset before the infusion began is a word`(onset: String, isBefore: Bool) throws {
        var story = CareStory()
        let infusion = try story.infuse("infusion", from: "2026-03-29T09:00")
        try story.begin(
            "reaction", .reaction, ["infusion": infusion.json, "time": time(onset)])
        #expect(
            try warnings(story, "reaction") == (isBefore ? [.reactionBeforeInfusion] : []))
    }

    @Test func `by bare days it is before only if the day is`() throws {
        var story = CareStory()
        let infusion = try story.infuse("infusion", from: "2026-03-29")
        for (name, onset) in [("same", "2026-03-29"), ("before", "2026-03-28")] {
            try story.begin(
                name, .reaction, ["infusion": infusion.json, "time": time(onset)])
        }
        #expect(try warnings(story, "same") == [])
        #expect(try warnings(story, "before") == [.reactionBeforeInfusion])
    }
}

@Suite struct ReportDraftTests {
    private func serious(_ story: inout CareStory, _ infusion: EntryID) throws {
        try story.begin(
            "reaction", .reaction,
            ["infusion": infusion.json, "time": time("2026-03-29T14:00"), "action.admitted": "yes"])
    }

    @Test func `a serious reaction brings brand and batch as printed, and nothing is sent`() throws
    {
        var story = CareStory()
        let infusion = try story.infuse("infusion", from: "2026-03-29T09:00", lot: "p1004 23917")
        try serious(&story, infusion)
        let reading = try ReactionReading(story.view("reaction"))
        #expect(reading.isSerious)
        let draft = try #require(
            ReportDraft(reading, infusions: [try story.view("infusion")]))
        #expect(!draft.isIncomplete)
        #expect(
            draft.lines(route: ["Yellow Card: 0800 731 6789."]) == [
                "This is serious. Please report it; nothing is sent from here.",
                "Yellow Card: 0800 731 6789.", "Hizentra, CSL Behring, batch p1004 23917",
            ])
    }

    @Test func `of a line in conflict both batches stand there, each not certain`() throws {
        var story = CareStory()
        let infusion = try story.infuse("infusion", from: "2026-03-29T09:00")
        try serious(&story, infusion)
        for (name, lot) in [("one", "X1"), ("two", "XI")] {
            let written = try story.view("infusion").fields["vials.1"]?.candidates.first
            var line = try #require(written?.value.json.flatMap { VialLine(json: $0) })
            line.lot = PrintedText(lot)
            try story.amend(
                "infusion", ["vials.1": line.json], by: name == "one" ? .phone : .clinic,
                seeing: ["infusion"], as: name)
        }
        let draft = try #require(
            ReportDraft(
                try ReactionReading(story.view("reaction")),
                infusions: [try story.view("infusion")]))
        #expect(Set(draft.products.map(\.batch?.text)) == ["X1", "XI"])
        #expect(draft.products.allSatisfy { $0.isInDoubt })
    }

    @Test func `without its infusion the pack is asked for, and what is not serious has no draft`()
        throws
    {
        var story = CareStory()
        try serious(&story, try #require(entry(9)))
        let draft = try #require(
            ReportDraft(try ReactionReading(story.view("reaction")), infusions: []))
        #expect(draft.isIncomplete)
        #expect(draft.lines(route: []).last?.contains("read it from the pack") == true)
        try story.begin(
            "mild", .reaction,
            ["time": time("2026-03-29T14:00"), "grade.said": ["grade": 2]])
        #expect(ReportDraft(try ReactionReading(story.view("mild")), infusions: []) == nil)
    }

    @Test(
        arguments: [
            ("grade.said", ["grade": 3]), ("grade.said", ["grade": 1, "hospital": "yes"]),
            ("action.hospital", "yes"), ("outcome", ["code": "recovered_sequelae"]),
            ("outcome", ["code": "fatal"]),
        ] as [(String, JSONValue)])
    func `grade 3, a hospital, lasting harm and death are serious`(field: String, value: JSONValue)
        throws
    {
        var story = CareStory()
        try story.begin("reaction", .reaction, ["time": time("2026-03-29"), field: value])
        #expect(try ReactionReading(story.view("reaction")).isSerious)
    }
}
