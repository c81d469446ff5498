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

    /// The facts of a plan for an infusion of that day: the dose is that of the ramp or taper then.
    ///
    /// - Parameter day: nil takes the plan's own dose.
    public init(_ plan: TreatmentPlan, on day: CivilDate? = nil) {
        route = plan.route
        products = Set((plan.substitutes ?? []) + [plan.product])
        doseMilligrams = day.map { plan.doseMilligrams(on: $0) } ?? plan.doseMilligrams
        parts = plan.parts ?? 1
        maxSites = plan.maxSites
        maxMicrolitresPerSite = plan.maxMicrolitresPerSite
        maxMicrolitresPerHourPerSite = plan.maxMicrolitresPerHourPerSite
        weightGrams = plan.weightGrams
    }

    /// The facts of a plan's JSON; against a plan that cannot be read nothing is checked.
    public init(json: JSONValue) {
        guard let plan = TreatmentPlan(json: json) else {
            self.init()
            return
        }
        self.init(plan)
    }

    /// Milligrams of one infusion: the dose over its parts, rounded down.
    public var doseMilligramsPerInfusion: Int64? {
        doseMilligrams.map { $0 / max(1, parts) }
    }
}
