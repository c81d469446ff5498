import DiaryModel
import SyncCore
import Testing

@Suite struct ReactionsPerInfusionTests {
    private func count(
        _ story: CareStory, duplicates: [(String, String)] = []
    ) throws -> ReactionsPerInfusion {
        try ReactionsPerInfusion(
            reactions: story.views(), infusions: story.infusions(),
            probableDuplicates: duplicates.map { (try story.id($0.0), try story.id($0.1)) },
            from: day("2026-03-01"), to: day("2026-04-01"), zone: HandwrittenZone.london)
    }

    private func react(
        _ story: inout CareStory, _ name: String, to infusion: EntryID?, on text: String,
        grade: Int64 = 1
    ) throws {
        try story.begin(
            name, .reaction,
            [
                "infusion": infusion.map(\.json) ?? "not_sure", "time": time(text),
                "grade.said": ["grade": .integer(grade)],
            ])
    }

    @Test func `reactions of the window's infusions are counted, others are not`() throws {
        var story = CareStory()
        let first = try story.infuse("first", from: "2026-03-01T09:00")
        try story.infuse("second", from: "2026-03-08T09:00")
        let april = try story.infuse("april", from: "2026-04-05T09:00")
        try react(&story, "one", to: first, on: "2026-03-01T12:00", grade: 2)
        try react(&story, "two", to: first, on: "2026-03-02T12:00")
        try react(&story, "unsure", to: nil, on: "2026-03-10T12:00")
        try react(&story, "late", to: april, on: "2026-04-05T12:00")
        let found = try count(story)
        #expect(found.infusions == 2...2)
        #expect(found.reactions == 2)
        #expect(found.infusionsWithReaction == 1)
        #expect(found.notLinked == 1)
        #expect(found.highestGrade == 2)
        #expect(
            found.words
                == "2 reactions in 2 infusions, after 1 of them, 1 more that name no infusion, "
                + "highest grade 2")
    }

    @Test func `not done is no infusion, and a voided one is none`() throws {
        var story = CareStory()
        try story.infuse("done", from: "2026-03-01T09:00")
        try story.begin(
            "skipped", .infusion,
            [
                "outcome": ["code": "not_done", "reason": "travel"],
                "time": time("2026-03-08T09:00"),
            ])
        try story.infuse("gone", from: "2026-03-15T09:00")
        try story.amend("gone", ["status": "voided"], seeing: ["gone"], as: "void")
        #expect(try count(story).infusions == 1...1)
        #expect(try count(story).words == "0 reactions in 1 infusion")
    }

    @Test func `C01: a probable duplicate makes it one or two infusions`() throws {
        var story = CareStory()
        try story.infuse("mine", from: "2026-03-29T09:05")
        try story.infuse("theirs", from: "2026-03-29T09:10", by: .tablet)
        #expect(try count(story, duplicates: [("mine", "theirs")]).infusions == 1...2)
    }

    @Test func `C27: two who each say mine counts leave one infusion, never none and never two`()
        throws
    {
        var story = CareStory()
        try story.infuse("mine", from: "2026-03-29T09:05")
        try story.infuse("theirs", from: "2026-03-29T09:10", by: .tablet)
        try story.link("mine", "theirs", counts: "mine")
        #expect(try count(story).infusions == 1...1)
        try story.link("mine", "theirs", counts: "theirs", by: .tablet)
        #expect(try count(story).infusions == 1...1)
    }

    @Test func `C28: if the counted copy is voided it may be none`() throws {
        var story = CareStory()
        try story.infuse("mine", from: "2026-03-29T09:05")
        try story.infuse("theirs", from: "2026-03-29T09:10", by: .tablet)
        try story.link("mine", "theirs", counts: "mine")
        try story.amend("mine", ["status": "voided"], seeing: ["mine"], as: "void")
        #expect(try count(story).infusions == 0...1)
    }
}
