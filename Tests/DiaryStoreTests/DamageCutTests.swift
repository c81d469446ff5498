import DiaryStore
import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct DamageCutTests {
    @Test(arguments: UInt64(1)...10)
    func `what damage reached is cut away, and the next sync brings it back`(seed: UInt64) throws {
        let scratch = Scratch()
        let database = try scratch.create()
        var world = World(seed: seed)
        var memory = MemoryEventStore(diary: .test, pinnedClinic: world.clinic)
        try database.write { transaction in
            try transaction.addDiary(.test, name: "Anna")
            try transaction.pin(world.clinic, in: .test)
        }
        for _ in 0..<120 {
            try world.step()
            let writer = world.random.below(world.writers.count)
            let sections = try world.sections(of: writer, for: memory, bytes: .max)
            _ = try memory.take(sections)
            try take(sections, in: database)
        }
        let dump = try views(database)
        let frontier = try database.frontier()

        for damage in 0..<3 {
            let arrival = 1 + world.random.below(memory.nextArrival)
            try database.write { transaction in
                let sql =
                    damage == 0
                    ? "UPDATE event SET line = zeroblob(7) WHERE arrival = ?"
                    : "DELETE FROM event WHERE arrival = ?"
                try transaction.run(sql, [.integer(arrival)], table: "event")
            }
        }
        #expect(try !Doctor.examine(database).isEmpty)
        let cut = try database.cutAwayDamage()
        #expect(cut >= 1)
        #expect(try Doctor.examine(database) == [])
        let aside = try database.read { try $0.setAside(in: .test).count }
        #expect(aside == cut)

        let sections = try memory.offer(
            beyond: memory.coverage(of: database.frontier().positions), page: .bundle
        ).sections
        try take(sections, in: database)
        #expect(try database.frontier() == frontier)
        #expect(try views(database) == dump)
        #expect(try Doctor.examine(database) == [])
        #expect(try database.read { try $0.setAside(in: .test).allSatisfy { $0.event == nil } })
    }

    @Test func `an own line that nobody else holds: the device goes on from below`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        let first = try database.recordInfusion("first").result
        try database.recordInfusion("second")
        try database.recordInfusion("third")
        try database.write {
            try $0.run("UPDATE event SET line = x'7B7D' WHERE arrival = 3", table: "event")
        }
        #expect(try database.cutAwayDamage() == 2)
        try database.close()

        let again = try scratch.open()
        #expect(try again.frontier().positions == [first])
        let (position, continued) = try again.recordInfusion("fourth")
        #expect(continued)
        #expect(position.replica != first.replica)
        let notes = try again.read { transaction in
            try transaction.setAside(in: .test).map { $0.event?.body?.set["note"] }
        }
        #expect(notes == [nil, "third"])
        #expect(try again.recordInfusion("fifth").continuedAsNewReplica == false)
        #expect(try Doctor.examine(again) == [])
    }

    private func take(_ sections: [Section], in database: DiaryDatabase) throws {
        let taken = try database.write { transaction in
            var store = try transaction.events(in: .test)
            return try store.take(sections).taken
        }
        #expect(taken == sections.count)
    }

    private func views(_ database: DiaryDatabase) throws -> [Position: EntryView] {
        try database.read { transaction in
            let views = try transaction.entries(in: .test).compactMap {
                try transaction.view(of: $0.position, in: .test)
            }
            return Dictionary(views.map { ($0.entry, $0) }) { first, _ in first }
        }
    }
}
