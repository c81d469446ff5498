import DiaryModel
import SyncCore
import Testing

@Suite struct StockConflictTests {
    private func boxOf20() throws -> StockStory {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "A1")))
        return story
    }

    @Test func `a line in conflict is a range`() throws {
        var story = try boxOf20()
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.amend("seven", of: "dose", seeing: ["dose"], ["vials.1": vials(7, "A1")])
        try story.amend(
            "five", of: "dose", by: .tablet, seeing: ["dose"], ["vials.1": vials(5, "A1")])
        #expect(try story.book.balances == ["A1: 13-15"])
    }

    @Test func `where two lots are said each was used or not`() throws {
        var story = try boxOf20()
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.amend("photo", of: "dose", seeing: ["dose"], ["vials.1": vials(8, "B1")])
        try story.amend(
            "scan", of: "dose", by: .tablet, seeing: ["dose"], ["vials.1": vials(8, "A1")])
        #expect(try story.book.balances == ["A1: 12-20", "B1: -8-0"])
    }

    @Test func `a void against an unseen correction is all or nothing`() throws {
        var story = try boxOf20()
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.amend("void", of: "dose", seeing: ["dose"], ["status": "voided"])
        try story.amend("site", of: "dose", by: .tablet, seeing: ["dose"], ["route": "iv"])
        #expect(try story.book.balances == ["A1: 12-20"])
    }

    @Test func `C01: an infusion that two wrote down was one or two, until they say so`() throws {
        var story = try boxOf20()
        try story.begin("hers", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.begin(
            "his", "infusion", by: .tablet, infusion("2026-03-08T09:10", vials(8, "A1")))
        #expect(try story.book.balances == ["A1: 4-12"])
        try story.link("hers", "his", counts: "hers")
        #expect(try story.book.balances == ["A1: 12"])
    }

    @Test func `said to be different, both are used`() throws {
        var story = try boxOf20()
        try story.begin("hers", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.begin(
            "his", "infusion", by: .tablet, infusion("2026-03-08T09:10", vials(8, "A1")))
        try story.link("hers", "his", counts: nil)
        #expect(try story.book.balances == ["A1: 4"])
    }

    @Test func `a delivery that two wrote down counts once when they say so`() throws {
        var story = try boxOf20()
        try story.begin(
            "again", by: .tablet, movement("receipt", "2026-03-01T11:00", vials(20, "A1")))
        #expect(try story.book.balances == ["A1: 40"])
        try story.link("box", "again", counts: "again")
        #expect(try story.book.balances == ["A1: 20"])
    }

    @Test func `a movement or its reason in conflict may be either`() throws {
        var story = try boxOf20()
        var loss = movement("loss", "2026-03-09T09:00", vials(2, "A1"))
        loss["loss"] = "broken"
        try story.begin("loss", loss)
        try story.amend("cold", of: "loss", seeing: ["loss"], ["loss": "quarantined"])
        try story.amend("gone", of: "loss", by: .tablet, seeing: ["loss"], ["loss": "lost"])
        let lot = try #require(try story.book.lots.first)
        #expect(lot.balance == VialRange(18, 20))
        #expect(lot.quarantined == VialRange(0, 2))
        #expect(lot.isQuarantined)
    }

    @Test func `an infusion that was perhaps not done used its vials or none`() throws {
        var story = try boxOf20()
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.amend(
            "not", of: "dose", seeing: ["dose"],
            ["outcome": ["code": "not_done", "reason": "fever_or_infection"]])
        #expect(try story.book.balances == ["A1: 12-20"])
    }

    @Test func `a line taken out again was not used`() throws {
        var story = try boxOf20()
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.amend("out", of: "dose", seeing: ["dose"], ["vials.1": .null])
        #expect(try story.book.balances == ["A1: 20"])
    }
}
