/// A lot for the eye and the ear; grouped when shown, never in the data.
public struct LotWords: Sendable {
    private let lot: PrintedText

    public init(_ lot: PrintedText) { self.lot = lot }

    /// "P 1 0 0 4 2 3 9 1 7".
    public var spaced: String { characters.joined(separator: " ") }

    /// "P, 1, 0, 0, 4", as a screen reader says it.
    public var spoken: String { characters.joined(separator: ", ") }

    private var characters: [String] {
        lot.text.filter { !$0.isWhitespace }.map { String($0) }
    }
}
