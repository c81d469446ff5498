import SyncCore
import Testing

@Suite struct `Refused texts` {
    typealias Reason = CanonicalJSONError.Reason

    @Test(
        arguments: [
            ("", 0, .unexpectedEnd), ("[", 1, .unexpectedEnd), ("\"abc", 4, .unexpectedEnd),
            (#"{"a""#, 4, .unexpectedEnd), (#"{"a":"#, 5, .unexpectedEnd),
            (#"{"a":1"#, 6, .unexpectedEnd), ("tru", 3, .unexpectedEnd), ("-", 1, .unexpectedEnd),
            ("True", 0, .unexpectedByte), ("'a'", 0, .unexpectedByte),
            // Commas, comments, white space, what follows.
            ("[1,]", 3, .unexpectedByte), (#"{"a":1,}"#, 7, .unexpectedByte),
            ("[,1]", 1, .unexpectedByte), ("[1 ,2]", 2, .unexpectedByte),
            (#"{ "a":1}"#, 1, .unexpectedByte), (#"{"a": 1}"#, 5, .unexpectedByte),
            (" 1", 0, .unexpectedByte), ("/**/1", 0, .unexpectedByte),
            ("1//", 1, .trailingBytes), ("{}{}", 2, .trailingBytes), ("{}\n", 2, .trailingBytes),
            ("1 ", 1, .trailingBytes), ("nullx", 4, .trailingBytes),
            // Keys.
            (#"{"a":1,"a":2}"#, 8, .repeatedKey), (#"{"b":1,"a":2}"#, 8, .keysOutOfOrder),
            (#"{"aa":1,"a":2}"#, 9, .keysOutOfOrder),
            (#"{"\u0061":1}"#, 2, .keyNotASCII), (#"{"é":1}"#, 2, .keyNotASCII),
            ("{\"a\u{7F}\":1}", 3, .keyNotASCII), ("{\"\t\":1}", 2, .keyNotASCII),
            ("{a:1}", 1, .unexpectedByte), ("{1:1}", 1, .unexpectedByte),
            // Numbers.
            ("NaN", 0, .unexpectedByte), ("nan", 1, .unexpectedByte),
            ("Infinity", 0, .unexpectedByte), ("-Infinity", 1, .unexpectedByte),
            ("+1", 0, .unexpectedByte), (".5", 0, .unexpectedByte), ("0x1", 1, .trailingBytes),
            ("-0", 0, .numberNotCanonical), ("1.0", 1, .numberNotCanonical),
            ("1e3", 1, .numberNotCanonical), ("1E3", 1, .numberNotCanonical),
            ("1e400", 1, .numberNotCanonical), ("01", 0, .numberNotCanonical),
            ("-01", 0, .numberNotCanonical), ("00", 0, .numberNotCanonical),
            ("[0,9007199254740992]", 3, .numberOutOfRange),
            ("-9007199254740992", 0, .numberOutOfRange),
            ("9223372036854775807", 0, .numberOutOfRange),
            ("9223372036854775808", 0, .numberOutOfRange),
            ("-9223372036854775808", 0, .numberOutOfRange),
            // Escapes.
            (#""\/""#, 1, .escapeNotCanonical), (#""\u0041""#, 1, .escapeNotCanonical),
            (#""\u001F""#, 1, .escapeNotCanonical), (#""a\u000a""#, 2, .escapeNotCanonical),
            (#""\u0008""#, 1, .escapeNotCanonical), (#""\u00e9""#, 1, .escapeNotCanonical),
            (#""\x41""#, 1, .escapeNotCanonical), (#""\U0001""#, 1, .escapeNotCanonical),
            (#""\ud800""#, 1, .escapeNotCanonical), (#""\ud83d\ude00""#, 1, .escapeNotCanonical),
            (#""\u12"#, 1, .unexpectedEnd), (#""\"#, 1, .unexpectedEnd),
            (#""\u0000""#, 1, .nulCharacter), ("\"\u{0}\"", 1, .controlCharacter),
            ("\"a\nb\"", 2, .controlCharacter), ("\"\u{1F}\"", 1, .controlCharacter),
        ] as [(String, Int, Reason)])
    func `A text that is not canonical is refused with where and why`(
        text: String, offset: Int, reason: Reason
    ) {
        #expect(throws: CanonicalJSONError(offset: offset, reason: reason)) {
            try JSONValue(canonical: Array(text.utf8))
        }
    }

    @Test(
        arguments: [
            ("a byte order mark", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], 0, .unexpectedByte),
            ("UTF-16, little endian", [0x7B, 0, 0x7D, 0], 1, .unexpectedByte),
            ("UTF-16, big endian", [0, 0x7B, 0, 0x7D], 0, .unexpectedByte),
            ("U+0000 in two bytes", [0x22, 0xC0, 0x80, 0x22], 1, .invalidUTF8),
            ("a slash in two bytes", [0x22, 0xC0, 0xAF, 0x22], 1, .invalidUTF8),
            ("U+007F in two bytes", [0x22, 0xC1, 0xBF, 0x22], 1, .invalidUTF8),
            ("overlong in three bytes", [0x22, 0xE0, 0x9F, 0xBF, 0x22], 1, .invalidUTF8),
            ("overlong in four bytes", [0x22, 0xF0, 0x8F, 0xBF, 0xBF, 0x22], 1, .invalidUTF8),
            ("a lone surrogate", [0x22, 0xED, 0xA0, 0x80, 0x22], 1, .invalidUTF8),
            ("above U+10FFFF", [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1, .invalidUTF8),
            ("five bytes", [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], 1, .invalidUTF8),
            ("a lone continuation", [0x22, 0x61, 0x80, 0x22], 2, .invalidUTF8),
            ("a scalar cut by the quote", [0x22, 0xE2, 0x82, 0x22], 1, .invalidUTF8),
            ("a scalar cut by the end", [0x22, 0xF0, 0x9F, 0x98], 1, .invalidUTF8),
            ("0xFF", [0x22, 0xFF, 0x22], 1, .invalidUTF8),
        ] as [(String, [UInt8], Int, Reason)])
    func `Bytes that are not UTF-8 in shortest form are refused`(
        name: String, bytes: [UInt8], offset: Int, reason: Reason
    ) {
        #expect(throws: CanonicalJSONError(offset: offset, reason: reason)) {
            try JSONValue(canonical: bytes)
        }
    }
}
