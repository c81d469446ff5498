/// Where a lot may end that has swallowed the elements behind it, because the scanner sends no separator.
///
/// The lot is tried at every length, and what is left has to read wholly as elements that were not said
/// before, with dates that are dates. The reading that explains most is suggested, and only if there is
/// one alone; a person confirms it from the pack, for a lot that happens to look so is possible.
struct LotSuggestion {
    let lot: PrintedText

    init?(in swallowed: PrintedText, besides said: Set<PrintedText>, year: Int) {
        let bytes = Array(swallowed.text.utf8)[...]
        var best: [(lot: ArraySlice<UInt8>, explained: Int)] = []
        for length in 1...Scan.longestNumber where length < bytes.count {
            let rest = ScanElements(elementString: bytes.dropFirst(length))
            guard Self.isLikely(rest, besides: said, year: year) else { continue }
            let explained = rest.elements.count
            let most = best.first?.explained ?? 0
            if explained > most { best = [] }
            if explained >= most { best.append((bytes.prefix(length), explained)) }
        }
        guard best.count == 1, let found = best.first else { return nil }
        lot = PrintedText(String(decoding: found.lot, as: UTF8.self))
    }

    private static let dates: Set<PrintedText> = ["11", "17"]
    private static let numbers: Set<PrintedText> = ["21"]

    private static func isLikely(
        _ rest: ScanElements, besides said: Set<PrintedText>, year: Int
    ) -> Bool {
        let identifiers = Set(rest.elements.map(\.identifier))
        return rest.isWhole && identifiers.count == rest.elements.count
            && identifiers.isDisjoint(with: said)
            && rest.elements.allSatisfy { element in
                if dates.contains(element.identifier) {
                    return Expiry(typed: element.value.text, year: year) != nil
                }
                return numbers.contains(element.identifier)
                    && element.value.byteCount <= Scan.longestNumber
            }
    }
}
