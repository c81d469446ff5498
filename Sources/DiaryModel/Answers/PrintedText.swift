public import SyncCore

/// Text exactly as it is printed on a pack or a letter; two are equal if their bytes are.
public struct PrintedText: DiaryValue, ExpressibleByStringLiteral, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }
    public init(stringLiteral value: String) { text = value }

    public init?(json: JSONValue) {
        guard let text = json.stringValue else { return nil }
        self.text = text
    }

    public var json: JSONValue { .string(text) }
    public var description: String { text }
    /// The length in UTF-8 bytes.
    public var byteCount: Int { text.utf8.count }

    public static func == (left: Self, right: Self) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for unit in text.utf8 { hasher.combine(unit) }
    }
}

extension PrintedText: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
