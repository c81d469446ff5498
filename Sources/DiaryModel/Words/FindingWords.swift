import SyncCore

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
