extension Fraction: CustomStringConvertible {
    /// `992/7`, or `32` for a whole number.
    public var description: String {
        denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
    }

    /// With so many decimals (0 to 9), rounded to the nearest, halves away from zero: `270.286`.
    public func decimals(_ places: Int) -> String {
        Self.text(Int128(numerator), over: denominator, places: places)
    }

    /// As `decimals`, without the noughts at the end: `32`, `28.8`.
    public func shortDecimals(_ places: Int) -> String {
        let text = decimals(places)
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(String(digits).reversed())
    }

    /// A hundred times itself with one decimal, rounded to the nearest, halves away from zero: `85.9`.
    public var percentNumber: String {
        Self.text(Int128(numerator) * 100, over: denominator, places: 1)
    }

    /// `85.9 %`.
    public var percent: String { "\(percentNumber) %" }

    private static func text(_ numerator: Int128, over denominator: Int64, places: Int) -> String {
        let places = min(max(places, 0), 9)
        let scale = (0..<places).reduce(UInt128(1)) { scale, _ in scale * 10 }
        let divisor = UInt128(denominator.magnitude)
        let (whole, rest) = (numerator.magnitude * scale).quotientAndRemainder(dividingBy: divisor)
        let rounded = rest * 2 >= divisor ? whole + 1 : whole
        let digits = String(rounded)
        let padded =
            String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let sign = numerator < 0 && rounded > 0 ? "-" : ""
        guard places > 0 else { return sign + padded }
        return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
    }
}
