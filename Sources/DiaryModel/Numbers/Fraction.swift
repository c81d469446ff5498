/// An exact fraction of two whole numbers, reduced, its denominator positive.
///
/// 32 g in 7 days is 32/7 g a day, and 31 days of it are 992/7 g: a binary float is neither. Arithmetic
/// is exact or fails: a result that does not fit is nil, never rounded, never the nearest number and
/// never a trap. Rounding happens once, in text.
public struct Fraction: Hashable, Sendable {
    public let numerator: Int64
    /// At least 1.
    public let denominator: Int64

    public init(_ whole: Int64) {
        numerator = whole
        denominator = 1
    }

    /// Nil for a denominator of 0, and for the few numbers that do not fit when reduced.
    public init?(_ numerator: Int64, over denominator: Int64) {
        self.init(wide: Int128(numerator), over: Int128(denominator))
    }

    private init?(wide numerator: Int128, over denominator: Int128) {
        guard denominator != 0 else { return nil }
        let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
        let isNegative = (numerator < 0) != (denominator < 0)
        guard let top = Int128(exactly: numerator.magnitude / divisor),
            let signed = Int64(exactly: isNegative ? -top : top),
            let bottom = Int64(exactly: denominator.magnitude / divisor)
        else { return nil }
        self.numerator = signed
        self.denominator = bottom
    }

    public static let zero = Fraction(0)

    /// The greatest common divisor; at least 1, since the second number is.
    private static func commonDivisor(_ one: UInt128, _ other: UInt128) -> UInt128 {
        var (larger, smaller) = (one, other)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}

// Products of two 64-bit numbers and sums of two of them fit in 128 bits.
extension Fraction {
    /// The sum; nil where it does not fit.
    public func adding(_ other: Fraction) -> Fraction? {
        Fraction(
            wide: Int128(numerator) * Int128(other.denominator)
                + Int128(other.numerator) * Int128(denominator),
            over: Int128(denominator) * Int128(other.denominator))
    }

    /// The difference; nil where it does not fit.
    public func subtracting(_ other: Fraction) -> Fraction? {
        Fraction(
            wide: Int128(numerator) * Int128(other.denominator)
                - Int128(other.numerator) * Int128(denominator),
            over: Int128(denominator) * Int128(other.denominator))
    }

    /// The product; nil where it does not fit.
    public func multiplied(by other: Fraction) -> Fraction? {
        Fraction(
            wide: Int128(numerator) * Int128(other.numerator),
            over: Int128(denominator) * Int128(other.denominator))
    }

    /// The quotient; nil for a divisor of 0, and where it does not fit.
    public func divided(by other: Fraction) -> Fraction? {
        Fraction(
            wide: Int128(numerator) * Int128(other.denominator),
            over: Int128(denominator) * Int128(other.numerator))
    }
}

extension Fraction: Comparable {
    /// Compares the cross products in full width, so that no size overflows.
    public static func < (left: Self, right: Self) -> Bool {
        let one = left.numerator.multipliedFullWidth(by: right.denominator)
        let other = right.numerator.multipliedFullWidth(by: left.denominator)
        return (one.high, one.low) < (other.high, other.low)
    }
}
