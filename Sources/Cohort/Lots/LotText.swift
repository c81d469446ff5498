internal import DiaryModel
internal import SeededRandom

/// What lots look like: the shapes seen in notices, one for each maker.
enum LotText {
    /// A new lot of a product in its maker's shape.
    static func random(of product: ProductKey, using random: inout SplitMix64) -> String {
        let holder = Catalogue.seed.product(product)?.holder ?? ""
        if holder.hasPrefix("Octapharma") {
            return letter(of: "ABKLM", &random) + digits(3, &random) + letter(of: "ABCDE", &random)
                + digits(4, &random)
        }
        if holder.hasPrefix("Grifols") || holder.hasPrefix("Kedrion") {
            return "B" + digits(2, &random) + letter(of: "JKL", &random) + digits(6, &random)
        }
        if holder.hasPrefix("CSL") { return "P" + digits(9, &random) }
        if holder.hasPrefix("Takeda") {
            return "LE" + digits(2, &random) + letter(of: "DEFN", &random) + digits(3, &random)
                + letter(of: "ABC", &random) + letter(of: "ABCDEF", &random)
        }
        return digits(6, &random)
    }

    /// The lot one letter apart from this one, another one letter back or on.
    static func sister(of text: String) -> String {
        var bytes = Array(text.utf8)
        guard
            let index = bytes.indices.last(where: { isLetter(bytes[$0]) && $0 > 0 })
                ?? bytes.indices.last
        else { return text }
        switch bytes[index] {
        case UInt8(ascii: "Z"), UInt8(ascii: "9"): bytes[index] -= 2
        default: bytes[index] += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What somebody types who makes one slip; nil where this slip cannot be made.
    static func typed(
        _ text: String, with slip: LotSlip, using random: inout SplitMix64
    ) -> String? {
        var bytes = Array(text.utf8)
        switch slip {
        case .eightForB: return swapped(bytes, "B", "8", &random)
        case .zeroForO: return swapped(bytes, "O", "0", &random)
        case .transposition:
            let places = bytes.indices.dropLast().filter { bytes[$0] != bytes[$0 + 1] }
            guard !places.isEmpty else { return nil }
            let place = random.pick(Array(places))
            bytes.swapAt(place, place + 1)
            return String(decoding: bytes, as: UTF8.self)
        case .truncation:
            guard bytes.count > 6 else { return nil }
            return String(decoding: bytes.dropLast(random.between(1...2)), as: UTF8.self)
        }
    }

    /// The ways in which people write down what is printed, all the same lot.
    static func typedRight(_ text: String, using random: inout SplitMix64) -> String {
        switch random.below(8) {
        case 0: text.lowercased()
        case 1: String(text.prefix(4)) + " " + String(text.dropFirst(4))
        case 2: "LOT " + text
        case 3: "(10)" + text
        default: text
        }
    }

    private static func swapped(
        _ bytes: [UInt8], _ left: Unicode.Scalar, _ right: Unicode.Scalar,
        _ random: inout SplitMix64
    ) -> String? {
        let (left, right) = (UInt8(ascii: left), UInt8(ascii: right))
        let places = bytes.indices.filter { bytes[$0] == left || bytes[$0] == right }
        guard !places.isEmpty else { return nil }
        let place = random.pick(Array(places))
        var changed = bytes
        changed[place] = bytes[place] == left ? right : left
        return String(decoding: changed, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func letter(of letters: String, _ random: inout SplitMix64) -> String {
        String(random.pick(Array(letters)))
    }

    private static func digits(_ count: Int, _ random: inout SplitMix64) -> String {
        (0..<count).map { _ in String(random.below(10)) }.joined()
    }
}
