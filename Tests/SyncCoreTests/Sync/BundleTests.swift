import SyncCore
import Testing

@Suite struct `Bundles` {
    @Test func `A bundle carries a diary in a file, once, twice and by way of a third`() throws {
        var home = try Household()
        var talk = try Conversation(home)
        _ = try talk.sync()
        for number in 0..<40 {
            let note = JSONValue.string(String(repeating: "x", count: 40_000 + number))
            try talk.device.add(home.phone, home.phone.begin(set: ["n": note]))
        }
        let offer = try talk.device.offer(beyond: Coverage(), page: .bundle)
        let file = SyncRequest(
            diary: .test, frontier: talk.device.frontier, sections: offer.sections
        ).bytes
        #expect(file.count > SyncLimits.pageLength)
        #expect(throws: MessageFlaw.tooLarge) { try SyncRequest(file) }

        let bundle = try SyncRequest(file, page: .bundle)
        #expect(bundle.bytes == file)
        var third = MemoryEventStore()
        #expect(try third.take(bundle.sections).taken == bundle.sections.count)
        #expect(third.frontier == talk.device.frontier)
        #expect(try third.take(bundle.sections).stored == 0)
        // What the third hands on is the same, to the byte.
        let again = try third.offer(beyond: Coverage(), page: .bundle)
        #expect(again.sections.flatMap(\.lines) == offer.sections.flatMap(\.lines))
        _ = try talk.clinic.take(again.sections)
        #expect(talk.clinic.frontier == talk.device.frontier)
        #expect(try talk.sync().ending == .equal)
        #expect(talk.rounds == 1)
    }

    @Test func `A bundle beyond what a peer holds leaves out what it covers`() throws {
        var home = try Household()
        var store = MemoryEventStore()
        var copy = home.phone
        try store.add(home.phone, home.phoneFirst)
        let held = try home.phone.begin(set: ["n": 1])
        copy = home.phone.fork(seed: 3)
        let (here, there) = (try home.phone.begin(set: ["n": 2]), try copy.begin(set: ["n": 3]))
        try store.add(home.phone, held, here)
        try store.add(copy, there)
        let beyond = try store.offer(
            beyond: store.coverage(of: [held.position]), page: .bundle)
        #expect(beyond.sections.flatMap(\.lines) == [here.bytes, there.bytes])
        let branch = try store.offer(
            beyond: store.coverage(of: [here.position]), page: .bundle)
        #expect(branch.sections.flatMap(\.lines) == [there.bytes])
        #expect(branch.tips == [[there.position]])
    }
}
