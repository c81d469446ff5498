/// A number of things between two ends, both included: exact where nothing is in question.
public struct CountRange: Hashable, Sendable, CustomStringConvertible {
    public let low: Int
    public let high: Int

    /// The range between two numbers, in whatever order.
    public init(_ one: Int, _ other: Int) {
        low = min(one, other)
        high = max(one, other)
    }

    /// One number.
    public init(_ exact: Int) { self.init(exact, exact) }

    public static let zero = CountRange(0)

    public var isExact: Bool { low == high }

    /// `7` or `6-7`.
    public var description: String { isExact ? "\(high)" : "\(low)-\(high)" }
}
