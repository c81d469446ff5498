import SyncCore

/// A carried file, read and taken as `diary import` does: cut short it is no file or a beginning of
/// one, and whatever order its sections are in, nothing is taken that does not hold together.
enum BundleProperty {
    static func check(_ bytes: [UInt8]) throws {
        let small = try SmallDiary.made.get()
        if let request = try RequestProperty.reread(bytes, page: .bundle) {
            try take(request, in: small.store)
        }
        var writer = HostileWriter(Choices(bytes), small)
        var order = small.sections
        if writer.choices.oneIn(2) { order = try shuffled(order, &writer) }
        let whole = SyncRequest(
            diary: small.id, frontier: small.store.frontier, sections: order)
        let arrived = writer.choices.arrived(whole.bytes)
        guard let read = try RequestProperty.reread(arrived, page: .bundle) else {
            let isWhole = arrived == whole.bytes && whole.sections.allSatisfy(\.isTold)
            return try hold(!isWhole, "a bundle that was written is not read")
        }
        if whole.bytes.starts(with: arrived), whole.sections.allSatisfy(\.isTold) {
            let beginning = whole.sections.prefix(read.sections.count)
            try hold(read.sections == beginning.map(\.written), "cut short, it says something else")
        }
        var store = MemoryEventStore(diary: small.id)
        if writer.choices.oneIn(2) { store.pinnedClinic = small.clinic.key.publicKey }
        if writer.choices.oneIn(4) { store = small.store }
        try take(read, in: store)
    }

    private static func shuffled(
        _ sections: [Section], _ writer: inout HostileWriter
    ) throws -> [Section] {
        var rest = sections + (try writer.sections(atMost: 3))
        var order: [Section] = []
        while !rest.isEmpty, order.count < 12 {
            let next = rest.remove(at: writer.choices.below(rest.count))
            switch writer.choices.below(8) {
            case 6: order += [next, next]
            case 7: break
            default: order.append(next)
            }
        }
        return order
    }

    private static func take(_ request: SyncRequest, in start: MemoryEventStore) throws {
        guard request.diary == start.diary else { return }
        var store = start
        let intake = try store.take(request.sections)
        let lacks = try request.frontier.positions.filter { try store.held($0) == nil }
        try hold(
            intake.stored == store.nextArrival - start.nextArrival, "another number was stored")
        try hold(lacks.count <= request.frontier.positions.count, "lacks what it does not name")
        try StoreLaws.check(store, grownFrom: start)
        let again = try store.take(request.sections)
        try hold(
            again == Intake(taken: intake.taken, stored: 0, refused: intake.refused),
            "imported again: \(again), first \(intake)")
    }
}
