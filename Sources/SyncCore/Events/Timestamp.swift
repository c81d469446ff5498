/// When something was written, by the writer's clock. It orders nothing.
public struct Timestamp: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00Z.
    public let milliseconds: Int64
    /// Minutes east of UTC, at most 18 hours either way.
    public let offset: Int

    public static let offsetLimit = 1080

    public init(milliseconds: Int64, offset: Int) {
        let limit = JSONValue.integerLimit
        self.milliseconds = min(max(milliseconds, -limit), limit)
        self.offset = min(max(offset, -Self.offsetLimit), Self.offsetLimit)
    }

    public var json: JSONValue {
        ["ms": .integer(milliseconds), "offset": .integer(Int64(offset))]
    }
}

extension CanonicalJSONScanner {
    mutating func scanTimestamp() throws(Failure) -> Timestamp {
        let start = index
        var milliseconds: Int64?
        var offset: Int64?
        try scanObject { (scanner, key) throws(Failure) in
            switch String(decoding: scanner.bytes[key], as: UTF8.self) {
            case "ms": milliseconds = try scanner.scanInteger()
            case "offset": offset = try scanner.scanInteger()
            default: throw Failure(offset: key.lowerBound, reason: .unexpectedByte)
            }
        }
        guard let milliseconds, let offset, abs(offset) <= Timestamp.offsetLimit else {
            throw Failure(offset: start, reason: .numberOutOfRange)
        }
        return Timestamp(milliseconds: milliseconds, offset: Int(offset))
    }
}
