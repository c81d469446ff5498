/// A unit that a measure is shown in, and how many wire units make one of it.
public struct MeasureUnit: Hashable, Sendable {
    /// As people read it: `kPa`; empty where a number stands alone.
    public let symbol: String
    /// Wire units in one of this unit, a power of ten.
    public let wirePerUnit: Int64
    /// How many decimals are shown at least.
    public let decimals: Int
    /// The code of the Unified Code for Units of Measure.
    public let ucum: String

    private init(_ symbol: String, _ wirePerUnit: Int64, _ decimals: Int, ucum: String) {
        self.symbol = symbol
        self.wirePerUnit = wirePerUnit
        self.decimals = decimals
        self.ucum = ucum
    }

    public static let kilopascals = MeasureUnit("kPa", 1000, 1, ucum: "kPa")
    public static let kilograms = MeasureUnit("kg", 1000, 1, ucum: "kg")
    public static let poundsForce = MeasureUnit("lbf", 100, 1, ucum: "[lbf_av]")
    public static let points = MeasureUnit("points", 1, 0, ucum: "{score}")
    public static let centile = MeasureUnit("centile", 1, 0, ucum: "{score}")
    public static let seconds = MeasureUnit("s", 1000, 1, ucum: "s")
    public static let gramsPerLitre = MeasureUnit("g/L", 1000, 1, ucum: "g/L")
    public static let times = MeasureUnit("", 1, 0, ucum: "1")
    public static let days = MeasureUnit("days", 1, 0, ucum: "d")
    /// Immunoglobulin, kept in milligrams.
    public static let grams = MeasureUnit("g", 1000, 1, ucum: "g")
}

/// A number in wire units with the unit that it is shown in.
public struct MeasureNumber: Hashable, Sendable, CustomStringConvertible {
    public let wire: Int64
    public let unit: MeasureUnit

    public init(_ wire: Int64, _ unit: MeasureUnit) {
        self.wire = wire
        self.unit = unit
    }

    /// `54.1 kPa`; nothing is rounded, so `7.96 kPa` has as many decimals as it needs.
    public var description: String { withUnit(digits) }

    /// `+8.0 kPa`, `-8.0 kPa`, `0.0 kPa`.
    public var signed: String { withUnit(wire > 0 ? "+\(digits)" : digits) }

    /// The number alone: `54.1`.
    public var digits: String {
        let scale = unit.wirePerUnit.magnitude
        let whole = wire.magnitude / scale
        var decimals = ""
        var (rest, place) = (wire.magnitude % scale, scale)
        while place > 1, rest > 0 || decimals.utf8.count < unit.decimals {
            place /= 10
            decimals += "\(rest / place)"
            rest %= place
        }
        let sign = wire < 0 ? "-" : ""
        return decimals.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(decimals)"
    }

    private func withUnit(_ text: String) -> String {
        if unit.symbol.isEmpty { return text }
        // One point and one day are no plural; where decimals are shown the symbol is none either.
        let isOne = unit.decimals == 0 && digits.drop { $0 == "-" } == "1"
        let symbol = isOne && unit.symbol.hasSuffix("s") ? unit.symbol.dropLast() : unit.symbol[...]
        return "\(text) \(symbol)"
    }
}
