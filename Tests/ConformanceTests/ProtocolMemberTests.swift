import SyncCore
import Testing

struct ProtocolMemberTests {
    let document: ProtocolText

    init() throws { document = try ProtocolText() }

    @Test func `headers of requests and answers have the members described`() throws {
        let ids = try ExampleIdentifiers()
        let clock = VectorClock([ids.position])
        let receipt = Receipt(milliseconds: 1, signature: try signature())
        let request = SyncRequest(
            diary: ids.diary, frontier: clock,
            confirmed: ConfirmedFrontier(frontier: clock, receipt: receipt), sections: [])
        #expect(try members(below: "### 12.2 Request") == Set(try keys(request.bytes)))
        let answer = SyncAnswer(
            frontier: clock, taken: 0, lacks: clock,
            refused: Refusal(section: 0, line: 0, type: .section),
            receipt: receipt, unconfirmed: true)
        #expect(try members(below: "### 12.3 Answer") == Set(try keys(answer.bytes)))
    }

    @Test func `envelopes and bodies have the members described`() throws {
        let ids = try ExampleIdentifiers()
        var envelope = Envelope(
            at: Timestamp(milliseconds: 0, offset: 0), author: ids.position.id,
            body: try #require(BodyHash(octets: ids.key.octets)), context: [],
            subject: .begins(kind: "replica"), fields: [], prev: ids.position.id,
            replica: ids.replica, seq: 1,
            introduction: Envelope.Introduction(
                key: ids.key, nonce: try #require(Nonce(octets: ids.replica.octets)),
                continues: Continuation(position: ids.position, signature: try signature())))
        var found = Set(envelope.json.objectValue?.keys ?? [])
        envelope.subject = .entry(ids.position)
        found.formUnion(envelope.json.objectValue?.keys ?? [])
        let described = try document.table("member", "value", "").map { $0 }
        let body = Body(
            about: ["reason": 1], salt: try #require(Salt(octets: ids.replica.octets)), set: [:])
        #expect(Set(described.map { $0[0] }) == Set(["`about`", "`salt`", "`set`"]))
        #expect(Set(body.json.objectValue?.keys ?? []) == ["about", "salt", "set"])
        #expect(found == (try envelopeMembers()))
    }

    @Test func `a joining header has the members described`() throws {
        var found: Set<String> = []
        for joining in try Repository.cases("enrolment", "joinings") {
            found.formUnion(try keys(Array(joining.text("finish").utf8)))
        }
        #expect(found == (try members(below: "### 16.3 `POST /v1/enrol/finish`")))
    }

    /// The first column of the table that lists an envelope's members.
    private func envelopeMembers() throws -> Set<String> {
        let start = try #require(document.lines.firstIndex { $0 == "`event` is the envelope:" })
        let rows = document.lines[(start + 4)...].prefix { $0.hasPrefix("|") }
        return Set(
            rows.flatMap { row in
                ProtocolText.code(in: String(row.dropFirst().prefix { $0 != "|" }))
            })
    }

    private func members(below heading: String) throws -> Set<String> {
        Set(try document.table(below: heading).flatMap { ProtocolText.code(in: $0[0]) })
    }

    private func keys(_ message: [UInt8]) throws -> [String] {
        let header = Array(message.prefix { $0 != UInt8(ascii: "\n") })
        return try #require(try JSONValue(canonical: header).objectValue).keys
    }

    private func signature() throws -> Signature {
        try #require(Signature(octets: [UInt8](repeating: 1, count: 64)))
    }
}
