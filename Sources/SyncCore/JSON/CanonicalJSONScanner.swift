/// Walks over canonical JSON once, byte by byte, and refuses everything else.
///
/// Foundation's decoder takes repeated keys (first wins), trailing commas, a byte order mark and
/// UTF-16. Two readers that differ on such a text can be made to see two different events under one
/// signature, so here one text has one reading: RFC 8785 form, integers only, keys of printable
/// ASCII in ascending order. Every step is bounded by the text's length and the depth limit.
package struct CanonicalJSONScanner {
    package let bytes: [UInt8]
    package private(set) var index: Int
    private let end: Int
    private let depthLimit: Int
    private var depth = 0

    package init(_ bytes: [UInt8], depthLimit: Int = JSONValue.depthLimit) {
        self.init(bytes, in: bytes.indices, depthLimit: depthLimit)
    }

    /// Walks over a part of `bytes`; offsets of failures count from their start.
    package init(_ bytes: [UInt8], in part: Range<Int>, depthLimit: Int = JSONValue.depthLimit) {
        self.bytes = bytes
        self.index = part.lowerBound
        self.end = part.upperBound
        self.depthLimit = depthLimit
    }

    package typealias Failure = CanonicalJSONError

    package var isAtEnd: Bool { index == end }

    /// The byte under the cursor.
    package func peek() throws(Failure) -> UInt8 {
        guard index < end else { throw failure(.unexpectedEnd) }
        return bytes[index]
    }

    /// Steps over exactly this text.
    package mutating func expect(_ text: StaticString) throws(Failure) {
        let count = text.utf8CodeUnitCount
        for offset in 0..<count {
            guard index < end else { throw failure(.unexpectedEnd) }
            guard bytes[index] == text.utf8Start[offset] else { throw failure(.unexpectedByte) }
            index += 1
        }
    }

    package func expectEnd() throws(Failure) {
        guard index == end else { throw failure(.trailingBytes) }
    }

    // MARK: Objects and arrays

    package mutating func enterBracket(_ bracket: StaticString) throws(Failure) {
        guard depth < depthLimit else { throw failure(.tooDeep) }
        try expect(bracket)
        depth += 1
    }

    package mutating func leaveBracket(_ bracket: StaticString) throws(Failure) {
        try expect(bracket)
        depth -= 1
    }

    /// Walks over an object; `member` is handed each key and must step over its value.
    package mutating func scanObject(
        _ member: (inout Self, _ key: Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        try enterBracket("{")
        defer { depth -= 1 }
        if try peek() == UInt8(ascii: "}") {
            index += 1
            return
        }
        var previous: Range<Int>?
        while true {
            let key = try scanKey()
            if let previous { try check(key, follows: previous) }
            previous = key
            try expect(":")
            try member(&self, key)
            let next = try peek()
            if next == UInt8(ascii: "}") {
                index += 1
                return
            }
            try expect(",")
        }
    }

    /// Walks over an array; `item` must step over each value.
    package mutating func scanArray(_ item: (inout Self) throws(Failure) -> Void) throws(Failure) {
        try enterBracket("[")
        defer { depth -= 1 }
        if try peek() == UInt8(ascii: "]") {
            index += 1
            return
        }
        while true {
            try item(&self)
            let next = try peek()
            if next == UInt8(ascii: "]") {
                index += 1
                return
            }
            try expect(",")
        }
    }

    /// Steps into an array whose items the caller steps over one by one.
    package mutating func enterTuple() throws(Failure) { try enterBracket("[") }
    package mutating func leaveTuple() throws(Failure) { try leaveBracket("]") }

    private mutating func scanKey() throws(Failure) -> Range<Int> {
        try expect("\"")
        let start = index
        var at = start
        while at < end, bytes[at] != UInt8(ascii: "\"") {
            guard bytes[at] >= 0x20, bytes[at] < 0x7F, bytes[at] != UInt8(ascii: "\\") else {
                index = at
                throw failure(.keyNotASCII)
            }
            at += 1
        }
        index = at
        guard at < end else { throw failure(.unexpectedEnd) }
        let range = start..<at
        index += 1
        return range
    }

    private func check(_ key: Range<Int>, follows previous: Range<Int>) throws(Failure) {
        if bytes[previous].lexicographicallyPrecedes(bytes[key]) { return }
        let repeated = bytes[previous].elementsEqual(bytes[key])
        throw Failure(offset: key.lowerBound, reason: repeated ? .repeatedKey : .keysOutOfOrder)
    }

    // MARK: Values

    /// Steps over any value and says where it stood.
    @discardableResult
    package mutating func skipValue() throws(Failure) -> Range<Int> {
        let start = index
        switch try peek() {
        case UInt8(ascii: "{"):
            try scanObject { (scanner, _) throws(Failure) in try scanner.skipValue() }
        case UInt8(ascii: "["):
            try scanArray { (scanner) throws(Failure) in try scanner.skipValue() }
        case UInt8(ascii: "\""): _ = try skipString()
        case UInt8(ascii: "t"): try expect("true")
        case UInt8(ascii: "f"): try expect("false")
        case UInt8(ascii: "n"): try expect("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try scanInteger()
        default: throw failure(.unexpectedByte)
        }
        return start..<index
    }

    package mutating func scanInteger() throws(Failure) -> Int64 {
        let start = index
        var negative = false
        if try peek() == UInt8(ascii: "-") {
            negative = true
            index += 1
        }
        let digits = index
        var magnitude: Int64 = 0
        while index < end, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
            // At most 16 digits are ever added up, so nothing overflows.
            guard index - digits < 16 else {
                throw Failure(offset: start, reason: .numberOutOfRange)
            }
            magnitude = magnitude * 10 + Int64(digit)
            index += 1
        }
        guard index > digits else {
            throw failure(index < end ? .unexpectedByte : .unexpectedEnd)
        }
        let leadingZero = bytes[digits] == UInt8(ascii: "0")
        guard !(leadingZero && (index - digits > 1 || negative)) else {
            throw Failure(offset: start, reason: .numberNotCanonical)
        }
        if index < end {
            switch bytes[index] {
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                throw failure(.numberNotCanonical)
            default: break
            }
        }
        guard magnitude <= JSONValue.integerLimit else {
            throw Failure(offset: start, reason: .numberOutOfRange)
        }
        return negative ? -magnitude : magnitude
    }

    /// Steps over a string; the range is that between the quotes, escapes still in it.
    package mutating func skipString() throws(Failure) -> (content: Range<Int>, hasEscapes: Bool) {
        try expect("\"")
        let start = index
        var hasEscapes = false
        while true {
            // Nearly every byte is plain, and a cursor of its own stays in a register.
            var at = index
            while at < end, Self.isPlain(bytes[at]) { at += 1 }
            index = at
            guard at < end else { throw failure(.unexpectedEnd) }
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                let content = start..<index
                index += 1
                return (content, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0x00..<0x20: throw failure(.controlCharacter)
            default: try skipMultibyteScalar(byte)
            }
        }
    }

    /// Whether a byte stands for itself in a string, alone.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// The one escape RFC 8785 allows for each character that needs one.
    private mutating func skipEscape() throws(Failure) {
        guard index + 1 < end else { throw failure(.unexpectedEnd) }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 2
        case UInt8(ascii: "u"):
            guard index + 5 < end else { throw failure(.unexpectedEnd) }
            let high = bytes[index + 4]
            guard bytes[index + 2] == UInt8(ascii: "0"), bytes[index + 3] == UInt8(ascii: "0"),
                high == UInt8(ascii: "0") || high == UInt8(ascii: "1"),
                let low = Self.lowercaseHexDigit(bytes[index + 5])
            else { throw failure(.escapeNotCanonical) }
            let value = (high - UInt8(ascii: "0")) * 16 + low
            if value == 0 { throw failure(.nulCharacter) }
            // \b \t \n \f \r have a short form, and only that.
            guard ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(value) else {
                throw failure(.escapeNotCanonical)
            }
            index += 6
        default: throw failure(.escapeNotCanonical)
        }
    }

    private static func lowercaseHexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Steps over one scalar of two to four bytes: shortest form, no surrogates (RFC 3629).
    private mutating func skipMultibyteScalar(_ lead: UInt8) throws(Failure) {
        let (following, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (following, second) = (1, 0x80...0xBF)
        case 0xE0: (following, second) = (2, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (following, second) = (2, 0x80...0xBF)
        case 0xED: (following, second) = (2, 0x80...0x9F)
        case 0xF0: (following, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: (following, second) = (3, 0x80...0xBF)
        case 0xF4: (following, second) = (3, 0x80...0x8F)
        default: throw failure(.invalidUTF8)
        }
        guard index + following < end, second.contains(bytes[index + 1]) else {
            throw failure(.invalidUTF8)
        }
        for offset in 2..<4 where offset <= following {
            guard bytes[index + offset] & 0xC0 == 0x80 else { throw failure(.invalidUTF8) }
        }
        index += following + 1
    }

    // MARK: Typed values

    /// A string, unescaped.
    package mutating func scanString() throws(Failure) -> String {
        let (content, hasEscapes) = try skipString()
        if !hasEscapes { return String(decoding: bytes[content], as: UTF8.self) }
        return String(decoding: Self.unescaped(bytes[content]), as: UTF8.self)
    }

    /// The value of a string that `skipString` has accepted.
    private static func unescaped(_ content: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var iterator = content.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "\\"), let kind = iterator.next() else {
                result.append(byte)
                continue
            }
            switch kind {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "u"):
                var value: UInt8 = 0
                for _ in 0..<4 {
                    if let digit = iterator.next().flatMap(lowercaseHexDigit) {
                        value = (value << 4) | digit
                    }
                }
                result.append(value)
            default: result.append(kind)
            }
        }
        return result
    }

    /// An id, key or hash in its base64url text.
    package mutating func scanIdentifier<ID: OpaqueIdentifier>(_: ID.Type) throws(Failure) -> ID {
        let start = index
        let (content, _) = try skipString()
        guard let id = ID(text: bytes[content]) else {
            throw Failure(offset: start, reason: .unexpectedByte)
        }
        return id
    }

    /// The octets of a base64url text of this many.
    package mutating func scanOctets(_ octetCount: Int) throws(Failure) -> [UInt8] {
        let start = index
        let (content, _) = try skipString()
        guard let octets = Base64URL.decode(bytes[content], octetCount: octetCount) else {
            throw Failure(offset: start, reason: .unexpectedByte)
        }
        return octets
    }

    package func failure(_ reason: Failure.Reason) -> Failure {
        Failure(offset: index, reason: reason)
    }
}
