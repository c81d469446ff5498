import SyncCore
import Testing

@testable import FuzzProperties

/// A property that cannot fail finds nothing: here the product is faulty on purpose.
@Suite struct `Planted faults` {
    private func read(_ text: String, as value: JSONValue) -> JSONProperty.Reader {
        { (bytes, limit) throws(CanonicalJSONError) in
            if bytes == Array(text.utf8) { return value }
            return try JSONValue(canonical: bytes, depthLimit: limit)
        }
    }

    @Test(
        arguments: [
            (#"{"a":1,"b":2}"#, ["a": 1]), (#""e""#, "\u{E9}"), ("[]", [[]]), ("1", 2),
            (#"{"a":1,"a":2}"#, ["a": 1]), ("[1,]", [1]), ("-0", 0), ("1.0", 1), ("[1 ]", [1]),
        ] as [(String, JSONValue)])
    func `A reader that reads one text wrong is reported`(text: String, value: JSONValue) {
        let faulty = read(text, as: value)
        let bytes = Array(text.utf8)
        #expect(throws: Broken.self) { try JSONProperty.check(bytes, reading: faulty) }
        #expect(throws: Broken.self) { try FoundationProperty.check(bytes, reading: faulty) }
    }

    @Test func `A reader that refuses a good text is reported`() {
        let faulty: JSONProperty.Reader = { (_, _) throws(CanonicalJSONError) in
            throw CanonicalJSONError(offset: 0, reason: .unexpectedByte)
        }
        #expect(throws: Broken.self) { try JSONProperty.check([0x31], reading: faulty) }
        #expect(throws: Broken.self) { try FoundationProperty.check([0x31], reading: faulty) }
    }

    @Test(arguments: [
        ("\u{FEFF}1", NonCanonical.encoding), ("1 ", .whitespace), ("[1,]", .trailingComma),
        ("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", .depth), (#"{"b":1,"a":1}"#, .keyOrder),
        (#"{"a":1,"a":1}"#, .repeatedKey), (#"{"a":1,"\u0061":1}"#, .repeatedKey),
        ("{\"\u{E9}\":1}", .keyNotPrintable), ("1e3", .notInteger), ("-0", .negativeZero),
        ("9007199254740992", .range), (#""\/""#, .escape), (#""\u001F""#, .escape),
        (#""\u0000""#, .nul),
    ])
    func `The second reader of the rules names what is not canonical`(
        text: String, reason: NonCanonical
    ) {
        #expect(NonCanonical.reasons(in: Array(text.utf8)).contains(reason))
    }

    @Test(arguments: [
        #"{"a":{"b":[1,-2,true,false,null]},"c":"\u001f\b\t\n\f\r\"\\/é"}"#,
        "[[[[[[[[[[[[[[[[9007199254740991]]]]]]]]]]]]]]]]", "\"\u{7F}\"",
    ])
    func `It has nothing to say of a canonical text`(text: String) {
        #expect(NonCanonical.reasons(in: Array(text.utf8)).isEmpty)
    }

    @Test func `A store that lost or altered an event is reported`() throws {
        let small = try SmallDiary.made.get()
        let empty = MemoryEventStore(diary: small.id, pinnedClinic: small.store.pinnedClinic)
        #expect(throws: Never.self) { try StoreLaws.check(small.store, grownFrom: empty) }
        #expect(throws: Broken.self) { try StoreLaws.check(empty, grownFrom: small.store) }
        var other = empty
        _ = try other.take(small.sections.reversed())
        #expect(throws: Broken.self) { try StoreLaws.check(other, grownFrom: small.store) }
    }

    @Test func `The fuzzer's bytes reach what lies behind hashes and signatures`() throws {
        let small = try SmallDiary.made.get()
        var stored = 0
        var refused: Set<Refusal.Kind> = []
        for seed in UInt8.min...UInt8.max {
            let bytes = (0..<96).map { UInt8(truncatingIfNeeded: ($0 &* 151) ^ Int(seed) &* 91) }
            var writer = HostileWriter(Choices(bytes), small)
            var store = small.store
            let intake = try store.take(writer.sections(atMost: 6))
            stored += intake.stored
            if let type = intake.refused?.type { refused.insert(type) }
        }
        #expect(stored > 100)
        #expect(refused == Set(Refusal.Kind.allCases))
    }
}
