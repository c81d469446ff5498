/// The two to four digits that say what follows them in a GS1 element string, and how long that is.
///
/// The first two digits alone settle both lengths (domain 8.3), so an element whose meaning nobody
/// here knows is still stepped over without shifting what follows.
struct ApplicationIdentifier: Hashable {
    /// `01`, `240`.
    let digits: PrintedText
    let data: Length

    enum Length: Hashable {
        /// So many digits, with nothing that ends them.
        case fixed(Int)
        /// Up to the next separator or the end.
        case variable
    }

    /// The identifier that these bytes begin with; nil if they begin with none.
    init?(beginning bytes: ArraySlice<UInt8>) {
        guard let two = DecimalDigits(bytes.prefix(2)), bytes.count >= 2,
            let rule = Self.rules.first(where: { $0.firstTwo.contains(Int(two.number)) })
        else { return nil }
        let digits = bytes.prefix(rule.digits)
        guard digits.count == rule.digits, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.digits = PrintedText(String(decoding: digits, as: UTF8.self))
        data = rule.data
    }

    /// By the first two digits: how many digits the identifier has, and its data.
    private static let rules: [(firstTwo: ClosedRange<Int>, digits: Int, data: Length)] = [
        (0...0, 2, .fixed(18)), (1...3, 2, .fixed(14)), (10...10, 2, .variable),
        (11...19, 2, .fixed(6)), (20...20, 2, .fixed(2)), (21...22, 2, .variable),
        (23...25, 3, .variable), (30...30, 2, .variable), (31...36, 4, .fixed(6)),
        (37...37, 2, .variable), (39...39, 4, .variable), (40...40, 3, .variable),
        (41...41, 3, .fixed(13)), (42...42, 3, .variable), (43...43, 4, .variable),
        (70...70, 4, .variable), (71...71, 3, .variable), (72...72, 4, .variable),
        (80...82, 4, .variable), (90...99, 2, .variable),
    ]
}
