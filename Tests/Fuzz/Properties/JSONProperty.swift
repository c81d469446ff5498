import SyncCore

/// What is read is written as it was, within the limits; what is written is read as it was.
enum JSONProperty {
    /// A reader of canonical texts; the tests put a faulty one in its place.
    typealias Reader = ([UInt8], _ depthLimit: Int) throws(CanonicalJSONError) -> JSONValue

    static let product: @Sendable ([UInt8], Int) throws(CanonicalJSONError) -> JSONValue = {
        (bytes, limit) throws(CanonicalJSONError) in
        try JSONValue(canonical: bytes, depthLimit: limit)
    }

    static func check(_ bytes: [UInt8], reading: Reader = product) throws {
        try checkReading(bytes, reading)
        var choices = Choices(bytes)
        try checkWriting(choices.json(depth: 5), reading)
    }

    private static func checkReading(_ bytes: [UInt8], _ reading: Reader) throws {
        let read = result { () throws(CanonicalJSONError) in
            try reading(bytes, JSONValue.depthLimit)
        }
        let skipped = result { () throws(CanonicalJSONError) in
            var scanner = CanonicalJSONScanner(bytes)
            try scanner.skipValue()
            try scanner.expectEnd()
        }
        switch (read, skipped) {
        case (.success(let value), .success): try checkRead(value, bytes, reading)
        case (.failure(let error), .failure(let other)):
            try hold(error == other, "skipping says \(other), reading says \(error)")
            try hold((0...bytes.count).contains(error.offset), "\(error) is outside the text")
        default: throw Broken("skipping and reading differ: \(read), \(skipped)")
        }
    }

    private static func checkRead(
        _ value: JSONValue, _ bytes: [UInt8], _ reading: Reader
    ) throws {
        try hold(value.canonicalBytes == bytes, "written otherwise: \(value.canonicalText)")
        let depth = depth(of: bytes)
        try hold(depth <= JSONValue.depthLimit, "\(depth) deep")
        let again = try reading(bytes, depth)
        try hold(again == value && again.hashValue == value.hashValue, "read twice, two values")
        if depth > 0 {
            let shallow = result { () throws(CanonicalJSONError) in
                try reading(bytes, depth - 1)
            }
            guard case .failure(let error) = shallow, error.reason == .tooDeep else {
                throw Broken("\(depth) deep and read with a limit of \(depth - 1)")
            }
        }
        try checkTree(value)
        let longer = result { () throws(CanonicalJSONError) in
            try reading(bytes + [0x20], JSONValue.depthLimit)
        }
        guard case .failure(let error) = longer, error.reason == .trailingBytes else {
            throw Broken("a space behind is taken: \(longer)")
        }
    }

    private static func checkTree(_ value: JSONValue) throws {
        switch value {
        case .integer(let number):
            try hold(number.magnitude <= 9_007_199_254_740_991, "\(number) is out of range")
        case .string(let text): try hold(!text.utf8.contains(0), "a U+0000 was read")
        case .array(let items): for item in items { try checkTree(item) }
        case .object(let object):
            for member in object.members {
                try hold(object[member.key] == member.value, "\(member.key) is not found")
                try checkTree(member.value)
            }
        case .null, .bool: break
        }
    }

    private static func checkWriting(_ value: JSONValue, _ reading: Reader) throws {
        let bytes = value.canonicalBytes
        try hold(
            try reading(bytes, JSONValue.depthLimit) == value, "\(value) is not read as written")
    }

    /// How deep brackets nest outside strings, counted without the reader.
    static func depth(of bytes: [UInt8]) -> Int {
        var depth = 0
        var deepest = 0
        var inString = false
        var isEscaped = false
        for byte in bytes {
            if inString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            deepest = max(deepest, depth)
        }
        return deepest
    }
}

/// What a call gave, its typed error kept.
func result<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
) -> Result<Value, Failure> {
    do { return .success(try body()) } catch { return .failure(error) }
}
