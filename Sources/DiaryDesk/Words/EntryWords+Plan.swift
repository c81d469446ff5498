import DiaryModel
public import SyncCore

/// A version of the treatment plan in words: what it says and nothing that follows from it.
extension EntryWords {
    /// A version in one line.
    public func summary(ofPlan plan: JSONValue) -> String { planSummary(plan) }

    /// A version with a line for each thing that it says.
    public func lines(ofPlan plan: JSONValue) -> [String] { planLines(plan) }

    /// A plan in a few words: `Hizentra 32.0 g every 7 days, under the skin, from …`.
    func planSummary(_ json: JSONValue) -> String {
        guard let object = json.objectValue else { return Self.newer }
        func said(_ member: String) -> String? {
            object[member].map { anyWords($0, named: member) }
        }
        let key = object["product"]?.stringValue.map { ProductKey($0) }
        let product = key.flatMap { catalogue.product($0)?.name } ?? key?.text ?? "product not said"
        let route = object["route"].flatMap { Route(json: $0) }?.words
        var words = "\(product) \(said("doseMilligrams") ?? "dose not said")"
        words += " every \(said("intervalDays") ?? "? days")"
        if let parts = object["parts"]?.integerValue, parts > 1 { words += " in \(parts) parts" }
        if let route { words += ", \(route)" }
        if let from = said("effectiveFrom") { words += ", from \(from)" }
        if let end = said("effectiveUntil") { words += ", no more from \(end)" }
        return words
    }

    /// A line for each thing that a plan says.
    func planLines(_ json: JSONValue) -> [String] {
        guard let object = json.objectValue else { return [Self.newer] }
        var known = Self.order.filter { object[$0] != nil }
        known += object.keys.filter { !known.contains($0) }
        return known.compactMap { member in
            object[member].map { "\(Self.memberLabel(member)): \(planWords($0, member))" }
        }
    }

    /// The order in which people ask for it.
    private static let order = [
        "product", "substitutes", "route", "doseMilligrams", "intervalDays", "parts", "dueMode",
        "graceDays", "effectiveFrom", "effectiveUntil", "ramp", "taper", "maxSites",
        "maxMicrolitresPerSite",
        "maxMicrolitresPerHourPerSite", "rateSteps", "premeds", "checks", "measures", "stopRules",
        "emergencyPhone", "clinicPhone", "targetIggMilligramsPerLitre", "weightGrams",
        "doseMilligramsPerKilogram", "indication", "zone", "siblingPlan",
    ]

    private func planWords(_ json: JSONValue, _ member: String) -> String {
        let items = json.arrayValue ?? []
        switch member {
        case "product": return productWords(json)
        case "substitutes": return items.map(productWords).joined(separator: ", ")
        case "route": return Route(json: json)?.words ?? anyWords(json, named: member)
        case "indication": return json.stringValue.map { $0.uppercased() } ?? "?"
        case "zone", "stopRules", "emergencyPhone", "clinicPhone":
            return json.stringValue ?? anyWords(json, named: member)
        case "premeds", "checks", "measures", "ramp", "taper", "rateSteps":
            return items.map(stepWords).joined(separator: "; ")
        default: return anyWords(json, named: member)
        }
    }

    private func productWords(_ json: JSONValue) -> String {
        guard let key = ProductKey(json: json) else { return "?" }
        return catalogue.product(key)?.name ?? key.text
    }

    /// One step of a ramp, a taper or the pump, one medicine, one item or one measure.
    private func stepWords(_ json: JSONValue) -> String {
        func said(_ member: String) -> String? { json[member].map { anyWords($0, named: member) } }
        if let name = json["name"]?.stringValue {
            let dose = json["doseMilligrams"]?.integerValue.map(WireUnit.milligrams.words)
            return [Self.spaced(name), dose].compactMap(\.self).joined(separator: " ")
        }
        if let item = json["item"]?.stringValue {
            return Self.label("answer.\(item)")
                + (said("concern").map { ", a worry if \($0)" } ?? "")
                + (json["text"]?.stringValue.map { ": “\($0)”" } ?? "")
        }
        if let code = json["measure"]?.stringValue {
            return Self.measureLabel(code) + (said("everyDays").map { " every \($0)" } ?? "")
        }
        if let day = json["dayOffset"]?.integerValue {
            return "day \(day) \(said("doseMilligrams") ?? "?")"
        }
        if let minutes = json["minutes"]?.integerValue {
            return "\(minutes) min at \(said("rateMicrolitresPerKilogramPerHour") ?? "?")"
        }
        if let from = said("from") {
            let what = said("doseMilligrams") ?? said("intervalDays").map { "every \($0)" } ?? "?"
            return "from \(from) \(what)" + (said("reason").map { " (\($0))" } ?? "")
        }
        return anyWords(json, named: "")
    }
}
