/// What stands around a code's content: which symbol it was, which grammar it is in, where it ends.
struct ScanEnvelope {
    let grammar: Scan.Grammar
    let content: ArraySlice<UInt8>

    init(_ raw: [UInt8]) {
        var rest = raw[...].trimmingSpaces
        var isGS1 = false
        // `]d2` DataMatrix, `]C1` GS1-128, `]Q3` QR; others name a symbol and no grammar.
        if rest.first == UInt8(ascii: "]"), rest.count >= 3 {
            isGS1 = Self.gs1Symbols.contains { rest.starts(with: $0) }
            rest = rest.dropFirst(3)
        }
        if rest.starts(with: Self.pharmacyHeader) {
            grammar = .pharmacyProduct
            content = rest.dropFirst(Self.pharmacyHeader.count).prefix { $0 != 0x1E && $0 != 0x04 }
            return
        }
        // In first position FNC1 says that it is GS1, and is no data.
        if rest.first == ScanElements.separator {
            isGS1 = true
            rest = rest.dropFirst()
        }
        content = rest
        if rest.first == UInt8(ascii: "(") {
            grammar = .parenthesised
        } else if !isGS1, (12...14).contains(rest.count),
            rest.allSatisfy({ (0x30...0x39).contains($0) })
        {
            grammar = .tradeItem
        } else {
            grammar = .elementString
        }
    }

    /// The elements of a content that has some.
    var elements: ScanElements {
        switch grammar {
        case .parenthesised: ScanElements(parenthesised: content)
        case .pharmacyProduct: ScanElements(pharmacyFields: content)
        default: ScanElements(elementString: content)
        }
    }

    private static let gs1Symbols = ["]d2", "]C1", "]Q3"].map { Array($0.utf8) }
    /// `[)>`, record separator, `06`, separator.
    private static let pharmacyHeader = Array("[)>\u{1E}06\u{1D}".utf8)
}
