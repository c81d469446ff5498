public import SyncCore

extension VialRange: DiaryValue {
    public init?(json: JSONValue) {
        guard let ends = [Int64](json: json), ends.count == 2, let low = ends.first,
            let high = ends.last, low <= high
        else { return nil }
        self.init(low, high)
    }

    /// Both ends, each the number or the nearest that may stand in a line.
    public var json: JSONValue {
        [.integer(low.clampedToWire), .integer(high.clampedToWire)]
    }
}

extension VialRange {
    /// `6`, `4 to 6`.
    var number: String { isExact ? "\(low)" : "\(low) to \(high)" }
}

extension Int64 {
    /// The number, or the nearest that may stand in a line.
    var clampedToWire: Int64 {
        Swift.min(Swift.max(self, -JSONValue.integerLimit), JSONValue.integerLimit)
    }
}
