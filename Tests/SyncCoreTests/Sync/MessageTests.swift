import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct `Messages` {
    let header = #"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":1}"#
    let body = #"{"body":"#
    let heads = #"{"heads":[]}"#

    private func read(_ lines: [String], page: PageLimit = .http) throws -> SyncRequest {
        try SyncRequest(Array(lines.joined(separator: "\n").utf8), page: page)
    }

    @Test func `A request is a header, then sections closed by their heads`() throws {
        let request = try read([header, body, body, heads, body, heads, ""])
        #expect(request.diary.text == Vectors.diary)
        #expect(request.sections.map(\.lines.count) == [2, 1])
        #expect(String(decoding: request.bytes, as: UTF8.self).hasPrefix(header + "\n" + body))
    }

    @Test func `Further members of a header are stepped over`() throws {
        let newer = #"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"mood":{"x":1},"sync":1}"#
        #expect(try read([newer, ""]).sections.isEmpty)
    }

    @Test
    func `A receipt shown back is read as it was written, and one of another form is no receipt`()
        throws
    {
        let diary = try #require(DiaryID(Vectors.diary))
        var generator = SplitMix64(seed: 7)
        let key = SigningKey.random(using: &generator)
        let frontier = VectorClock()
        let receipt = Receipt(diary: diary, frontier: frontier, milliseconds: 1, key: key)
        let confirmed = ConfirmedFrontier(frontier: frontier, receipt: receipt)
        let request = SyncRequest(
            diary: diary, frontier: frontier, confirmed: confirmed, sections: [])
        #expect(try SyncRequest(request.bytes) == request)
        for other in ["1", "{}", #"{"frontier":[],"receipt":{"ms":1}}"#] {
            let header = header.replacing(#""diary""#, with: #""confirmed":\#(other),"diary""#)
            #expect(try read([header, ""]).confirmed == nil)
        }
    }

    @Test(
        arguments: [
            ([""], MessageFlaw.truncated),
            ([#"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":1}"#], .truncated),
            (
                [#"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":1}"#, #"{"body":"#, ""],
                .truncated
            ),
            (
                [#"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":1}"#, "", ""],
                .unknownLine(1)
            ),
            (
                [#"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":1}"#, "{}", ""],
                .unknownLine(1)
            ),
            ([#"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":2}"#, ""], .version),
            ([#"{"sync":2}"#, "{}", ""], .version),
            ([#"{"sync":2}"#, #"{"later":1}"#], .version),
            (["", ""], .json(line: 0, .init(offset: 0, reason: .unexpectedEnd))),
            (["{}\r", ""], .json(line: 0, .init(offset: 2, reason: .trailingBytes))),
            (
                [
                    #"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[],"sync":1}"#,
                    #"{"heads":[1]}"#, "",
                ], .json(line: 1, .init(offset: 10, reason: .unexpectedByte))
            ),
        ] as [([String], MessageFlaw)])
    func `What is no message is refused with where and why`(lines: [String], flaw: MessageFlaw) {
        #expect(throws: flaw) { try read(lines) }
    }

    @Test(arguments: [
        "[]", "{}", #"{"sync":"1"}"#, #"{"frontier":[],"sync":1}"#,
        #"{"diary":"x","frontier":[],"sync":1}"#,
        #"{"diary":"VeNJF1fC6afGcMajRCwanQ","sync":1}"#,
        #"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[[1]],"sync":1}"#,
        #"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":null,"sync":1}"#,
        #"{"diary":"VeNJF1fC6afGcMajRCwanQ","frontier":[["UWNHrChDnZdrSnm3YsJUgA",-1,"HGE2Z6f8TEAuLnyaSVBmcWb1EOiSl5oOKvZjWlZho5w"]],"sync":1}"#,
    ])
    func `A header without what it has to have is refused`(header: String) {
        let flaw = #expect(throws: MessageFlaw.self) { try read([header, ""]) }
        switch flaw {
        case .header, .clock: break
        default: Issue.record("\(String(describing: flaw)) is not about the header")
        }
    }

    @Test func `A page of lines may be full and not a byte more`() throws {
        let lines = [header, body, body, heads, ""]
        let length = 2 * (body.utf8.count + 1)
        #expect(try read(lines, page: PageLimit(bytes: length)).sections.count == 1)
        #expect(throws: MessageFlaw.tooLarge) {
            try read(lines, page: PageLimit(bytes: length - 1))
        }
        let long = String(repeating: " ", count: SyncLimits.headerLength + 1)
        #expect(throws: MessageFlaw.tooLarge) { try read([long, ""]) }
    }

    @Test func `An answer without its optional members is read as it was written`() throws {
        let closed = SyncAnswer(frontier: nil, taken: 2, lacks: VectorClock())
        #expect(
            String(decoding: closed.bytes, as: UTF8.self)
                == "{\"lacks\":[],\"sync\":1,\"taken\":2}\n")
        #expect(try SyncAnswer(closed.bytes) == closed)
        let key = Pen(seed: 1).key
        var full = SyncAnswer(
            frontier: VectorClock(), taken: 0, lacks: VectorClock(),
            refused: Refusal(section: 0, line: 3, type: .wronglySigned), unconfirmed: true)
        full.receipt = Receipt(diary: .test, frontier: VectorClock(), milliseconds: 4, key: key)
        #expect(try SyncAnswer(full.bytes) == full)
    }

    @Test(arguments: [
        #"{"lacks":[],"sync":1}"#, #"{"lacks":[],"sync":1,"taken":-1}"#,
        #"{"lacks":[],"refused":null,"sync":1,"taken":0}"#,
        #"{"lacks":[],"refused":{"line":-1,"section":0,"type":"x"},"sync":1,"taken":0}"#,
        #"{"lacks":[],"receipt":{"ms":1},"sync":1,"taken":0}"#,
        #"{"frontier":null,"lacks":[],"sync":1,"taken":0}"#, #"{"sync":1,"taken":0}"#,
    ])
    func `An answer whose members are not what they have to be is refused`(header: String) {
        #expect(throws: MessageFlaw.self) { try SyncAnswer(Array((header + "\n").utf8)) }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `Changed bytes of a message are refused or change what it says, and never trap`(
        seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        var talk = try Conversation(Household())
        var initiator = talk.initiator()
        let request = try initiator.nextRequest(from: talk.device)
        let answer = try talk.answer(request)
        let full = SyncRequest(
            diary: .test, frontier: talk.clinic.frontier, sections: answer.sections)
        for bytes in [full.bytes, answer.bytes] {
            for _ in 0..<150 {
                var changed = bytes
                for _ in 0...random.below(3) {
                    changed[random.below(changed.count)] = UInt8.random(in: 0...127, using: &random)
                }
                if let request = try? SyncRequest(changed), request.diary == .test {
                    var store = MemoryEventStore()
                    _ = try SyncResponder().answer(request, from: nil, at: 0, in: &store)
                }
                if let answer = try? SyncAnswer(changed) {
                    #expect(try SyncAnswer(answer.bytes) == answer)
                }
            }
        }
    }
}
