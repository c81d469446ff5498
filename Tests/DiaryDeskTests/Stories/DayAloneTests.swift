import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What is known by its day alone stands in its place.
@Suite struct DayAloneTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func infusion(named typed: String) throws -> EntryID {
        try world.desk().read {
            try $0.infusion(named: typed, today: world.desk().today).entry.id
        }
    }

    // MARK: order

    @Test func `the last infusion is the one that was last, not the one typed last`() throws {
        let yesterday = try world.infusion(start: "2026-03-28T08:05")
        _ = try world.infusion(start: "2026-01-05")
        #expect(try infusion(named: "last") == yesterday)
        #expect(try LikeLast(desk: world.desk()).last()?.entry.id == yesterday)
    }

    @Test func `a day alone comes after what has a time of that day, and before the next`() throws {
        let alone = try world.infusion(start: "2026-03-27")
        let early = try world.infusion(start: "2026-03-27T08:05")
        let next = try world.infusion(start: "2026-03-28T00:05")
        let old = try world.infusion(start: "2026-01-05")
        let note = try world.desk().log("note", set: ["text": "Written today."]).result.entry
        try world.desk().read { reading in
            #expect(try reading.entries().map(\.id) == [note, next, alone, early, old])
            let oldestFirst = try reading.entries(of: .infusion, newestFirst: false)
            #expect(oldestFirst.map(\.id) == [old, early, alone, next])
        }
    }

    @Test func `the last blood sample is the one that was last, not the one typed last`() throws {
        for (day, start) in [("2026-03-20", "10:00"), ("2026-01-05", nil)] as [(String, String?)] {
            try world.log(.measurement) { context, warnings in
                var form = MeasurementForm(measure: "igg_trough", value: "9.0")
                form.day = day
                form.start = start
                return try form.fields(context, warnings: &warnings)
            }
        }
        #expect(try world.desk().read { try $0.lastBloods() } == CivilDate("2026-03-20"))
    }
}
