/// A number of vials between two ends, both included; below zero where more was used than is known of.
public struct VialRange: Hashable, Sendable, CustomStringConvertible {
    public let low: Int64
    public let high: Int64

    /// The range between two numbers, in whatever order.
    public init(_ one: Int64, _ other: Int64) {
        low = min(one, other)
        high = max(one, other)
    }

    /// One number.
    public init(_ exact: Int64) { self.init(exact, exact) }

    public static let zero = VialRange(0)

    public var isExact: Bool { low == high }

    /// The sum of two ranges, end by end; no sum passes the largest number there is.
    public static func + (left: Self, right: Self) -> Self {
        VialRange(left.low.addingSaturating(right.low), left.high.addingSaturating(right.high))
    }

    /// What may be left: the least taken from the most, the most from the least.
    public static func - (left: Self, right: Self) -> Self {
        VialRange(
            left.low.subtractingSaturating(right.high), left.high.subtractingSaturating(right.low))
    }

    public static func += (left: inout Self, right: Self) { left = left + right }

    /// The range that holds both.
    public func union(_ other: Self) -> Self {
        VialRange(min(low, other.low), max(high, other.high))
    }

    /// Whether a number may be both.
    public func overlaps(_ other: Self) -> Bool { low <= other.high && other.low <= high }

    /// All of it, or none: of what may not have happened, or not then.
    var orNone: Self { union(.zero) }

    /// Without what lies below zero: no vial can be less than not there.
    var atLeastNone: Self { VialRange(max(0, low), max(0, high)) }

    /// `12` or `4-12`.
    public var description: String { isExact ? "\(low)" : "\(low)-\(high)" }
}

extension VialRange {
    /// The copies of one entry are counted by the same rules, whether in milligrams or in vials.
    init(_ amount: MilligramRange) { self.init(amount.low, amount.high) }
    var amount: MilligramRange { MilligramRange(low, high) }
}
