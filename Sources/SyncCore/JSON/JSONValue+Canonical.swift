extension JSONValue {
    /// Reads one canonical text.
    ///
    /// - Throws: where and why it is not canonical JSON, or is nested deeper than `depthLimit`.
    public init(canonical bytes: [UInt8], depthLimit: Int = depthLimit) throws(CanonicalJSONError) {
        var scanner = CanonicalJSONScanner(bytes, depthLimit: depthLimit)
        self = try scanner.scanValue()
        try scanner.expectEnd()
    }

    /// The canonical text, as bytes.
    ///
    /// What the reader refuses cannot be written either, but for the depth: a U+0000 in a string or a
    /// key that is not printable ASCII has to be refused where a person types (`firstFlaw`).
    public var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// The canonical text.
    public var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }

    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .string(let text): Self.write(text, to: &bytes)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                item.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x00..<0x20:
                bytes += "\\u00".utf8
                bytes.append(UInt8(ascii: "0") + (byte >> 4))
                let low = byte & 15
                bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension CanonicalJSONScanner {
    /// Any value, as a tree.
    package mutating func scanValue() throws(Failure) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"):
            var members: [JSONObject.Member] = []
            try scanObject { (scanner, key) throws(Failure) in
                let name = String(decoding: scanner.bytes[key], as: UTF8.self)
                members.append(.init(key: name, value: try scanner.scanValue()))
            }
            return .object(JSONObject(sorted: members))
        case UInt8(ascii: "["):
            var items: [JSONValue] = []
            try scanArray { (scanner) throws(Failure) in items.append(try scanner.scanValue()) }
            return .array(items)
        case UInt8(ascii: "\""): return .string(try scanString())
        case UInt8(ascii: "t"):
            try expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        default: return .integer(try scanInteger())
        }
    }
}
