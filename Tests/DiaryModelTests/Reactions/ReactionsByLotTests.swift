import DiaryModel
import SyncCore
import Testing

@Suite struct ReactionsByLotTests {
    private func count(_ story: CareStory) throws -> ReactionsByLot {
        let views = try story.views()
        let infusions = views.filter { $0.kind == EntryKind.infusion.rawValue }
        return ReactionsByLot(
            reactions: views, InfusionLedger(infusions, zone: HandwrittenZone.london),
            infusions: infusions, in: window("2026-03-01", "2026-04-01"))
    }

    private func react(
        _ story: inout CareStory, _ name: String, to infusion: EntryID, grade: Int64
    ) throws {
        try story.begin(
            name, .reaction,
            [
                "grade.said": ["grade": .integer(grade)], "infusion": infusion.json,
                "time": time("2026-03-08T20:00"),
            ])
    }

    @Test func `each lot has its infusions, and those after which there was a reaction`() throws {
        var story = CareStory()
        try story.infuse("one", from: "2026-03-01T09:00", lot: "A1")
        let two = try story.infuse("two", from: "2026-03-08T09:00", lot: "a1")
        let three = try story.infuse("three", from: "2026-03-15T09:00", lot: "B2")
        try story.infuse("april", from: "2026-04-05T09:00", lot: "A1")
        try react(&story, "mild", to: two, grade: 1)
        try react(&story, "again", to: two, grade: 3)
        try react(&story, "other", to: three, grade: 2)
        #expect(
            try count(story).lines() == [
                "Hizentra: a reaction after 2 of 3 infusions, highest grade 3",
                "  lot A1: a reaction after 1 of 2 infusions, highest grade 3",
                "  lot B2: a reaction after 1 of 1 infusion, highest grade 2",
            ])
    }

    @Test func `a lot that was corrected counts for both, and a voided infusion for none`() throws {
        var story = CareStory()
        let one = try story.infuse("one", from: "2026-03-01T09:00", lot: "A1")
        var line = VialLine(product: "hizentra")
        line.lot = "B2"
        for (name, writer) in [("phone", CareStory.Writer.phone), ("clinic", .clinic)] {
            line.count = name == "phone" ? 7 : 8
            try story.amend("one", ["vials.1": line.json], by: writer, seeing: ["one"], as: name)
            line.lot = "C3"
        }
        try story.infuse("gone", from: "2026-03-08T09:00", lot: "A1")
        try story.amend("gone", ["status": "voided"], seeing: ["gone"], as: "void")
        try react(&story, "mild", to: one, grade: 1)
        #expect(
            try count(story).rows.map { $0.lot?.description ?? "-" } == ["-", "B2", "C3"])
    }

    @Test func `C01: two copies in doubt are one infusion or two`() throws {
        var story = CareStory()
        try story.infuse("one", from: "2026-03-01T09:00")
        try story.infuse("two", from: "2026-03-01T09:05", by: .tablet)
        #expect(try count(story).rows.map(\.infusions) == [CountRange(1, 2), CountRange(1, 2)])
    }

    @Test func `the counts of patients add up, lot by lot`() throws {
        var one = CareStory()
        let first = try one.infuse("one", from: "2026-03-01T09:00", lot: "A1")
        try react(&one, "mild", to: first, grade: 1)
        var two = CareStory(seed: 12)
        try two.infuse("one", from: "2026-03-01T09:00", lot: "A-1")
        let sum = ReactionsByLot.sum([try count(one), try count(two)])
        #expect(sum.rows.map(\.infusions) == [CountRange(2), CountRange(2)])
        #expect(sum.rows.last?.printed == ["A-1", "A1"])
        #expect(sum.rows.last?.withReaction == CountRange(1))
    }
}
