import DiaryModel
import SyncCore
import Testing

private let elsewhere: JSONValue = ["code": "not_done", "reason": "infused_elsewhere"]

/// What keeps a patient from being clear, and who is asked about at all.
@Suite struct RecallUnknownTests {
    private func begun(_ set: JSONObject, kind: String = "infusion") throws -> RecallStory {
        var story = RecallStory()
        try story.begin("a", kind: kind, set)
        return story
    }

    @Test(
        arguments: [
            (.infusion("2016-03-20", .vials(nil)), "lot missing, 4 vials"),
            (
                .infusion("2016-03-20", .vials(nil, with: ["lotMissing": "unreadable"])),
                "lot missing: unreadable, 4 vials"
            ),
            (
                .infusion("2016-03-20", .vials("???")),
                "lot missing: \"???\" cannot be compared, 4 vials"
            ),
            (.infusion("2016-03-20"), "no vials recorded, 2016-03-20"),
            (
                .infusion("2016-03-20", more: ["outcome": elsewhere]),
                "infused elsewhere, lot not known, 2016-03-20"
            ),
            (
                .infusion("2016-03-20", more: ["place": ["code": "hospital"]]),
                "infused elsewhere, lot not known, 2016-03-20"
            ),
            (
                .infusion("2016-03-20", .vials("K1", with: ["count": "many"])),
                "infusion: needs a newer version, 2016-03-20"
            ),
        ] as [(JSONObject, String)])
    func `an infusion without a lot leaves it unknown`(set: JSONObject, words: String) throws {
        #expect(try begun(set).told() == "UNKNOWN P01 \(words)")
    }

    @Test(
        arguments: [
            .infusion("2016-03-20", more: ["outcome": ["code": "not_done", "reason": "forgot"]]),
            .infusion("2010-03-20", .vials(nil)), .infusion("2014-04", .vials(nil)),
            .infusion("2016-03-20", .vials("K724B8541"), more: ["outcome": elsewhere]),
        ] as [JSONObject]) func `where nothing can be missing it is clear`(set: JSONObject) throws
    {
        #expect(try begun(set).told() == "CLEAR P01")
    }

    @Test func `the window is counted in calendar months, whole days`() throws {
        #expect(try begun(.infusion("2014-05-02", .vials(nil))).found()?.headline == .unknown)
        #expect(try begun(.infusion("2014-05-01", .vials(nil))).found()?.headline == .clear)
        #expect(try begun(.infusion("2014-05", .vials(nil))).found()?.headline == .unknown)
        var odd = JSONObject.infusion("2014-05-01", .vials(nil))
        odd["time"] = "long ago"
        #expect(try begun(odd).found()?.headline == .unknown)
    }

    @Test func `a voided infusion lacks no lot`() throws {
        var story = try begun(.infusion("2016-03-20", .vials(nil)))
        try story.void("a", because: "never_happened")
        #expect(try story.told() == "CLEAR P01")
    }

    @Test func `a lot that one voice names is not missing`() throws {
        var story = try begun(.infusion("2016-03-20", .vials("K1")))
        try story.amend("a", by: .clinic, seeing: ["a"], ["vials.1": .vials("K724B8541")])
        try story.amend("a", by: .tablet, seeing: ["a"], ["vials.1": .vials(nil)])
        #expect(try story.told() == "CLEAR P01")
    }

    @Test func `an entry of a kind that is not known leaves it unknown`() throws {
        var story = try begun(
            ["vials.1": .vials("K1"), "time": .starting("2016-03-20")], kind: "elixir")
        #expect(
            try story.told() == "UNKNOWN P01 elixir: needs a newer version, 2016-03-20")
        try story.amend("a", ["vials.1": .vials("K551A8441")])
        #expect(try story.found()?.headline == .infused)
    }

    @Test func `an erased line leaves it unknown`() throws {
        var story = try begun(.infusion("2016-03-20", .vials("K551A8441")))
        try story.erase("a")
        #expect(try story.told() == "UNKNOWN P01 a lot was erased")
    }

    @Test func `a delivery without a lot leaves it unknown, and is no infusion`() throws {
        let story = try begun(.stock("receipt", "2016-03-20", .vials(nil, 6)), kind: "stock")
        #expect(try story.told() == "UNKNOWN P01 lot of a delivery missing, 6 vials")
        #expect(
            RecallText(try story.answer()).header
                == "1 patient in scope; 1 diary complete to 2016-05-02 12:00 UTC; "
                + "1 delivery without a lot (P01)")
        let lost = try begun(
            .stock("loss", "2016-03-20", .vials(nil, 6), loss: "lost"), kind: "stock")
        #expect(try lost.told() == "CLEAR P01")
    }

    @Test func `what could not be seen is told of those, too, who have the lot`() throws {
        var story = try begun(.infusion("2016-03-20", .vials("K551A8441")))
        try story.begin("b", .infusion("2016-04-01", .vials(nil, 2)))
        #expect(
            try story.told(heardMs: utc("2016-05-01T20:00"))
                == "INFUSED P01 20.0 g, 2016-03-20, typed; not heard for 1 day; "
                + "lot missing, 2 vials")
    }

    // MARK: Scope

    private func inScope(_ story: RecallStory, plan: Set<ProductKey> = ["hizentra"]) throws -> Bool
    {
        try story.found(plan: plan) != nil
    }

    @Test func `another product alone is out of scope`() throws {
        #expect(try !inScope(begun(.infusion("2016-03-20", .vials("P1", of: "hizentra")))))
        #expect(try !inScope(begun(.infusion("2016-03-20", .vials("P1", of: "octagam10")))))
        #expect(try !inScope(begun(.infusion("2016-03-20", .vials(nil, of: "hizentra")))))
        #expect(try !inScope(begun(.infusion("2010-03-20", .vials("P1")))))
        let forgot: JSONValue = ["code": "not_done", "reason": "forgot"]
        #expect(try !inScope(begun(.infusion("2016-03-20", more: ["outcome": forgot]))))
    }

    @Test func `plan, stock or infusion of the product or of one in words is in scope`() throws {
        let other = try begun(.infusion("2016-03-20", .vials("P1", of: "hizentra")))
        #expect(try inScope(other, plan: ["hizentra", "octagam5"]))
        #expect(try inScope(other, plan: ["other"]))
        #expect(try inScope(begun(.infusion("2016-03-20", .vials("P1")))))
        #expect(try inScope(begun(.infusion("2016-03-20", .vials("P1", of: "other")))))
        #expect(try inScope(begun(.infusion("2016-03-20", .vials("P1", of: "unknown")))))
        #expect(
            try inScope(begun(.stock("receipt", "2016-03-20", .vials("P1")), kind: "stock")))
        let given: JSONObject = ["outcome": elsewhere]
        #expect(try inScope(begun(.infusion("2016-03-20", more: given))))
    }

    @Test func `the key under any product is in scope, a near one in the family`() throws {
        #expect(try inScope(begun(.infusion("2010-03-20", .vials("K551A8441", of: "hizentra")))))
        #expect(try inScope(begun(.infusion("2010-03-20", .vials("K551AB441", of: "octagam10")))))
        #expect(try !inScope(begun(.infusion("2010-03-20", .vials("K551AB441", of: "hizentra")))))
    }

    @Test func `of whom nothing at all is known cannot be left out`() throws {
        let silent = RecallStory()
        #expect(try silent.found(heardMs: nil, plan: [])?.headline == .unknown)
        #expect(try silent.found(plan: []) == nil)
        #expect(try silent.found(heardMs: nil, plan: ["hizentra"]) == nil)
    }
}
