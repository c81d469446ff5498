import SyncCore
import Testing

@Suite struct `Malformed lines` {
    /// One change to a good line and what it is refused for.
    struct Flaw: Sendable, CustomTestStringConvertible {
        let name: String
        let line: String
        var body: @Sendable (inout JSONObject) -> Void = { _ in }
        var event: @Sendable (inout JSONObject) -> Void = { _ in }
        /// Nil where the JSON is refused somewhere inside.
        let reason: MalformedLine?
        var testDescription: String { name }

        init(
            _ name: String, _ reason: MalformedLine?, of line: String = Vectors.entry,
            body: @escaping @Sendable (inout JSONObject) -> Void = { _ in },
            event: @escaping @Sendable (inout JSONObject) -> Void = { _ in }
        ) {
            self.name = name
            self.reason = reason
            self.line = line
            self.body = body
            self.event = event
        }
    }

    static let position: JSONValue = [
        .string(Vectors.replica), 1, .string(Vectors.introductionID),
    ]

    static let missing: [Flaw] = ["at", "context", "fields", "replica", "seq"].map { member in
        Flaw("no \(member)", .missingMember, event: { $0[member] = .none })
    }

    static let flaws: [Flaw] = [
        Flaw("null for absent", nil, event: { $0["author"] = .null }),
        Flaw("neither kind nor entry", .neitherOrBothOfKindAndEntry, event: { $0["kind"] = .none }),
        Flaw("kind and entry", .neitherOrBothOfKindAndEntry, event: { $0["entry"] = position }),
        Flaw(
            "a context where the entry begins", .contextOfAnEntryNotYetBegun,
            event: { $0["context"] = [position] }),
        Flaw("no prev", .introductionMembers, event: { $0["prev"] = .none }),
        Flaw("a key at seq 2", .introductionMembers, event: { $0["key"] = .string(Vectors.key) }),
        Flaw(
            "a nonce at seq 2", .introductionMembers,
            event: { $0["nonce"] = .string(Vectors.nonce) }),
        Flaw("kind replica at seq 2", .introductionMembers, event: { $0["kind"] = "replica" }),
        Flaw("seq 1 without a key", .introductionMembers, event: { $0["seq"] = 1 }),
        Flaw(
            "an introduction with prev", .introductionMembers, of: Vectors.introduction,
            event: { $0["prev"] = .string(Vectors.entryID) }),
        Flaw(
            "an introduction of another kind", .introductionMembers, of: Vectors.introduction,
            event: { $0["kind"] = "reaction" }),
        Flaw(
            "an introduction at seq 2", .introductionMembers, of: Vectors.introduction,
            event: { $0["seq"] = 2 }),
        Flaw(
            "a name that is not that of the key", .foreignReplica, of: Vectors.introduction,
            event: { $0["nonce"] = .string("AAAAAAAAAAAAAAAAAAAAAA") }),
        Flaw("a salt too short", nil, body: { $0["salt"] = "AAAA" }),
        Flaw("no salt", .bodyMembers, body: { $0["salt"] = .none }),
        Flaw("no set", .bodyMembers, body: { $0["set"] = .none }),
        Flaw("set is no object", nil, body: { $0["set"] = [] }),
        Flaw("a field that is not named", .fieldsDiffer, body: { $0["set"] = ["note": 1] }),
        Flaw("a name too many", .fieldsDiffer, event: { $0["fields"] = ["a", "note", "status"] }),
        Flaw("a name too few", .fieldsDiffer, event: { $0["fields"] = ["note"] }),
        Flaw("names out of order", nil, event: { $0["fields"] = ["status", "note"] }),
        Flaw("a name twice", nil, event: { $0["fields"] = ["note", "note", "status"] }),
        Flaw("a name with a space", nil, event: { $0["fields"] = ["a b", "note", "status"] }),
        Flaw("an empty name", nil, event: { $0["fields"] = ["", "note", "status"] }),
        Flaw(
            "a name of 65 letters", nil,
            event: { $0["fields"] = [.string(String(repeating: "a", count: 65)), "note"] }),
        Flaw("a kind with a slash", nil, event: { $0["kind"] = "a/b" }),
        Flaw("another body's hash", .bodyHash, event: { $0["body"] = .string(Vectors.entryID) }),
        Flaw("seq 0", nil, event: { $0["seq"] = 0 }),
        Flaw("seq -1", nil, event: { $0["seq"] = -1 }),
        Flaw("seq as text", nil, event: { $0["seq"] = "2" }),
        Flaw("an offset of 19 hours", nil, event: { $0["at"] = ["ms": 0, "offset": 1140] }),
        Flaw("no offset", nil, event: { $0["at"] = ["ms": 0] }),
        Flaw("a position of two", nil, event: { $0["context"] = [[.string(Vectors.replica), 1]] }),
        Flaw("a short id", nil, event: { $0["prev"] = "AAAA" }),
    ]

    @Test(arguments: missing + flaws)
    func `A line with one flaw is refused for it`(flaw: Flaw) throws {
        let diary = try #require(DiaryID(Vectors.diary))
        let bytes = try `Event lines`.rewrite(flaw.line, body: flaw.body, flaw.event)
        let error = #expect(throws: MalformedLine.self) { try EventLine(bytes, diary: diary) }
        if let reason = flaw.reason {
            #expect(error == reason)
        } else if case .json = error {
        } else {
            Issue.record("\(String(describing: error)) is not about JSON")
        }
    }

    @Test func `The tables start from lines that are good`() throws {
        let diary = try #require(DiaryID(Vectors.diary))
        for text in [Vectors.introduction, Vectors.entry] {
            let bytes = try `Event lines`.rewrite(text)
            #expect(bytes == Array(text.utf8))
            #expect(throws: Never.self) { try EventLine(bytes, diary: diary) }
        }
    }

    @Test(arguments: [
        #"{"event":{}}"#, #"{"body":{}}"#, "{}", "[]", #"{"x":1}"#, #"{"body":1,"event":{}}"#,
        #"{"erased":"AA","event":{}}"#, #"{"body":null,"event":{}}"#, "",
    ])
    func `A line of other members is refused`(text: String) throws {
        #expect(throws: MalformedLine.self) { try EventLine(Array(text.utf8), diary: .test) }
    }

    @Test func `Both a body and its erasure, a further member, or bytes behind are refused`() throws
    {
        let diary = try #require(DiaryID(Vectors.diary))
        let good = Vectors.entry
        for text in [
            good.dropLast() + #","more":1}"#, good + " ", good + good, "\u{FEFF}" + good,
            #"{"body":{},"erased":"\#(Vectors.head)","event":{}}"#,
        ] {
            #expect(throws: MalformedLine.self) { try EventLine(Array(text.utf8), diary: diary) }
        }
    }

    @Test func `A line of another diary is no introduction here`() {
        #expect(throws: MalformedLine.foreignReplica) {
            try EventLine(Array(Vectors.introduction.utf8), diary: .test)
        }
    }
}
