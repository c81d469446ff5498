/// How a number is told to a person: which unit the end of its member's name stands for.
///
/// On the wire numbers are whole and their unit stands last in the name (domain 2.10).
struct UnitSuffix: Sendable {
    /// The end of the member's name.
    let suffix: String
    let decimals: Int
    let unit: String
    /// What is put in its place where several members would otherwise have one name.
    let noun: String

    private init(_ suffix: String, _ decimals: Int, _ unit: String, _ noun: String = "") {
        self.suffix = suffix
        self.decimals = decimals
        self.unit = unit
        self.noun = noun
    }

    /// The longest end that fits comes first.
    static let all: [UnitSuffix] = [
        UnitSuffix("MicrolitresPerKilogramPerHour", 3, "mL/kg/h", "RatePerKilogram"),
        UnitSuffix("MicrolitresPerHourPerSite", 3, "mL/h per site", "RatePerSite"),
        UnitSuffix("MilligramsPerKilogram", 3, "g/kg", "PerKilogram"),
        UnitSuffix("MicrolitresPerSite", 3, "mL per site", "VolumePerSite"),
        UnitSuffix("MicrolitresPerHour", 3, "mL/h", "Rate"),
        UnitSuffix("MilligramsPerLitre", 3, "g/L"),
        UnitSuffix("CelsiusHundredths", 2, "°C"),
        UnitSuffix("PoundHundredths", 2, "lbf"),
        UnitSuffix("Milliseconds", 3, "s"),
        UnitSuffix("Millimetres", 0, "mm"),
        UnitSuffix("Micrometres", 3, "mm"),
        UnitSuffix("Microlitres", 3, "mL", "Volume"),
        UnitSuffix("Milligrams", 3, "g", "Mass"),
        UnitSuffix("PerMinute", 0, "per minute"),
        UnitSuffix("Pascals", 3, "kPa"),
        UnitSuffix("Minutes", 0, "minutes"),
        UnitSuffix("Percent", 0, "%"),
        UnitSuffix("Points", 0, "points"),
        UnitSuffix("Grams", 3, "kg"),
        UnitSuffix("MmHg", 0, "mmHg"),
        UnitSuffix("Days", 0, "days"),
        UnitSuffix("Ms", 3, "s"),
    ]

    /// The unit of a member, and its name without it; nil where the name has none.
    static func of(_ name: String) -> (name: String, unit: UnitSuffix)? {
        for unit in all
        where name.hasSuffix(unit.suffix) && name.utf8.count > unit.suffix.utf8.count {
            return (
                String(decoding: name.utf8.dropLast(unit.suffix.utf8.count), as: UTF8.self), unit
            )
        }
        return nil
    }

    /// `4.0 g`, `12 points`.
    func text(_ number: Int64) -> String {
        let digits = decimals == 0 ? String(number) : "\(ExactDecimal(number, decimals: decimals))"
        return "\(digits) \(unit)"
    }
}
