import DiaryModel
import SyncCore
import Testing

/// Running a search again shows what has changed.
@Suite struct RecallDifferenceTests {
    private let later = utc("2016-05-03T09:00")

    private func answer(_ patients: [RecallPatient], askedMs: Int64) throws -> RecallAnswer {
        RecallAnswer(try #require(RecallQuery.octagam()), patients: patients, askedMs: askedMs)
    }

    private func difference(
        from before: [RecallPatient], to after: [RecallPatient]
    ) throws -> RecallDifference {
        try #require(
            RecallDifference(
                from: answer(before, askedMs: RecallStory.noon),
                to: answer(after, askedMs: later)))
    }

    private func story() throws -> RecallStory {
        var story = RecallStory()
        try story.begin("a", .infusion("2016-03-20T10:00", .vials("K724B8541")))
        return story
    }

    @Test func `who was not heard and then brought the lot moved`() throws {
        var story = try story()
        let heard = utc("2016-04-10T09:00")
        let before = try RecallPatient("P07", story, heardMs: heard)
        try story.begin("b", .infusion("2016-04-12T10:00", .vials("K551A8441", by: "scanned")))
        let after = try RecallPatient("P07", story, heardMs: later)
        let difference = try difference(from: [before], to: [after])
        #expect(
            difference.lines == [
                "Compared with the search of 2016-05-02 12:00 UTC:",
                "P07 was UNKNOWN, is INFUSED: 20.0 g, 2016-04-12, scanned", "P07: 1 row new",
                "P07 heard to 2016-05-03 09:00 UTC, before to 2016-04-10 09:00 UTC",
            ])
        let change = try #require(difference.changes.first)
        #expect(change.newRows.map(\.lot) == ["K551A8441"])
        #expect(change.move?.from == .unknown && change.move?.to == .infused)
        #expect(change.json["to"] == "INFUSED")
    }

    @Test func `nothing new is said to be nothing`() throws {
        let patient = try RecallPatient("P01", story())
        let difference = try difference(from: [patient], to: [patient])
        #expect(difference.changes.isEmpty)
        #expect(
            difference.lines == [
                "Compared with the search of 2016-05-02 12:00 UTC:", "Nothing has changed.",
            ])
    }

    @Test func `who comes into scope and who leaves it is told`() throws {
        let one = try RecallPatient("P01", story())
        let two = try RecallPatient("P02", story())
        let lines = try difference(from: [one], to: [two]).lines
        #expect(
            lines.dropFirst() == [
                "P01 was CLEAR, is no longer in scope", "P02 came into scope, is CLEAR",
            ])
    }

    @Test func `a row that says something else now is a changed one`() throws {
        var story = try story()
        try story.begin("b", .infusion("2016-04-12T10:00", .vials("K551A8441")))
        let before = try RecallPatient("P01", story)
        try story.amend("b", ["vials.1": .vials("K551A8441", 3)])
        let after = try RecallPatient("P01", story)
        let difference = try difference(from: [before], to: [after])
        #expect(
            difference.lines.dropFirst() == [
                "P01 is still INFUSED: 15.0 g, 2016-04-12, typed", "P01: 1 row new, 1 row changed",
            ])
    }

    @Test func `answers to two searches are not compared`() throws {
        let first = try answer([], askedMs: RecallStory.noon)
        let query = try #require(RecallQuery.octagam(expiry: "2017-12"))
        let other = RecallAnswer(query, patients: [], askedMs: later)
        #expect(RecallDifference(from: first, to: other) == nil)
    }
}
