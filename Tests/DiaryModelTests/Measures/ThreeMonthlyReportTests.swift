import DiaryModel
import SyncCore
import Testing

@Suite struct ThreeMonthlyReportTests {
    @Test func `the report says first how far the data reach, then what they say`() throws {
        var story = CareStory()
        let infusion = try story.infuse("one", from: "2026-02-01T09:00")
        try story.infuse("two", from: "2026-02-08T09:00")
        try story.begin(
            "reaction", .reaction,
            [
                "grade.said": ["grade": 1], "infusion": infusion.json,
                "time": time("2026-02-01T20:00"),
            ])
        try story.grip("first", .gripLeft, 60, on: "2025-12-01T09:00", by: .clinic)
        try story.grip("last", .gripLeft, 50, on: "2026-03-20T09:00", by: .clinic)
        try story.measure(
            "infections", .infections,
            ["count": 2, "from": "2026-01-01", "to": "2026-03-31"], on: "2026-03-31")
        try story.measure(
            "igg", .iggTrough, ["iggMilligramsPerLitre": 9000], on: "2026-03-01T09:00")
        try story.measure("walk", .walk10m, "unknown", on: "2026-03-01T09:00")
        let (from, to) = (day("2026-01-01"), day("2026-04-01"))
        let report = ThreeMonthlyReport(
            try story.measurements(),
            reactions: ReactionsPerInfusion(
                reactions: try story.views(), infusions: try story.infusions(), from: from, to: to,
                zone: HandwrittenZone.london),
            from: from, to: to,
            given: .init(
                coverage: "All devices heard to 31 Mar 2026.", doses: ["64 of 411 g"],
                lastVisit: day("2025-12-15"), targetIggMilligramsPerLitre: 10_000))
        #expect(
            report.lines == [
                "All devices heard to 31 Mar 2026.",
                "1 Jan 2026 to 31 Mar 2026",
                "64 of 411 g",
                "Reactions: 1 reaction in 2 infusions, after 1 of them, highest grade 1",
                "Infections: 2",
                "Courses of antibiotics: not asked",
                "Grip of the left hand, 20 Mar 2026: 50.0 kPa, clinic",
                "  baseline, since 1 Dec 2025: -10.0 kPa, worse, at or over the threshold",
                "  last visit, since 1 Dec 2025: -10.0 kPa, worse, at or over the threshold",
                "IgG in blood, 1 Mar 2026: 9.0 g/L, home",
                "IgG is below the plan's target of 10.0 g/L on 1 Mar 2026.",
                "1 measurement without a number that can be read.",
            ])
    }
}
