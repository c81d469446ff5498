import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

@Suite struct CareReportTests {
    private let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func record(since day: CivilDate? = nil) throws -> CareRecord {
        try world.desk().read { try CareRecord($0, since: day) }
    }

    private func measure(
        _ code: String, _ value: String, by role: Role = .patient, on day: String
    ) throws {
        try world.log(.measurement, by: role) { context, warnings in
            var form = MeasurementForm(measure: code, value: value)
            form.start = "10:00"
            form.day = day
            return try form.fields(context, warnings: &warnings)
        }
    }

    private func sign(_ grams: Int64) throws {
        _ = try world.desk(.doctor).log(
            "plan",
            set: [
                "plan": [
                    "doseMilligrams": .integer(grams * 1000), "effectiveFrom": "2026-03-08",
                    "intervalDays": 7, "product": "hizentra", "route": "sc",
                    "targetIggMilligramsPerLitre": 10_000, "zone": "Europe/London",
                ]
            ])
    }

    private func report(_ record: CareRecord) throws -> CareReport {
        let today = try #require(CivilDate("2026-03-29"))
        let from = try #require(CivilDate("2026-03-08"))
        return CareReport(
            record, in: DayWindow(from: from, until: today.adding(days: 1)), zone: world.zone,
            today: today, reach: .init("By what this device holds.", until: today.adding(days: 1)))
    }

    @Test func `the report has doses, reactions and measures of one diary, coverage first`() throws
    {
        try sign(32)
        let infusion = try world.infusion(start: "2026-03-22T08:05")
        _ = try world.infusion()
        try world.log(.reaction) { context, warnings in
            var form = ReactionForm()
            form.words = ["headache=2"]
            form.infusion = .infusion(infusion, sites: [])
            form.onset = "2026-03-22T14:00"
            return try form.fields(context, warnings: &warnings)
        }
        try measure("grip_l", "60", on: "2026-03-08")
        try measure("grip_l", "50", on: "2026-03-29")
        try measure("igg_trough", "9.0", on: "2026-03-28")
        let lines = try report(record()).report.lines
        #expect(lines.first == "By what this device holds.")
        #expect(lines.contains("64 of 100.6 g, 63.6 %"), "\(lines)")
        #expect(lines.contains("Reactions: 1 reaction in 2 infusions, after 1 of them"), "\(lines)")
        #expect(
            lines.contains(
                "  baseline, since 8 Mar 2026: -10.0 kPa, worse, at or over the threshold"))
        #expect(lines.contains("IgG is below the plan's target of 10.0 g/L on 28 Mar 2026."))
    }

    @Test func `what a record is asked for since a day still has the infusion a reaction names`()
        throws
    {
        let infusion = try world.infusion(start: "2025-10-05T08:05")
        try world.log(.reaction) { context, warnings in
            var form = ReactionForm()
            form.words = ["headache=2"]
            form.infusion = .infusion(infusion, sites: [])
            form.onset = "2026-03-22T14:00"
            return try form.fields(context, warnings: &warnings)
        }
        let since = try record(since: CivilDate("2026-03-01"))
        #expect(since.infusions.map(\.entry.id) == [infusion])
        #expect(since.reactions.count == 1)
    }

    @Test func `what a record is asked for since a day has what one of two times puts there`()
        throws
    {
        let infusion = try world.infusion(start: "2026-03-22T08:05")
        try world.bothChange(
            infusion, patient: "start=2025-10-05T08:05", nurse: "start=2026-03-21T08:05")
        let since = try record(since: CivilDate("2026-03-01"))
        #expect(since.infusions.map(\.entry.id) == [infusion])
    }

    @Test func `the pictures are grams and each measure that has values`() throws {
        try measure("grip_l", "60", on: "2026-03-08")
        try measure("grip_force_l", "24kg", on: "2026-03-08")
        try measure("grip_force_l", "53lbf", on: "2026-03-09")
        let pictures = try report(record()).pictures
        #expect(pictures.map(\.name) == ["grams", "grip", "grip_force", "grip_force-2"])
        for (name, picture) in pictures {
            #expect(picture.svg(id: name).hasPrefix("<svg "))
            #expect(picture.lines(.ascii, width: 80).allSatisfy { $0.count <= 80 })
        }
    }

    @Test func `names of pictures are those of measures, and both hands have one`() {
        #expect(MeasurePictures(named: "grip")?.measures == [.gripLeft, .gripRight])
        #expect(MeasurePictures(named: "grip_l")?.measures == [.gripLeft])
        #expect(MeasurePictures(named: "incat")?.measures == [.incat])
        #expect(MeasurePictures(named: "mood") == nil)
    }
}
