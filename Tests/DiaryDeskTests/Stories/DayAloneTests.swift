import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What is known by its day alone stands in its place, and is found by its day.
@Suite struct DayAloneTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func named(_ typed: String) throws -> EntryID {
        try world.desk().read { try $0.entry(named: typed, today: world.desk().today) }
    }

    private func infusion(named typed: String) throws -> EntryID {
        try world.desk().read {
            try $0.infusion(named: typed, today: world.desk().today).entry.id
        }
    }

    /// What may be meant, where that is asked.
    private func candidates(_ body: () throws -> EntryID) throws -> Set<EntryID> {
        do {
            return [try body()]
        } catch DeskError.ambiguous(_, let entries) {
            return Set(entries)
        } catch DeskError.noSuchEntry {
            return []
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

    // MARK: named by a day

    @Test func `an entry that has no time is named by its day`() throws {
        let alone = try world.infusion(start: "2026-03-27")
        #expect(try named("2026-03-27") == alone)
        #expect(try infusion(named: "friday") == alone)
    }

    @Test func `a day alone beside a time of that day is asked about`() throws {
        let both = try ["2026-03-27", "2026-03-27T08:05"].map { try world.infusion(start: $0) }
        #expect(try candidates { try named("2026-03-27") } == Set(both))
        #expect(try candidates { try infusion(named: "2026-03-27") } == Set(both))
    }

    @Test(arguments: ["2026-03-26", "2026-03-16"])
    func `each of two times that people said finds the entry`(day: String) throws {
        let infusion = try world.infusion(start: "2026-03-24T08:05")
        try world.bothChange(
            infusion, patient: "start=2026-03-26T09:00", nurse: "start=2026-03-16T09:00")
        #expect(try named(day) == infusion)
        #expect(try self.infusion(named: day) == infusion)
        #expect(try candidates { try named("2026-03-24") }.isEmpty)
    }

    @Test func `a bare month is of none of its days`() throws {
        _ = try world.infusion(start: "2026-03")
        #expect(try candidates { try named("2026-03-27") }.isEmpty)
    }
}
