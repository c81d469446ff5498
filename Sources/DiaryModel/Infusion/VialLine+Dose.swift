extension VialLine {
    /// Milligrams in all vials of the line before anything was thrown away; nil if not known.
    public var contentMilligrams: Int64? {
        if component?.value == .hy { return 0 }
        guard let count = count?.value, let each = vialMilligrams?.value, count >= 0, each >= 0
        else {
            return nil
        }
        let (content, overflow) = count.multipliedReportingOverflow(by: each)
        return overflow ? nil : content
    }

    /// Milligrams given by this line; nil if not known.
    public var doseMilligrams: Int64? {
        guard let content = contentMilligrams else { return nil }
        let discarded = discardedMilligrams?.value ?? 0
        guard discarded >= 0, discarded <= content else { return nil }
        return content - discarded
    }

    /// The lot's key, where a lot stands there.
    public var lotKey: LotKey? { lot.flatMap { LotKey($0) } }

    /// Whether two lines say the same product, size and lot.
    public func isSameLot(as other: VialLine) -> Bool {
        guard let key = lotKey else { return false }
        return key == other.lotKey && product == other.product
            && vialMilligrams == other.vialMilligrams && component == other.component
    }
}

/// The grams of an infusion: what the known lines add up to, and whether all are known.
public struct DoseSum: Hashable, Sendable {
    /// Milligrams of the lines that are known.
    public let milligrams: Int64
    /// No line's dose is unknown.
    public let isComplete: Bool

    public init(_ lines: some Sequence<VialLine>) {
        var sum: Int64 = 0
        var complete = true
        for line in lines {
            guard let dose = line.doseMilligrams else {
                complete = false
                continue
            }
            let (next, overflow) = sum.addingReportingOverflow(dose)
            if overflow { complete = false } else { sum = next }
        }
        milligrams = sum
        isComplete = complete
    }
}
