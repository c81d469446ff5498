/// What people type for the vials of an infusion: `8x4g`, `2x10g,1x4g`, `4x1.65g`.
public struct VialSpecification: Hashable, Sendable {
    /// Vials of this size.
    public let count: Int64
    /// Milligrams in each.
    public let vialMilligrams: Int64

    /// The specifications of a list separated by commas or plus signs; nil if one is not understood.
    ///
    /// - Parameter least: how few vials may be said of a size; a count of what is at home may find none.
    public static func list(typed: String, least: Int64 = 1) -> [VialSpecification]? {
        var list: [VialSpecification] = []
        let parts = typed.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "+" }
        for part in parts {
            guard let one = VialSpecification(typed: String(part), least: least) else { return nil }
            list.append(one)
        }
        return list
    }

    /// One specification, `<count>x<grams>g`; the `x` may be `×` or `*`.
    ///
    /// Without its unit it is not understood: a box says 10 g and 50 mL, and 2x10 could be either.
    public init?(typed: String, least: Int64 = 1) {
        var text = typed.lowercased().filter { $0 != " " }
        guard text.popLast() == "g" else { return nil }
        let parts = text.split(omittingEmptySubsequences: false) { "x×*".contains($0) }
        guard parts.count == 2, let first = parts.first, let last = parts.last,
            let count = DecimalDigits(Array(first.utf8))?.number, count >= least,
            let milligrams = Grams(typed: String(last))?.milligrams, milligrams > 0
        else { return nil }
        self.count = count
        vialMilligrams = milligrams
    }
}

/// An amount of immunoglobulin, kept in milligrams and shown in grams with one decimal.
public struct Grams: Hashable, Sendable, CustomStringConvertible {
    public let milligrams: Int64

    public init(milligrams: Int64) { self.milligrams = milligrams }

    /// Typed grams with at most three decimals, `4`, `1.65`; nil for anything else.
    public init?(typed: String) {
        let parts = typed.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            let whole = DecimalDigits(Array(parts[0].utf8))?.number,
            whole <= 1_000_000
        else { return nil }
        guard parts.count == 2 else {
            milligrams = whole * 1000
            return
        }
        let digits = Array(parts[1].utf8)
        guard digits.count <= 3,
            let decimals = DecimalDigits(digits + Array(repeating: 0x30, count: 3 - digits.count))
        else { return nil }
        guard !digits.isEmpty else { return nil }
        milligrams = whole * 1000 + decimals.number
    }

    /// `32.0 g`, rounded to the nearest tenth.
    public var description: String { "\(number) g" }

    /// `32.0`.
    var number: String {
        let magnitude = milligrams.magnitude
        let tenths = magnitude / 100 + (magnitude % 100 >= 50 ? 1 : 0)
        return "\(milligrams < 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
    }
}
