public import SyncCore

/// A value with one JSON form, read strictly and written back the same.
public protocol DiaryValue: Hashable, Sendable {
    /// The value of this JSON; nil if it is not one.
    init?(json: JSONValue)
    /// The value as it stands on the wire.
    var json: JSONValue { get }
}

extension DiaryValue where Self: RawRepresentable, RawValue == String {
    /// The code of exactly these bytes; Swift's own equality would take two spellings for one.
    public init?(json: JSONValue) {
        guard let text = json.stringValue, let code = Self(rawValue: text),
            code.rawValue.utf8.elementsEqual(text.utf8)
        else { return nil }
        self = code
    }

    public var json: JSONValue { .string(rawValue) }
}

extension Int64: DiaryValue {
    public init?(json: JSONValue) {
        guard let number = json.integerValue else { return nil }
        self = number
    }

    public var json: JSONValue { .integer(self) }
}

extension Array: DiaryValue where Element: DiaryValue {
    public init?(json: JSONValue) {
        guard let items = json.arrayValue else { return nil }
        var values: [Element] = []
        for item in items {
            guard let value = Element(json: item) else { return nil }
            values.append(value)
        }
        self = values
    }

    public var json: JSONValue { .array(map(\.json)) }
}
