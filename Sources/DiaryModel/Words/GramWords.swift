/// Grams inside a sentence: "64 of 128 g", "28.8 g"; a table has its one decimal always (`Grams`).
public enum GramWords {
    /// To the nearest tenth, without a nought behind the point: `64`, `270.3`.
    public static func number(_ milligrams: Fraction) -> String {
        milligrams.divided(by: Fraction(1000))?.shortDecimals(1) ?? "?"
    }

    /// As above: `64`, `220-252`.
    public static func number(_ range: MilligramRange) -> String {
        let high = number(Fraction(range.high))
        return range.isExact ? high : "\(number(Fraction(range.low)))-\(high)"
    }

    /// Exact to the milligram: `1.65`, `4`.
    public static func exact(_ milligrams: Int64) -> String {
        Fraction(milligrams, over: 1000)?.shortDecimals(3) ?? "?"
    }
}
