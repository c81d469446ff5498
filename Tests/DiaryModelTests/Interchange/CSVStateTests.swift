import DiaryModel
import SyncCore
import Testing

@Suite struct CSVStateTests {
    private func pair(_ story: inout ExportStory) throws -> [Position] {
        try [("A1", "2026-03-29T09:05"), ("A1", "2026-03-29T09:10")].map { lot, start in
            try story.begin(
                Typed.infusion(start, end: nil, ["vials.1": Typed.line(lot)]))
        }.sorted { $0.id < $1.id }
    }

    private func link(_ other: Position, counts: Position) -> JSONObject {
        ["link.\(other.id)": ["counts": .string(counts.id.text), "value": "same"]]
    }

    @Test func `C01: two that look like one infusion share a group`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        let rows = try story.table().rows
        #expect(rows.map { $0[.state] } == ["active", "active"])
        #expect(rows.allSatisfy { $0[.duplicateGroup] == "probable:\(both[0].id)" })
    }

    @Test func `a copy that does not count is set aside, and keeps its lot`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        try story.amend(both[0], seeing: [both[0]], link(both[1], counts: both[1]))
        #expect(try story.rows(both[0]).map { $0[.state] } == ["set_aside"])
        #expect(try story.rows(both[1]).map { $0[.state] } == ["active"])
        #expect(try story.rows(both[0]).map { $0[.lotPrinted] } == ["A1"])
        for row in try story.table().rows {
            #expect(row[.duplicateGroup] == "same:\(both[0].id)")
        }
    }

    @Test func `C27: both set aside is a question, and said so`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        try story.amend(both[0], seeing: [both[0]], link(both[1], counts: both[0]))
        try story.amend(both[0], by: .tablet, seeing: [both[0]], link(both[1], counts: both[1]))
        for row in try story.table().rows {
            #expect(row[.state] == "set_aside")
            #expect(row[.duplicateGroup] == "none_counts:\(both[0].id)")
        }
        #expect(try story.rows(both[0]).first?[.inConflict] == "link.\(both[1].id)")
    }

    @Test func `a voided entry has its rows`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        try story.amend(
            entry, seeing: [entry], ["status": "voided"], about: ["reason": "never_happened"])
        let row = try #require(try story.rows(entry).first)
        #expect(row[.state] == "voided")
        #expect(row[.lotPrinted] == "A1")
        #expect(row[.lineGrams] == "32.0")
    }

    @Test func `C05: a void beside a correction is a status in conflict`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        try story.amend(entry, seeing: [entry], ["status": "voided"])
        try story.amend(entry, by: .tablet, seeing: [entry], ["vials.1": Typed.line("A2")])
        let row = try #require(try story.rows(entry).first)
        #expect(row[.state] == "active")
        #expect(row[.inConflict] == "status")
        #expect(row[.lotPrinted] == "A2")
    }

    @Test func `C25: what is to review has its lots, and counts in nothing`() throws {
        var story = ExportStory()
        let trusted = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        let entry = try story.begin(
            Typed.infusion("2026-03-22T09:00", end: nil, ["vials.1": Typed.line("T1")]),
            by: .tablet)
        try story.amend(entry, by: .tablet, seeing: [entry], ["vials.1": Typed.line("T2")])
        try story.closeTablet()
        let row = try #require(try story.rows(entry).first)
        #expect(row[.state] == "to_review")
        #expect(row[.lotPrinted] == "T2")
        #expect(row[.version] == "2")
        #expect(try story.rows(trusted).first?[.state] == "active")
        #expect(try story.exported().totals.given.milligrams == MilligramRange(32_000))
    }

    @Test func `an entry of a newer kind has a row and its lots`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            "infusion2", ["vials.1": Typed.line("N1"), "time": Typed.time("2026-03-29T09:05")])
        let row = try #require(try story.rows(entry).first)
        #expect(row[.kind] == "infusion2")
        #expect(row[.lotPrinted] == "N1")
        #expect(row[.lineGrams] == "")
        #expect(row[.warnings] == "not_understood.kind")
    }

    @Test func `a value of a newer form is named, and hides nothing beside it`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion([
                "vials.1": Typed.line("N1", ["count": ["many": 3]]), "route": ["by": "air"],
            ]))
        let row = try #require(try story.rows(entry).first)
        #expect(row[.route] == "not_understood")
        #expect(row[.vialCount] == "not_understood")
        #expect(row[.lotPrinted] == "N1")
        #expect(row[.vialGrams] == "4.0")
        #expect(row[.lineGrams] == "")
        #expect(row[.warnings] == "not_understood.route;not_understood.vials.1")
    }

    @Test func `stock has its lots and no grams given`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            "stock",
            [
                "movement": "receipt", "time": Typed.time("2026-03-20T09:00"),
                "vials.1": Typed.line("S1"), "vials.2": Typed.line("S2"),
            ])
        let rows = try story.rows(entry)
        #expect(rows.map { $0[.lotPrinted] } == ["S1", "S2"])
        #expect(rows.map { $0[.outcome] } == ["receipt", "receipt"])
        #expect(rows.allSatisfy { $0[.lineGrams].isEmpty && $0[.infusionGrams].isEmpty })
    }

    @Test func `what was erased says so`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        try story.amend(entry, by: .clinic, seeing: [entry], ["status": "active"])
        try story.erase(entry)
        let row = try #require(try story.rows(entry).first)
        #expect(row[.lotPrinted] == "erased")
        #expect(row[.startLocal] == "erased")
        #expect(row[.lineGrams] == "erased")
        #expect(row[.infusionGrams] == "")
    }

    @Test func `the highest grade of the reactions stands with the infusion`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        for (grade, assessed) in [(1, 3), (2, 1)] as [(Int64, Int64)] {
            try story.begin(
                "reaction",
                [
                    "infusion": .string(entry.id.text), "time": Typed.time("2026-03-29T12:00"),
                    "grade.said": ["grade": .integer(grade)], "grade.assessed": .integer(assessed),
                ])
        }
        #expect(try story.rows(entry).first?[.reactionGradeMax] == "3")
        #expect(try story.table().kindsElsewhere == ["reaction": 2, "replica": 1])
    }

    @Test func `not done beside vials after a merge is a warning that no writer saw`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        try story.amend(
            entry, by: .tablet, seeing: [entry],
            ["outcome": ["code": "not_done", "reason": "no_partner"]])
        #expect(try story.rows(entry).first?[.warnings] == "not_done_with_vials.outcome")
    }

    @Test func `C29: a line that two added at once is a warning on the second`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        try story.amend(entry, seeing: [entry], ["vials.aaaaaaaa": Typed.line("Y", count: 2)])
        try story.amend(
            entry, by: .tablet, seeing: [entry], ["vials.bbbbbbbb": Typed.line("Y", count: 2)])
        #expect(
            try story.rows(entry).map { $0[.warnings] } == ["", "", "line_twice.vials.bbbbbbbb"])
    }

    @Test func `the sum over active lines is what the diary's total says`() throws {
        let story = try ExportStory.whole()
        let diary = try story.exported()
        let active = CSVTable(diary).rows.filter { $0[.state] == "active" }
        let sum = active.compactMap { Grams(typed: $0[.lineGrams])?.milligrams }.reduce(0, +)
        #expect(diary.totals.given.milligrams == MilligramRange(sum))
        #expect(sum == 152_000)
    }

    @Test func `equal frontiers print the same bytes but in the local columns`() throws {
        let story = try ExportStory.whole()
        let other = try story.copied()
        #expect(other.frontier == story.store.frontier)
        let here = CSVTable(try story.exported())
        let there = CSVTable(
            try story.exported(
                asOf: utc("2026-05-01T00:00"), receivedMs: [story.begun[0].id: 0], in: other))
        let columns = CSVColumn.allCases.filter { !$0.isLocal }
        #expect(columns.count == CSVColumn.allCases.count - 3)
        #expect(here.text(columns: columns) == there.text(columns: columns))
        #expect(here.text() != there.text())
    }
}
