public import SyncCore

/// A number of vials between two ends, both included; the ends differ where people do.
public struct VialRange: DiaryValue, CustomStringConvertible {
    public let low: Int64
    public let high: Int64

    /// The range between two numbers, in whatever order.
    public init(_ one: Int64, _ other: Int64) {
        low = min(one, other).clampedToWire
        high = max(one, other).clampedToWire
    }

    public init(_ exact: Int64) { self.init(exact, exact) }

    public static let zero = VialRange(0)

    public init?(json: JSONValue) {
        guard let ends = [Int64](json: json), ends.count == 2, let low = ends.first,
            let high = ends.last, low <= high
        else { return nil }
        self.init(low, high)
    }

    public var json: JSONValue { [.integer(low), .integer(high)] }

    static func + (left: Self, right: Self) -> Self {
        VialRange(
            left.low.addingSaturating(right.low), left.high.addingSaturating(right.high))
    }

    static func - (left: Self, right: Self) -> Self {
        VialRange(
            left.low.subtractingSaturating(right.high), left.high.subtractingSaturating(right.low))
    }

    /// The same, or nothing of it.
    var orNone: VialRange { VialRange(min(0, low), max(0, high)) }

    /// `6`, `4-6`.
    var number: String { low == high ? "\(low)" : "\(low) to \(high)" }

    /// `1 vial`, `6 vials`, `4 to 6 vials`.
    public var description: String { low == 1 && high == 1 ? "1 vial" : "\(number) vials" }
}

extension Int64 {
    /// The number, or the nearest that may stand in a line.
    var clampedToWire: Int64 {
        Swift.min(Swift.max(self, -JSONValue.integerLimit), JSONValue.integerLimit)
    }
}
