import SyncCore

/// How a member of a measured value goes out: its unit, and its code where another list has just that.
///
/// A grip in kilopascals is not the LOINC term for a dynamometer, whose example unit is pound-force
/// (domain 2.5): it goes out under our own code, and so does everything else without an exact one.
struct FHIRMeasure {
    let member: String
    let decimals: Int
    let unit: String
    let ucum: String
    /// LOINC code and name, for exactly this measure in this unit.
    var loinc: (measure: String, code: String, name: String)?

    static let all: [FHIRMeasure] = [
        FHIRMeasure(member: "gripPascals", decimals: 3, unit: "kPa", ucum: "kPa"),
        FHIRMeasure(member: "forceGrams", decimals: 3, unit: "kg", ucum: "kg"),
        FHIRMeasure(member: "forcePoundHundredths", decimals: 2, unit: "lbf", ucum: "[lbf_av]"),
        FHIRMeasure(member: "points", decimals: 0, unit: "points", ucum: "{points}"),
        FHIRMeasure(member: "rawPoints", decimals: 0, unit: "points", ucum: "{points}"),
        FHIRMeasure(member: "walkMilliseconds", decimals: 3, unit: "s", ucum: "s"),
        FHIRMeasure(
            member: "weightGrams", decimals: 3, unit: "kg", ucum: "kg",
            loinc: ("weight", "29463-7", "Body weight")),
        FHIRMeasure(
            member: "iggMilligramsPerLitre", decimals: 3, unit: "g/L", ucum: "g/L",
            loinc: ("igg_trough", "2465-3", "IgG [Mass/volume] in Serum or Plasma")),
        FHIRMeasure(member: "count", decimals: 0, unit: "times", ucum: "{count}"),
        FHIRMeasure(member: "days", decimals: 0, unit: "days", ucum: "d"),
    ]

    /// The number in its unit.
    func quantity(_ number: Int64) -> FHIRObject {
        FHIRParts.quantity(number, decimals: decimals, unit, ucum: ucum)
    }

    /// What was measured: our code, and LOINC's where it says the same; nil for an empty text.
    static func concept(_ code: String, with measure: FHIRMeasure?) -> FHIRObject? {
        guard !code.isEmpty else { return nil }
        var codings: [FHIRObject] = []
        if let loinc = measure?.loinc, loinc.measure == code {
            codings.append(FHIRParts.coding(FHIRNames.loinc, .text(loinc.code), loinc.name))
        }
        if let value = FHIRParts.code(code) {
            codings.append(FHIRParts.coding(FHIRNames.codes("measure"), value))
        }
        return ["coding": .objects(codings), "text": .text(code)]
    }
}
