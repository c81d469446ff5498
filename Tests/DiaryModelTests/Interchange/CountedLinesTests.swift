import DiaryModel
import SyncCore
import Testing

/// What lines add to the total, in the table and in FHIR: the sums are the total's two ends.
@Suite struct CountedLinesTests {
    private func pair(_ story: inout ExportStory, grams: (Int64, Int64) = (8, 8)) throws
        -> [Position]
    {
        try [(grams.0, "2026-03-29T09:05"), (grams.1, "2026-03-29T09:10")].map { count, start in
            try story.begin(
                Typed.infusion(start, end: nil, ["vials.1": Typed.line("A1", count: count)]))
        }.sorted { $0.id < $1.id }
    }

    private func link(_ other: Position, counts: Position) -> JSONObject {
        ["link.\(other.id)": ["counts": .string(counts.id.text), "value": "same"]]
    }

    /// Holds both exports against the total.
    private func expectTotal(
        _ story: ExportStory, _ total: MilligramRange,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let diary = try story.exported()
        #expect(diary.totals.given.milligrams == total, sourceLocation: sourceLocation)
        let rows = CSVTable(diary).rows
        func sum(_ column: CSVColumn) -> Int64 {
            rows.compactMap { Grams(typed: $0[column])?.milligrams }.reduce(0, +)
        }
        #expect(sum(.countsLowGrams) == total.low, sourceLocation: sourceLocation)
        #expect(sum(.countsHighGrams) == total.high, sourceLocation: sourceLocation)
        let text = FHIRExport(diary).files.first { $0.resourceType == "MedicationAdministration" }?
            .text
        let ranges = (text ?? "").matches(
            of: /valueRange":\{"low":\{"value":([0-9.]+),[^}]*\},"high":\{"value":([0-9.]+),/
        ).map { ($0.output.1, $0.output.2) }
        func sum(_ numbers: [Substring]) -> Int64 {
            numbers.compactMap { Grams(typed: String($0))?.milligrams }.reduce(0, +)
        }
        #expect(sum(ranges.map(\.0)) == total.low, sourceLocation: sourceLocation)
        #expect(sum(ranges.map(\.1)) == total.high, sourceLocation: sourceLocation)
    }

    @Test func `what nobody doubts adds what its lines say`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion([
                "vials.1": Typed.line("A1", count: 6), "vials.2": Typed.line("B1", count: 2),
            ]))
        let rows = try story.rows(entry)
        #expect(rows.map { $0[.countsLowGrams] } == ["24.0", "8.0"])
        #expect(rows.map { $0[.countsHighGrams] } == ["24.0", "8.0"])
        try expectTotal(story, MilligramRange(32_000))
    }

    @Test func `C01: one infusion in two diaries of a patient is counted for the patient`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        let whole = try story.exported()
        // As if each stood in a diary of its own.
        let entries = whole.entries.filter { both.contains($0.view.entry) }
        let rows = entries.flatMap { entry in
            CSVTable(
                ExportedDiary(
                    [entry], beside: entries.filter { $0.id != entry.id }, of: whole.diary,
                    patientRef: "P01", asOfMs: whole.asOfMs, zone: HandwrittenZone.london)
            ).rows
        }
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { $0[.duplicateGroup] == "probable:\(both[0].id)" })
        #expect(rows.map { $0[.countsLowGrams] }.sorted() == ["0.0", "32.0"])
        #expect(rows.map { $0[.countsHighGrams] } == ["32.0", "32.0"])
    }

    @Test func `C01: of two that look like one the second adds nothing, or all of it`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        let rows = try both.flatMap { try story.rows($0) }
        #expect(rows.map { $0[.countsLowGrams] } == ["32.0", "0.0"])
        #expect(rows.map { $0[.countsHighGrams] } == ["32.0", "32.0"])
        try expectTotal(story, MilligramRange(32_000, 64_000))
    }

    @Test func `a copy that is set aside adds nothing, whichever it is`() throws {
        for counting in 0...1 {
            var story = ExportStory()
            let both = try pair(&story, grams: (8, 7))
            try story.amend(both[0], seeing: [both[0]], link(both[1], counts: both[counting]))
            let aside = try #require(try story.rows(both[1 - counting]).first)
            #expect(aside[.countsLowGrams] == "0.0" && aside[.countsHighGrams] == "0.0")
            try expectTotal(story, try story.exported().totals.given.milligrams)
            #expect(try story.exported().totals.given.milligrams.isExact)
        }
    }

    @Test func `C27: where both are set aside one of them is added up`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        try story.amend(both[0], seeing: [both[0]], link(both[1], counts: both[0]))
        try story.amend(both[0], by: .tablet, seeing: [both[0]], link(both[1], counts: both[1]))
        try expectTotal(story, MilligramRange(32_000))
    }

    @Test func `C28: a counted copy that was voided leaves nothing certain`() throws {
        var story = ExportStory()
        let both = try pair(&story)
        try story.amend(both[0], seeing: [both[0]], link(both[1], counts: both[1]))
        try story.amend(both[1], seeing: [both[1]], ["status": "voided"])
        try expectTotal(story, MilligramRange(0, 32_000))
    }

    @Test func `a line that people disagree about adds from the least to the most`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion(["vials.1": Typed.line("A1"), "vials.2": Typed.line("B1", count: 1)]))
        for (writer, count) in [(ExportStory.Writer.phone, 7), (.tablet, 6)]
            as [(ExportStory.Writer, Int64)]
        {
            try story.amend(
                entry, by: writer, seeing: [entry], ["vials.1": Typed.line("A1", count: count)])
        }
        try expectTotal(story, MilligramRange(28_000, 32_000))
    }

    @Test func `a whole diary adds up, with what is voided, to review and in question`() throws {
        let story = try ExportStory.whole()
        try expectTotal(story, try story.exported().totals.given.milligrams)
    }
}
