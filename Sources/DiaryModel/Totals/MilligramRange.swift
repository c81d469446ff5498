/// An amount between two ends, both included, in milligrams.
public struct MilligramRange: Hashable, Sendable, CustomStringConvertible {
    public let low: Int64
    public let high: Int64

    /// The range between two amounts, in whatever order.
    public init(_ one: Int64, _ other: Int64) {
        low = min(one, other)
        high = max(one, other)
    }

    /// One amount.
    public init(_ exact: Int64) { self.init(exact, exact) }

    public static let zero = MilligramRange(0)

    public var isExact: Bool { low == high }

    /// The sum of two ranges, end by end; no sum passes the largest number there is.
    public static func + (left: Self, right: Self) -> Self {
        MilligramRange(
            left.low.addingSaturating(right.low), left.high.addingSaturating(right.high))
    }

    /// The range that holds both.
    public func union(_ other: Self) -> Self {
        MilligramRange(min(low, other.low), max(high, other.high))
    }

    /// `32.0 g` or `32.0-64.0 g`.
    public var description: String {
        let high = Grams(milligrams: high)
        return isExact ? "\(high)" : "\(Grams(milligrams: low).number)-\(high)"
    }
}
