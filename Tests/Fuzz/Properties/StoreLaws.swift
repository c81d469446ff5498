import SyncCore

/// What holds for every store, whatever it was fed.
enum StoreLaws {
    /// That `store` grew from `start`: nothing held before is gone or altered, and what it took since is
    /// taken, whole, by everybody who holds what `start` holds, with the same to see.
    static func check(_ store: MemoryEventStore, grownFrom start: MemoryEventStore) throws {
        try hold(store.tree.eventCount == store.nextArrival, "the logs and the events differ")
        let events = try all(of: store)
        try hold(events.count == store.nextArrival, "events of no entry")
        for event in events {
            try hold(try store.held(event.line.position) == event.held, "not found where it stands")
        }
        let before = try all(of: start)
        for (old, new) in zip(before, events) {
            try hold(old.line.id == new.line.id, "an event is gone or moved")
            try hold(old.line == new.line || new.held.isErased, "an event is altered")
        }
        if store.nextArrival == start.nextArrival { return }
        try checkRelay(of: store, to: start, events)
    }

    private static func checkRelay(
        of store: MemoryEventStore, to start: MemoryEventStore, _ events: [StoredEvent]
    ) throws {
        let known = try store.coverage(of: start.frontier.positions)
        let offer = try store.offer(beyond: known, page: .bundle)
        for section in offer.sections {
            try hold(
                section.lines.count == 1 || section.length <= Section.lengthLimit,
                "an offered section is too long")
        }
        var other = start
        let intake = try other.take(offer.sections)
        try hold(intake.taken == offer.sections.count, "what one took another refuses: \(intake)")
        try hold(other.frontier == store.frontier, "the same events, another frontier")
        // A line may be erased by its signature alone; only an order travels to who holds it already.
        let same = try events.allSatisfy { event in
            try other.held(event.line.position)?.isErased == event.held.isErased
        }
        let mine = try views(of: store)
        let theirs = try views(of: other)
        if same { try hold(mine == theirs, "the same events, another view") }
    }

    /// All events in order of arrival.
    static func all(of store: MemoryEventStore) throws -> [StoredEvent] {
        try store.entries.flatMap { try store.events(ofEntry: $0) }
            .sorted { $0.held.arrival < $1.held.arrival }
    }

    /// What every entry says here.
    static func views(of store: MemoryEventStore) throws -> [Position: EntryView] {
        let standing = try Standing(of: store)
        var views: [Position: EntryView] = [:]
        for entry in store.entries {
            let events = try store.events(ofEntry: entry)
            guard let view = try EntryView(of: events, in: store, standing: standing) else {
                throw Broken("an entry without a view")
            }
            views[view.entry] = view
        }
        return views
    }
}
