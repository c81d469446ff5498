public import SyncCore

/// The catalogue key of a product, covering all its vial sizes.
public struct ProductKey: DiaryValue, ExpressibleByStringLiteral, Comparable,
    CustomStringConvertible
{
    private let printed: PrintedText

    public init(_ text: String) { printed = PrintedText(text) }
    public init(stringLiteral value: String) { printed = PrintedText(value) }

    public init?(json: JSONValue) {
        guard let printed = PrintedText(json: json), !printed.text.isEmpty else { return nil }
        self.printed = printed
    }

    public var json: JSONValue { printed.json }
    public var text: String { printed.text }
    public var description: String { text }

    /// A product that is not in the catalogue and stands in words.
    public static let other: ProductKey = "other"

    public static func < (left: Self, right: Self) -> Bool { left.printed < right.printed }
}
