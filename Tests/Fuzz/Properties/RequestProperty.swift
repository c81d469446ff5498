import SyncCore

/// A request that is read is written so that it reads the same; what a store takes of it obeys the laws
/// of stores, the answer can be read, and the same request again changes nothing.
enum RequestProperty {
    static func check(_ bytes: [UInt8]) throws {
        let small = try SmallDiary.made.get()
        try checkRead(bytes, small)
        var writer = HostileWriter(Choices(bytes), small)
        let pins = !writer.choices.oneIn(8)
        let start = writer.choices.oneIn(4) ? nil : small.store
        let frontier = writer.choices.oneIn(4) ? VectorClock() : small.store.frontier
        let sections = try writer.sections(atMost: 6)
        let held = start == nil ? small.sections : []
        let request = SyncRequest(diary: small.id, frontier: frontier, sections: held + sections)
        var store = start ?? MemoryEventStore(diary: small.id)
        store.pinnedClinic = pins ? small.clinic.key.publicKey : nil
        let arrived = writer.choices.arrived(request.bytes)
        guard let read = try reread(arrived, page: .http) else {
            let isWhole = arrived == request.bytes && request.sections.allSatisfy(\.isTold)
            return try hold(!isWhole, "a request that was written is not read")
        }
        if arrived == request.bytes, request.sections.allSatisfy(\.isTold) {
            try hold(read.sections == request.sections.map(\.written), "sections are lost")
        }
        try feed(read, to: store, small)
    }

    private static func checkRead(_ bytes: [UInt8], _ small: SmallDiary) throws {
        if let request = try reread(bytes, page: .http) {
            try feed(request, to: small.store, small)
        }
    }

    /// The request in these bytes, if there is one; it is written and read again.
    static func reread(_ bytes: [UInt8], page: PageLimit) throws -> SyncRequest? {
        guard let request = try? SyncRequest(bytes, page: page) else { return nil }
        let length = request.sections.reduce(0) { $0 + $1.length }
        try hold(length <= page.bytes && length <= bytes.count, "\(length) bytes of lines")
        let written = request.bytes
        let again = try SyncRequest(written, page: page)
        try hold(again.bytes == written, "written twice, two texts")
        let same = SyncRequest(
            diary: request.diary, frontier: request.frontier, confirmed: request.confirmed,
            sections: request.sections.map(\.written))
        try hold(again == same, "what is written is read otherwise")
        return request
    }

    private static func feed(
        _ request: SyncRequest, to start: MemoryEventStore, _ small: SmallDiary
    ) throws {
        var store = start
        let responder = SyncResponder(receiptKey: small.clinic.key)
        let answer: SyncAnswer
        do {
            answer = try responder.answer(request, from: small.phone.replica, at: 1, in: &store)
        } catch let flaw as MessageFlaw {
            try hold(request.diary != start.diary, "\(flaw) of this diary's request")
            return
        }
        try hold(answer.taken <= request.sections.count, "took more than was sent")
        try StoreLaws.check(store, grownFrom: start)
        let read = try SyncAnswer(answer.bytes)
        try hold(read.sections == answer.sections.map(\.written), "the answer is read otherwise")
        try hold(
            read.taken == answer.taken && read.lacks == answer.lacks
                && read.refused == answer.refused && read.frontier == answer.frontier,
            "the answer's header is read otherwise")
        let again = try store.take(request.sections)
        try hold(
            again == Intake(taken: answer.taken, stored: 0, refused: answer.refused),
            "the same request again: \(again), first \(answer.taken), \(answer.refused as Any)")
    }
}
