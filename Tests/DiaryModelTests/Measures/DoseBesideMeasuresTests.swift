import DiaryModel
import SyncCore
import Testing

@Suite struct DoseBesideMeasuresTests {
    private func beside(_ story: CareStory, _ views: [EntryView?] = []) throws -> DoseBesideMeasures
    {
        let days = window("2026-01-05", "2026-01-23")
        let grams = GramsByPeriod(
            in: days, try PlanStory(weekly()).history(), ledger(views), receivedUntil: days.until)
        return DoseBesideMeasures(grams, try story.measurements())
    }

    @Test func `what was measured stands in the row of its week, several numbers as a range`()
        throws
    {
        var story = CareStory()
        try story.grip("one", .gripLeft, 60, on: "2026-01-06T09:00")
        try story.grip("two", .gripLeft, 52, on: "2026-01-16T09:00")
        try story.grip("three", .gripLeft, 54, on: "2026-01-18T09:00", by: .clinic)
        try story.measure("walk", .walk10m, "unable", on: "2026-01-12T09:00")
        try story.measure(
            "infections", .infections, ["count": 1, "from": "2026-01-01", "to": "2026-01-20"],
            on: "2026-01-20")
        try story.grip("before", .gripRight, 60, on: "2025-12-01T09:00")
        let views = [infusion(1, "2026-01-05"), infusion(2, "2026-01-12", milligrams: 28_000)]
        #expect(
            try beside(story, views).lines() == [
                "Week from        grams         grip left kPa  10 m s",
                "Fri 2 Jan 2026   32.0 of 18.3  60.0",
                "Fri 9 Jan 2026   28.0 of 32.0                 unable",
                "Fri 16 Jan 2026  0.0 of 32.0   52.0-54.0",
            ])
    }

    @Test func `a measure that finds no room in a line is named under the table`() throws {
        var story = CareStory()
        try story.grip("one", .gripLeft, 60, on: "2026-01-06T09:00")
        try story.measure("pain", .vasPain, ["points": 3], on: "2026-01-06T09:00")
        let lines = try beside(story).lines(columns: 46)
        #expect(lines.allSatisfy { $0.count <= 46 }, "\(lines)")
        #expect(lines.last == "Also measured: pain, 0 to 10.")
    }

    @Test func `a value that people disagree about is marked`() throws {
        var story = CareStory()
        try story.grip("one", .gripLeft, 60, on: "2026-01-06T09:00")
        for writer in [CareStory.Writer.phone, .clinic] {
            try story.amend(
                "one", ["value": ["gripPascals": writer == .phone ? 61_000 : 59_000]], by: writer,
                seeing: ["one"], as: "\(writer)")
        }
        #expect(try beside(story).lines()[1].hasSuffix("59.0-61.0?"))
    }
}
