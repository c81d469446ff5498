/// Why bytes are not canonical JSON, and where.
public struct CanonicalJSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The offset of the first byte that is wrong, from the start of the text.
    public let offset: Int
    public let reason: Reason

    /// What is wrong with the byte at `offset`.
    public enum Reason: String, Sendable, CaseIterable {
        case unexpectedEnd, unexpectedByte, trailingBytes
        case tooDeep, keyNotASCII, keysOutOfOrder, repeatedKey
        case numberNotCanonical, numberOutOfRange
        case escapeNotCanonical, controlCharacter, nulCharacter, invalidUTF8
    }

    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    public var description: String { "not canonical JSON at byte \(offset): \(reason.rawValue)" }
}
