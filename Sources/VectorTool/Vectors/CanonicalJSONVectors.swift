import SyncCore

/// Texts that are canonical JSON, and bytes that are not.
enum CanonicalJSONVectors {
    static func value() throws -> JSONValue {
        let good = good.map { Array($0.utf8) }
        for bytes in good {
            let value = try JSONValue(canonical: bytes)
            try expect(value.canonicalBytes, is: bytes, "canonical text")
        }
        return [
            "bad": .array(try bad.map { try refused($0.0, $0.1) }),
            "good": .array(good.map { .string(String(decoding: $0, as: UTF8.self)) }),
        ]
    }

    private static func refused(
        _ bytes: [UInt8], _ reason: CanonicalJSONError.Reason
    ) throws -> JSONValue {
        do {
            _ = try JSONValue(canonical: bytes)
        } catch {
            try expect(error.reason, is: reason, "reason for \(hexText(bytes))")
            return [
                "hex": .hex(bytes), "offset": .integer(Int64(error.offset)),
                "reason": .string(reason.rawValue),
            ]
        }
        throw VectorError("taken, but not canonical: \(hexText(bytes))")
    }

    private static let good: [String] = [
        "null", "true", "false", "0", "-1", "9007199254740991", "-9007199254740991", "\"\"",
        "[]", "{}", "[1,[2,[3]]]", #"{"":0,"A":1,"a":2,"a b":3,"aa":4}"#,
        #""\"\\\b\t\n\f\r""#, #""\u0001\u001f""#, "\"\u{7F}\"", "\"/\"", "\"Caf\u{E9}\"",
        "\"Cafe\u{301}\"", "\"\u{FEFF}\"", "\"\u{FFFF}\"", "\"\u{1F489}\"", "\"\u{2028}\"",
        String(repeating: "[", count: 16) + String(repeating: "]", count: 16),
    ]

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let bad: [([UInt8], CanonicalJSONError.Reason)] = [
        ([], .unexpectedEnd), (text(" 1"), .unexpectedByte), (text("1 "), .trailingBytes),
        (text("1\n"), .trailingBytes), (text("{\"a\":1"), .unexpectedEnd),
        (text("{\"a\":1,}"), .unexpectedByte), (text("[1,]"), .unexpectedByte),
        (text("{\"a\": 1}"), .unexpectedByte), (text("{'a':1}"), .unexpectedByte),
        (text("{a:1}"), .unexpectedByte), (text("nul"), .unexpectedEnd),
        (text("NaN"), .unexpectedByte), (text("Infinity"), .unexpectedByte),
        (text("[1/*x*/]"), .unexpectedByte), ([0xEF, 0xBB, 0xBF, 0x31], .unexpectedByte),
        ([0x00, 0x31], .unexpectedByte), (text("{\"b\":1,\"a\":2}"), .keysOutOfOrder),
        (text("{\"a\":1,\"a\":2}"), .repeatedKey), (text("{\"a\":1,\"A\":2}"), .keysOutOfOrder),
        (text("{\"\u{E9}\":1}"), .keyNotASCII), (text("{\"\\u0061\":1}"), .keyNotASCII),
        (text("{\"\u{7F}\":1}"), .keyNotASCII), (text("{\"a\tb\":1}"), .keyNotASCII),
        (text("-0"), .numberNotCanonical), (text("01"), .numberNotCanonical),
        (text("-01"), .numberNotCanonical), (text("1.0"), .numberNotCanonical),
        (text("1e3"), .numberNotCanonical), (text("1E3"), .numberNotCanonical),
        (text("+1"), .unexpectedByte), (text("-"), .unexpectedEnd), (text("-a"), .unexpectedByte),
        (text("9007199254740992"), .numberOutOfRange),
        (text("-9007199254740992"), .numberOutOfRange),
        (text("10000000000000000"), .numberOutOfRange), (text("\"abc"), .unexpectedEnd),
        (text("\"\\/\""), .escapeNotCanonical), (text("\"\\u0000\""), .nulCharacter),
        (text("\"\\u001F\""), .escapeNotCanonical), (text("\"\\u0008\""), .escapeNotCanonical),
        (text("\"\\u000a\""), .escapeNotCanonical), (text("\"\\u0041\""), .escapeNotCanonical),
        (text("\"\\ud83d\\udc89\""), .escapeNotCanonical), (text("\"\\x\""), .escapeNotCanonical),
        (text("\"a\nb\""), .controlCharacter), (text("\"\u{0}\""), .controlCharacter),
        ([0x22, 0xC0, 0x80, 0x22], .invalidUTF8), ([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8),
        ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8), ([0x22, 0xC3, 0x22], .invalidUTF8),
        ([0x22, 0x80, 0x22], .invalidUTF8), ([0x22, 0xE0, 0x80, 0x80, 0x22], .invalidUTF8),
        (text(String(repeating: "[", count: 17) + String(repeating: "]", count: 17)), .tooDeep),
    ]
}
