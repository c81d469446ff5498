public import SyncCore

/// What a plan version says, as far as an infusion is checked against it.
public struct PlanFacts: Hashable, Sendable {
    public var route: Route?
    /// The product and its permitted substitutes.
    public var products: Set<ProductKey> = []
    /// Milligrams of a whole dose.
    public var doseMilligrams: Int64?
    /// Infusions that one dose is given in.
    public var parts: Int64 = 1
    public var maxSites: Int64?
    public var maxMicrolitresPerSite: Int64?
    public var maxMicrolitresPerHourPerSite: Int64?
    public var weightGrams: Int64?
    /// The instant from which another version holds, where one is known.
    public var supersededAtMs: Int64?

    public init() {}

    /// The facts of a plan's JSON; members that are not understood are left out.
    public init(json: JSONValue) {
        func number(_ key: String) -> Int64? { json[key]?.integerValue }
        route = json["route"].flatMap { Route(json: $0) }
        let product = json["product"].flatMap { ProductKey(json: $0) }
        let substitutes = json["substitutes"].flatMap { [ProductKey](json: $0) } ?? []
        products = Set(substitutes + [product].compactMap(\.self))
        doseMilligrams = number("doseMilligrams")
        parts = max(1, number("parts") ?? 1)
        maxSites = number("maxSites")
        maxMicrolitresPerSite = number("maxMicrolitresPerSite")
        maxMicrolitresPerHourPerSite = number("maxMicrolitresPerHourPerSite")
        weightGrams = number("weightGrams")
    }

    /// Milligrams of one infusion: the dose over its parts, rounded down.
    public var doseMilligramsPerInfusion: Int64? {
        doseMilligrams.map { $0 / max(1, parts) }
    }
}
