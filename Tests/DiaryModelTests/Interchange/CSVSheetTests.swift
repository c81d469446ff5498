import DiaryModel
import SyncCore
import Testing

/// The tables beside that of lot lines.
@Suite struct CSVSheetTests {
    /// The rows of a sheet, by the names of their columns; no value here has a comma.
    private func rows(_ name: String, of diary: ExportedDiary) throws -> [[String: String]] {
        let sheet = try #require(diary.sheets.first { $0.name == name })
        let names = sheet.header.dropLast(2).split(separator: ",").map(String.init)
        return sheet.lines().split(separator: "\r\n").map { line in
            let values = line.replacing("\"", with: "")
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            #expect(values.count == names.count, "\(line)")
            return Dictionary(zip(names, values)) { first, _ in first }
        }
    }

    @Test func `they are four, and each has its header where it has no row`() throws {
        let sheets = try ExportStory().exported().sheets
        #expect(sheets.map(\.name) == ["earlier_lots", "measurements", "plans", "reactions"])
        #expect(sheets.allSatisfy { $0.header.hasPrefix("patient_ref,entry_id,") })
        #expect(sheets.allSatisfy { $0.rowCount == 0 && $0.lines().isEmpty })
    }

    @Test func `a measurement has its number in its unit`() throws {
        var story = ExportStory()
        func log(_ measure: String, _ value: JSONValue) throws {
            try story.begin(
                "measurement",
                [
                    "measure": .string(measure), "time": Typed.time("2026-03-29T09:05"),
                    "value": value,
                ])
        }
        try log("grip_l", ["gripPascals": 54_100, "method": "best_of"])
        try log("incat", ["armPoints": 1, "legPoints": 2])
        try log("infections", ["count": 0, "from": "2026-01-01", "to": "2026-03-31"])
        try log("walk10m", "unable")
        try log("vas_pain", "declined")
        let found = try rows("measurements", of: story.exported())
        let told = found.sorted { ($0["measure"] ?? "") < ($1["measure"] ?? "") }
            .map { "\($0["measure"] ?? "") \($0["value"] ?? "") \($0["unit"] ?? "")" }
        #expect(
            told == [
                "grip_l 54.1 kPa", "incat 3 points", "infections 0 times",
                "vas_pain declined declined",
                "walk10m unable ",
            ])
        #expect(found.contains { $0["arm_points"] == "1" && $0["leg_points"] == "2" })
        #expect(found.contains { $0["period_from"] == "2026-01-01" && $0["value"] == "0" })
    }

    @Test func `each version of a plan is a row that names those before it`() throws {
        let found = try rows("plans", of: ExportStory.whole().exported())
        #expect(found.map { $0["standing"] } == ["superseded", "superseded", "current"])
        #expect(found[0]["replaces"] == "")
        #expect(found[1]["replaces"] == found[0]["plan_version"])
        #expect(found[2]["replaces"] == found[1]["plan_version"])
    }

    @Test func `C12: a lot that was replaced is told with what stands now elsewhere`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion(["vials.1": Typed.line("K551A8441"), "vials.2": Typed.line("B1")]))
        let amended = try story.amend(
            entry, seeing: [entry], ["vials.1": Typed.line("K551A8444"), "vials.2": .null])
        let found = try rows("earlier_lots", of: story.exported())
        #expect(found.map { $0["lot_printed"] } == ["K551A8441", "B1"])
        #expect(found.map { $0["line"] } == ["vials.1", "vials.2"])
        #expect(found.allSatisfy { $0["standing"] == "replaced" })
        #expect(found.allSatisfy { $0["event_id"] != amended.id.text })
        #expect(try story.rows(entry).map { $0[.lotPrinted] } == ["K551A8444"])
    }

    @Test func `a reaction has its grades, symptoms and infusion`() throws {
        let story = try ExportStory.whole()
        let found = try #require(try rows("reactions", of: story.exported()).first)
        #expect(found["grade_said"] == "1")
        #expect(found["grade_assessed"] == "3")
        #expect(found["symptoms"]?.contains("headache:") == true)
    }

    @Test func `devices are told with until when they were heard, and by name only where asked`() {
        let coverage = PatientCoverage([
            EnrolledDevice("Ben's phone", heardMs: utc("2026-03-29T09:05")),
            EnrolledDevice("tablet", heardMs: nil, state: .retired, because: ["retired_lost"]),
        ])
        let named = CSVSheet.devices(of: "P01", coverage).lines()
        #expect(named.hasPrefix("P01,Ben's phone,open,,2026-03-29T09:05:00Z"))
        #expect(named.contains("P01,tablet,retired,retired_lost,"))
        let hidden = CSVSheet.devices(of: "N-1", coverage, showsNames: false).lines()
        #expect(hidden.hasPrefix("N-1,1,open,,"))
        #expect(!hidden.contains("Ben"))
    }
}
