import DiaryStore
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// What the store in memory says is what the store on disk has to say.
@Suite struct SharedStoreTests {
    @Test(arguments: UInt64(1)...12)
    func `a store on disk says what the store in memory says, whatever comes in which order`(
        seed: UInt64
    ) throws {
        let scratch = Scratch()
        let database = try scratch.create()
        var world = World(seed: seed)
        var memory = MemoryEventStore(diary: .test)
        try database.write { try $0.addDiary(.test, name: "Anna") }
        let pinsAt = world.random.below(40)

        for round in 0..<40 {
            for _ in 0..<4 { try world.step() }
            if round == pinsAt {
                memory.pinnedClinic = world.clinic
                try memory.obeyOrders()
                try database.write { try $0.pin(world.clinic, in: .test) }
            }
            let bytes = world.random.pick([1, 3_000, .max])
            let writer = world.random.below(world.writers.count)
            let sections = try world.sections(of: writer, for: memory, bytes: bytes)
            let taken = try memory.take(sections)
            let stored = try database.write { transaction in
                var store = try transaction.events(in: .test)
                return try store.take(sections)
            }
            #expect(taken == stored)
            if round % 8 == 7 { try compare(memory, database, &world) }
        }
        try compare(memory, database, &world)
        #expect(try Doctor.examine(database) == [])

        let dump = try database.readModelDump()
        try database.rebuildReadModel()
        #expect(try database.readModelDump() == dump)
    }

    @Test func `those worlds hold forks, questions, voids, closed devices and erased bodies`()
        throws
    {
        var counts: [String: Int] = [:]
        for seed in UInt64(1)...12 {
            var world = World(seed: seed)
            for _ in 0..<160 { try world.step() }
            for writer in world.writers {
                let store = writer.store
                let standing = try Standing(of: store)
                if standing.isInForce { counts["clinic's word", default: 0] += 1 }
                counts["forks", default: 0] += store.tree.branches.filter { $0.parent != nil }.count
                for entry in store.entries {
                    let events = try store.events(ofEntry: entry)
                    let view = try EntryView(of: events, in: store, standing: standing)
                    guard let view else { continue }
                    if view.fields.values.contains(where: \.isInConflict) {
                        counts["conflicts", default: 0] += 1
                    }
                    if !view.voidQuestions.isEmpty { counts["void questions", default: 0] += 1 }
                    if view.status == .voided { counts["voided", default: 0] += 1 }
                    if !view.toReview.isEmpty { counts["to review", default: 0] += 1 }
                    if events.contains(where: \.held.isErased) { counts["erased", default: 0] += 1 }
                    if events.count > 1, view.conflicts.isEmpty {
                        counts["amended in peace", default: 0] += 1
                    }
                }
            }
        }
        for what in [
            "clinic's word", "forks", "conflicts", "void questions", "voided", "to review",
            "erased", "amended in peace",
        ] { #expect(counts[what, default: 0] >= 10, "\(what): \(counts)") }
    }

    private func compare(
        _ memory: MemoryEventStore, _ database: DiaryDatabase, _ world: inout World
    ) throws {
        let entries = memory.entries
        var clocks: [[Position]] = [[], memory.frontier.positions]
        let events = try entries.flatMap { try memory.events(ofEntry: $0) }
        guard !events.isEmpty else { return }
        for _ in 0..<10 {
            clocks.append(
                (0..<world.random.below(6)).map { _ in world.random.pick(events).line.position })
        }
        try database.read { transaction in
            let store = try transaction.events(in: .test)
            #expect(store.tree == memory.tree)
            #expect(store.frontier == memory.frontier)
            #expect(store.nextArrival == memory.nextArrival + 1)
            for clock in clocks { try compareSections(memory, store, beyond: clock) }
            try compareEntries(memory, transaction)
        }
    }

    private func compareSections(
        _ memory: MemoryEventStore, _ store: SQLiteEventStore, beyond clock: [Position]
    ) throws {
        let known = try memory.coverage(of: clock)
        #expect(try store.coverage(of: clock) == known)
        var expected: [StoredSection] = []
        try memory.forEachSection(beyond: known) {
            expected.append($0); return true
        }
        var sections: [StoredSection] = []
        try store.forEachSection(beyond: known) {
            sections.append($0); return true
        }
        try #require(sections.count == expected.count)
        for (section, expected) in zip(sections, expected) {
            #expect(section.lines.map(\.bytes) == expected.lines.map(\.bytes))
            #expect(section.lines.map(\.place) == expected.lines.map(\.place))
            #expect(Set(section.heads) == Set(expected.heads))
        }
        for page in [PageLimit(bytes: 2_000), .http] {
            let offer = try store.offer(beyond: known, page: page).sections
            let other = try memory.offer(beyond: known, page: page).sections
            #expect(offer.map(\.lines) == other.map(\.lines))
            #expect(offer.map { Set($0.heads) } == other.map { Set($0.heads) })
        }
    }

    private func compareEntries(
        _ memory: MemoryEventStore, _ transaction: DiaryTransaction
    ) throws {
        let standing = try Standing(of: memory)
        let summaries = try transaction.entries(in: .test)
        #expect(summaries.count == memory.entries.count)
        var conflicts: Set<Position> = []
        for entry in memory.entries {
            let events = try memory.events(ofEntry: entry)
            let view = try #require(
                try EntryView(of: events, in: memory, standing: standing))
            #expect(try transaction.view(of: view.entry, in: .test) == view)
            let summary = try #require(summaries.first { $0.position == view.entry })
            #expect(summary.kind == view.kind)
            #expect(summary.status == view.status)
            #expect(summary.isInConflict == !view.conflicts.isEmpty)
            #expect(summary.hasEventsToReview == !view.toReview.isEmpty)
            let starts = view.fields["time"]?.candidates.compactMap {
                $0.value.json?["start"]?["ms"]?.integerValue
            }
            #expect(summary.startMs == starts?.min())
            if !view.conflicts.isEmpty { conflicts.insert(view.entry) }
        }
        #expect(Set(try transaction.openQuestions(in: .test).map(\.position)) == conflicts)
    }
}
