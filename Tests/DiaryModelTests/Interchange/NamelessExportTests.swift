import DiaryModel
import SyncCore
import Testing

/// An export for those who are not to know whose diary it is.
@Suite struct NamelessExportTests {
    @Test func `names, notes and questions are told as masked, lots and days as they are`() throws {
        var story = ExportStory()
        let ben = try story.begin("person", ["name": "Ben Demo", "role": "carer"])
        let infusion = try story.begin(
            Typed.infusion(["vials.1": Typed.line("00123")]), author: ben)
        try story.begin("note", ["text": "Ben forgot his glasses."], author: ben)
        try story.begin("question", ["ask": ["code": "other", "text": "Dear Ben?"]], by: .clinic)
        let text = FHIRExport(try story.exported(showsNames: false)).files.map(\.text).joined()
        #expect(!text.contains("Ben"))
        #expect(!text.contains("glasses"))
        #expect(text.contains("\"valueCode\":\"masked\""))
        #expect(text.contains("00123"))
        let told = FHIRExport(try story.exported()).files.map(\.text).joined()
        #expect(told.contains("Ben Demo") && told.contains("glasses"))
        let table = CSVTable(try story.exported(showsNames: false))
        #expect(table.rows == (try story.table().rows))
        #expect(table.rows.first?[.entryID] == infusion.id.text)
    }

    @Test func `of an entry of a newer kind nothing is told that may be a name`() throws {
        var story = ExportStory()
        try story.begin("letter", ["to": "Ben Demo", "time": Typed.time("2026-03-29T09:05")])
        let text = FHIRExport(try story.exported(showsNames: false)).files.map(\.text).joined()
        #expect(!text.contains("Ben Demo"))
        #expect(text.contains("\"text\":\"letter\""))
    }
}
