import SyncCore
import Testing

@Suite struct `Canonical texts` {
    @Test(arguments: [
        "null", "true", "false", "0", "1", "-1", "9007199254740991", "-9007199254740991",
        #""""#, #""a""#, #""\"\\\b\f\n\r\t""#, #""\u0001\u000b\u001f""#, "\"/\u{7F}\u{2028}\"",
        "\"é e\u{301} \u{FFFE} \u{10FFFF} 👩‍👩‍👧\"", "[]", "{}", "[1,[2,[3]],null]",
        #"{"":0,"A":1,"a":{"b":[]},"a.b":"c"}"#, #"{" ":1,"~":2}"#,
    ])
    func `A canonical text is read and written again to the same bytes`(text: String) throws {
        let bytes = Array(text.utf8)
        #expect(try JSONValue(canonical: bytes).canonicalBytes == bytes)
    }

    @Test func `Escapes and values mean what RFC 8785 says`() throws {
        let value = try JSONValue(canonical: Array(#"{"a":"\"\\\b\f\n\r\t\u001f","b":[-7]}"#.utf8))
        #expect(value["a"]?.stringValue == "\"\\\u{8}\u{C}\n\r\t\u{1F}")
        #expect(value["b"]?.arrayValue?.first?.integerValue == -7)
        #expect(value["c"] == nil)
    }

    @Test func `Members are written in the order of their bytes whatever the order of setting`() {
        var object = JSONObject()
        for key in ["b", "a", "a.b", "B", "a-b", ""] { object[key] = .string(key) }
        object["b"] = nil
        let expected = #"{"":"","B":"B","a":"a","a-b":"a-b","a.b":"a.b"}"#
        #expect(JSONValue.object(object).canonicalText == expected)
    }

    @Test func `Two spellings of one letter are two values`() {
        #expect(JSONValue.string("é") != JSONValue.string("e\u{301}"))
        #expect(Set([JSONValue.string("é"), .string("e\u{301}")]).count == 2)
    }

    @Test func `Sixteen levels are read and the seventeenth is refused where it opens`() throws {
        for bracket in ["[]", "{}"] {
            let open = bracket == "[]" ? "[" : #"{"a":"#
            let close = bracket == "[]" ? "]" : "}"
            func nested(_ depth: Int) -> [UInt8] {
                Array(
                    (String(repeating: open, count: depth - 1) + bracket
                        + String(repeating: close, count: depth - 1)).utf8)
            }
            #expect(try JSONValue(canonical: nested(16)).canonicalBytes == nested(16))
            #expect(throws: CanonicalJSONError(offset: 16 * open.utf8.count, reason: .tooDeep)) {
                try JSONValue(canonical: nested(17))
            }
        }
    }

    @Test(arguments: [UInt8(ascii: "["), UInt8(ascii: "9")])
    func `A million brackets or digits are refused after a few`(byte: UInt8) throws {
        let bytes = [UInt8](repeating: byte, count: 1_000_000)
        let error = #expect(throws: CanonicalJSONError.self) { try JSONValue(canonical: bytes) }
        let expected =
            byte == UInt8(ascii: "[")
            ? CanonicalJSONError(offset: 16, reason: .tooDeep)
            : CanonicalJSONError(offset: 0, reason: .numberOutOfRange)
        #expect(error == expected)
    }
}
