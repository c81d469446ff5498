/// Why a section ended the taking: the answer's `refused`.
public struct Refusal: Error, Hashable, Sendable {
    /// Which section of the request, from 0.
    public var section: Int
    /// Which line of that section, from 0.
    public let line: Int
    public let type: Kind

    /// What is wrong with the line or its section.
    public enum Kind: String, Sendable, CaseIterable {
        /// The line is no event, or does not fit what lies below it.
        case malformed
        /// A head, a continuation or an erasure is not signed by whom it should be.
        case wronglySigned = "wrongly-signed"
        /// The section has no lines, is too long, or has a line without a head above it.
        case section
    }

    public init(section: Int, line: Int, type: Kind) {
        self.section = section
        self.line = line
        self.type = type
    }

    public var json: JSONValue {
        [
            "line": .integer(Int64(line)), "section": .integer(Int64(section)),
            "type": .string(type.rawValue),
        ]
    }

    public init?(json: JSONValue) {
        guard let section = json["section"]?.integerValue.flatMap(Int.init(exactly:)), section >= 0,
            let line = json["line"]?.integerValue.flatMap(Int.init(exactly:)), line >= 0,
            let type = json["type"]?.stringValue
        else { return nil }
        // A newer peer may know further reasons; what is to be done is the same.
        self.init(section: section, line: line, type: Kind(rawValue: type) ?? .malformed)
    }
}
