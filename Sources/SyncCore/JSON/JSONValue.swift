/// A JSON text of the canonical form used everywhere here: RFC 8785 with integers only.
///
/// Equality is that of the canonical bytes. Swift's own string equality is not: it takes two
/// spellings of "é" for one, and a merge must not.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// |n| ≤ 2^53−1.
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The largest magnitude an integer may have: 2^53−1 (RFC 7493).
    public static let integerLimit: Int64 = 9_007_199_254_740_991
    /// How deep a line may nest, the line's own object included.
    public static let depthLimit = 16
}

extension JSONValue {
    public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
    public var integerValue: Int64? { if case .integer(let number) = self { number } else { nil } }
    public var boolValue: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    public var arrayValue: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    public var objectValue: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The member `key` of an object; nil if there is none or this is no object.
    public subscript(key: String) -> JSONValue? { objectValue?[key] }
}

extension JSONValue: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .integer(let number): hasher.combine(number)
        case .string(let text): for unit in text.utf8 { hasher.combine(unit) }
        case .array(let items): hasher.combine(items)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
    public init(nilLiteral: ()) { self = .null }
}
