/// A fraction between two ends, both included: exact where nothing is in question.
public struct FractionRange: Hashable, Sendable {
    public let low: Fraction
    public let high: Fraction

    /// The range between two fractions, in whatever order.
    public init(_ one: Fraction, _ other: Fraction) {
        low = min(one, other)
        high = max(one, other)
    }

    /// Milligrams as a share of other milligrams; nil for a share of nothing, or one that does not fit.
    public init?(_ milligrams: MilligramRange, of whole: Fraction) {
        guard whole > .zero, let low = Fraction(milligrams.low).divided(by: whole),
            let high = Fraction(milligrams.high).divided(by: whole)
        else { return nil }
        self.init(low, high)
    }

    /// A count as a share of another; nil for a share of nothing.
    public init?(_ count: CountRange, of whole: Int) {
        guard let low = Fraction(Int64(count.low), over: Int64(whole)),
            let high = Fraction(Int64(count.high), over: Int64(whole))
        else { return nil }
        self.init(low, high)
    }

    public var isExact: Bool { low == high }

    /// `85.9 %` or `85.9-98.4 %`, each rounded to the nearest tenth, halves away from zero.
    public var percent: String {
        isExact ? high.percent : "\(low.percentNumber)-\(high.percent)"
    }
}
