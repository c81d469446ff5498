import SyncCore

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

extension Warning {
    /// The finding with what it was found in, where the code alone does not say enough.
    public var sentence: String {
        switch code {
        case .doseNotWholeVials: notWholeVials ?? code.sentence
        default: code.sentence
        }
    }

    /// "28.8 g is not whole vials of 4 g." for each such dose; it offers no other.
    private var notWholeVials: String? {
        let said = (seen.arrayValue ?? []).compactMap { dose -> String? in
            guard let milligrams = dose["doseMilligrams"]?.integerValue,
                let vial = dose["vialMilligrams"]
            else { return nil }
            let sizes = vial.integerValue.map { [$0] } ?? [Int64](json: vial) ?? []
            guard !sizes.isEmpty else { return nil }
            let list = Self.either(sizes.map(GramWords.exact))
            return "\(GramWords.exact(milligrams)) g is not whole vials of \(list) g."
        }
        return said.isEmpty ? nil : said.joined(separator: " ")
    }

    /// "1, 2, 4 or 10".
    private static func either(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " or " + last
    }
}
