import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct `Histories in every order` {
    private func store(_ sections: [Section]) throws -> MemoryEventStore {
        var store = MemoryEventStore()
        for section in sections { try store.add(section) }
        return store
    }

    private func views(_ store: MemoryEventStore, _ history: History) throws -> [EventID: EntryView]
    {
        var views: [EventID: EntryView] = [:]
        for line in history.lines where line.envelope.kind != nil {
            views[line.id] = try store.view(line)
        }
        return views
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `Views and frontier are the same in any causal order, forked logs included`(
        seed: UInt64
    ) throws {
        let history = try History(seed: seed, events: 14 + Int(seed) % 20)
        var random = SplitMix64(seed: seed)
        let first = try store(history.sections)
        let expected = try views(first, history)
        for _ in 0..<4 {
            let other = try store(history.shuffled(using: &random))
            #expect(other.frontier == first.frontier)
            #expect(try views(other, history) == expected)
        }
    }

    @Test(arguments: 100..<124 as Range<UInt64>)
    func `No value leaves a view unless its replacer had seen it`(seed: UInt64) throws {
        let history = try History(seed: seed, events: 30)
        for (id, view) in try views(store(history.sections), history) {
            for field in ["a", "b", "status"] {
                let shown = Set(view.fields[field]?.candidates.map(\.event.id) ?? [])
                #expect(shown == history.candidates(of: field, in: view.entry), "\(id) \(field)")
            }
        }
    }

    @Test(arguments: 200..<208 as Range<UInt64>)
    func `Sections resent, in any order and more than once, end in the same store`(
        seed: UInt64
    ) throws {
        let history = try History(seed: seed, events: 20)
        var random = SplitMix64(seed: seed)
        let expected = try store(history.sections)
        var tried = MemoryEventStore()
        // Out of order: what rests on something not held is left, and taken when it comes again.
        for _ in 0..<12 {
            for section in history.sections.shuffled(using: &random) {
                let before = tried.frontier
                let intake = try tried.take([section])
                #expect(intake.refused == nil)
                if intake.stored == 0 { #expect(tried.frontier == before) }
            }
        }
        _ = try tried.take(history.sections)
        #expect(tried.frontier == expected.frontier)
        #expect(try views(tried, history) == views(expected, history))
        #expect(tried.nextArrival == history.lines.count)
    }

    @Test(arguments: 300..<308 as Range<UInt64>)
    func `A frontier only grows, whatever comes in whatever order`(seed: UInt64) throws {
        let history = try History(seed: seed, events: 24)
        var random = SplitMix64(seed: seed)
        var store = MemoryEventStore()
        var frontiers = [store.frontier]
        for _ in 0..<6 {
            for section in history.sections.shuffled(using: &random) {
                _ = try store.take([section])
                if store.frontier != frontiers.last { frontiers.append(store.frontier) }
            }
        }
        #expect(frontiers.count > 2)
        for (earlier, later) in zip(frontiers, frontiers.dropFirst()) {
            #expect(try store.order(earlier, later) == .before)
        }
    }
}
