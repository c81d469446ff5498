/// A unit of the wire, which stands last in a member's name, and the one in which people say it.
///
/// `gripPascals` 54100 is 54.1 kPa: the rows are those of domain 2.10, exact both ways because each is
/// the other with its point moved.
public struct WireUnit: Hashable, Sendable {
    /// What the member's name ends in.
    let suffix: String
    /// The unit as people write it; empty for a bare number.
    public let text: String
    /// How far the point is moved.
    let decimals: Int
    /// How many decimals are shown where they are zeros.
    let shown: Int

    private init(_ suffix: String, _ text: String, _ decimals: Int, shown: Int = 0) {
        self.suffix = suffix
        self.text = text
        self.decimals = decimals
        self.shown = shown
    }

    /// The longer names first, so that each is found by its whole unit.
    private static let all: [WireUnit] = [
        WireUnit("MicrolitresPerKilogramPerHour", "mL/kg/h", 3),
        WireUnit("MicrolitresPerHourPerSite", "mL/h", 3),
        WireUnit("MicrolitresPerHour", "mL/h", 3),
        WireUnit("MicrolitresPerSite", "mL", 3),
        WireUnit("Microlitres", "mL", 3),
        WireUnit("MilligramsPerKilogram", "g/kg", 3, shown: 1),
        WireUnit("MilligramsPerLitre", "g/L", 3, shown: 1),
        WireUnit("Milligrams", "g", 3, shown: 1),
        WireUnit("Pascals", "kPa", 3, shown: 1),
        WireUnit("PoundHundredths", "lbf", 2, shown: 1),
        WireUnit("CelsiusHundredths", "°C", 2, shown: 1),
        WireUnit("Milliseconds", "s", 3, shown: 1),
        WireUnit("Millimetres", "mm", 0),
        WireUnit("Micrometres", "mm", 3),
        WireUnit("Grams", "kg", 3, shown: 1),
        WireUnit("MmHg", "mmHg", 0),
        WireUnit("Percent", "%", 0),
        WireUnit("PerMinute", "a minute", 0),
        WireUnit("Days", "days", 0),
        WireUnit("Minutes", "min", 0),
        WireUnit("Points", "", 0),
    ]

    /// Medicines beside the immunoglobulin are said in milligrams, as their packs say them.
    public static let milligrams = WireUnit("Milligrams", "mg", 0)

    /// The unit in a member's name; nil where there is none.
    public static func of(_ member: String) -> WireUnit? {
        all.first { member.hasSuffix($0.suffix) }
    }

    /// A member's name without its unit: `dose` of `doseMilligrams`.
    static func bare(_ member: String) -> String {
        guard let unit = of(member), member.count > unit.suffix.count else { return member }
        return String(member.dropLast(unit.suffix.count))
    }

    /// What a person typed, with or without its unit, in units of the wire; nil for anything else.
    public func read(_ typed: String) -> Int64? {
        var text = typed.trimmed
        for written in spellings where text.lowercased().hasSuffix(written) {
            text = String(text.dropLast(written.count)).trimmed
            break
        }
        return TypedDecimal.units(text, decimals: decimals)
    }

    /// `54.1 kPa`, exactly what the wire says.
    public func words(_ number: Int64) -> String {
        let digits = TypedDecimal.words(number, decimals: decimals, shown: shown)
        switch text {
        case "": return digits
        case "%": return digits + " %"
        case "days": return number == 1 ? "1 day" : "\(digits) days"
        default: return "\(digits) \(text)"
        }
    }

    /// How the unit may be written after a number, the longest first.
    private var spellings: [String] {
        switch text {
        case "": []
        case "°C": ["°c", "c"]
        case "a minute": ["a minute", "/min"]
        case "days": ["days", "day", "d"]
        case "min": ["minutes", "min"]
        default: [text.lowercased()]
        }
    }
}
