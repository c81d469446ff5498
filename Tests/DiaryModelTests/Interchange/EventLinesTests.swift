import DiaryModel
import SyncCore
import Testing

@Suite struct EventLinesTests {
    @Test func `units are spelt out`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion([
                "vials.1": Typed.line("00123"), "weightGrams": 82_400,
                "rates": [["fromMinutes": 5, "rateMicrolitresPerHour": 62_500]],
                "premed.paracetamol": ["doseMilligrams": 1000],
            ]))
        let line = try #require(
            EventLines(try story.exported()).objects.first {
                $0["entry"]?.stringValue == entry.id.text
            })
        let said = try #require(line["said"])
        #expect(said["vials.1"]?["lot"] == "00123")
        #expect(said["vials.1"]?["vialMass"] == "4.0 g")
        #expect(said["vials.1"]?["vialVolume"] == "20.0 mL")
        #expect(said["weight"] == "82.4 kg")
        #expect(said["rates"] == [["from": "5 minutes", "rate": "62.5 mL/h"]])
        #expect(said["premed.paracetamol"] == ["dose": "1000 mg"])
        #expect(
            said["time"]?["start"] == [
                "clock": "ok", "local": "2026-03-29T10:05", "offset": "+01:00",
                "precision": "minute", "utc": "2026-03-29T09:05:00Z", "zone": "Europe/London",
            ])
        #expect(line["written"] == ["offset": "+01:00", "utc": "2026-03-30T08:00:00Z"])
    }

    @Test func `every event has a line, in an order that is everywhere the same`() throws {
        let story = try ExportStory.whole()
        let here = EventLines(try story.exported())
        let events = try story.store.entries.map { try story.store.events(ofEntry: $0).count }
        #expect(here.objects.count == events.reduce(0, +))
        #expect(here.text == EventLines(try story.exported(in: try story.copied())).text)
        for line in here.text.split(separator: "\n") {
            #expect(throws: Never.self) { try JSONValue(canonical: Array(line.utf8)) }
        }
    }

    @Test func `what was replaced, does not count or was erased has its line`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]), by: .tablet)
        let amended = try story.amend(
            entry, seeing: [entry], ["vials.1": Typed.line("A2")], about: ["reason": "photo"])
        try story.closeTablet()
        try story.erase(amended)
        let lines = EventLines(try story.exported()).objects.filter {
            $0["entry"]?.stringValue == entry.id.text
        }
        #expect(lines.map { $0["counts"] } == [false, true])
        #expect(lines.map { $0["erased"] } == [nil, true])
        #expect(lines[0]["said"]?["vials.1"]?["lot"] == "A1")
        #expect(lines[1]["fields"] == ["vials.1"])
        #expect(lines[1]["seen"] == [.string(entry.id.text)])
    }
}
