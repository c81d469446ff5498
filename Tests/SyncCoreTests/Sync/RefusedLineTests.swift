import SyncCore
import Testing

@Suite struct `Lines that the clinic refuses` {
    /// A clinic with a fault: it refuses one line that is good.
    private func answer(
        _ request: SyncRequest, refusing bad: EventLine, in store: inout MemoryEventStore
    ) throws -> SyncAnswer {
        let number = request.sections.firstIndex { $0.lines.contains(bad.bytes) }
        let sections = Array(request.sections.prefix(number ?? .max))
        var answer = try SyncResponder().answer(
            SyncRequest(diary: request.diary, frontier: request.frontier, sections: sections),
            from: nil, at: 0, in: &store)
        if let number, let line = request.sections[number].lines.firstIndex(of: bad.bytes) {
            answer.refused = Refusal(section: number, line: line, type: .malformed)
        }
        return answer
    }

    @Test func `What does not rest on the line is sent to the end, page after page`() throws {
        var phone = Pen(seed: 1)
        var tablet = Pen(seed: 2)
        var store = MemoryEventStore()
        try store.add(phone, phone.introduce())
        let bad = try phone.begin(set: ["note": "bad"])
        try store.add(phone, bad)
        try store.add(tablet, tablet.introduce())
        let note = JSONValue.string(String(repeating: "x", count: 3000))
        for _ in 0..<5 { try store.add(tablet, tablet.begin(set: ["note": note])) }
        try store.add(phone, phone.begin(set: ["note": "rests on it"]))

        var clinic = MemoryEventStore()
        var sync = SyncInitiator(
            known: nil, keys: [phone.replica: phone.key], clinic: nil,
            page: PageLimit(bytes: 4000))
        var step = SyncInitiator.Step.again
        var rounds = 0
        while step == .again, rounds < 20 {
            let request = try sync.nextRequest(from: store)
            let answer = try answer(request, refusing: bad, in: &clinic)
            step = try sync.answered(answer, in: &store)
            rounds += 1
        }
        #expect(step == .finished(.refusedSome))
        #expect(sync.report.refused == [bad.position])
        #expect(try clinic.held(#require(tablet.tip)) != nil)
        #expect(clinic.frontier.positions.count == 2)
        #expect(try clinic.held(bad.position) == nil)
    }
}
