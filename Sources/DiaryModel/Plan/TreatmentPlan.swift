public import SyncCore

/// What a doctor signed: the whole value of the field `plan`, read strictly and written back the same.
///
/// A plan with a member that this version does not know is not read at all: whatever it says may change
/// what all the others mean, and a dose worked out from half a plan is nobody's. It is then kept and
/// shown as not readable, and nothing is worked out from it.
public struct TreatmentPlan: DiaryValue {
    /// The local day from which it holds; it ends where a settled successor begins.
    public var effectiveFrom: CivilDate
    /// The first local day on which it holds no more, with or without a successor: the treatment ends
    /// or pauses. On the day from which it holds, it holds on none and ends the version before.
    public var effectiveUntil: CivilDate?
    /// The IANA name of the home zone, in which days are counted.
    public var zone: PrintedText
    public var indication: Indication?
    public var product: ProductKey
    /// Products that may take its place.
    public var substitutes: [ProductKey]?
    public var route: Route
    /// Milligrams in one interval, all parts together.
    public var doseMilligrams: Int64
    public var intervalDays: Int64
    /// Infusions that one dose is given in; one where it does not say.
    public var parts: Int64?
    /// The body weight it was worked out from, in grams.
    public var weightGrams: Int64?
    /// A check of the dose, never its source.
    public var doseMilligramsPerKilogram: Int64?
    public var dueMode: DueMode?
    public var graceDays: Int64?
    public var maxSites: Int64?
    public var maxMicrolitresPerSite: Int64?
    public var maxMicrolitresPerHourPerSite: Int64?
    public var rateSteps: [PlanRateStep]?
    public var ramp: [RampStep]?
    public var taper: [TaperStep]?
    public var premeds: [PlannedPremedication]?
    public var checks: [PlannedCheck]?
    public var measures: [PlannedMeasure]?
    /// When to stop and whom to tell, in the clinic's words.
    public var stopRules: [PrintedText]?
    public var emergencyPhone: PrintedText?
    public var clinicPhone: PrintedText?
    public var targetIggMilligramsPerLitre: Int64?
    /// The entry of a second plan that holds beside this one.
    public var siblingPlan: EntryID?

    public init(
        effectiveFrom: CivilDate, zone: PrintedText, product: ProductKey, route: Route,
        doseMilligrams: Int64, intervalDays: Int64
    ) {
        self.effectiveFrom = effectiveFrom
        self.zone = zone
        self.product = product
        self.route = route
        self.doseMilligrams = doseMilligrams
        self.intervalDays = intervalDays
    }

    /// The plan of this JSON; nil outside the table's limits, and where it contradicts itself.
    public init?(json: JSONValue) {
        self.init(shaped: json)
        guard contradiction == nil else { return nil }
    }

    /// As above, though it may contradict itself.
    init?(shaped json: JSONValue) {
        guard let row = FieldTable.row(kind: .plan, field: "plan"),
            ShapeCheck(field: "plan", row: row, value: json).rejections.isEmpty,
            var reader = MemberReader(json)
        else { return nil }
        let from: PrintedText? = reader.member("effectiveFrom")
        let zone: PrintedText? = reader.member("zone")
        let product: ProductKey? = reader.member("product")
        let route: Route? = reader.member("route")
        let dose: Int64? = reader.member("doseMilligrams")
        let interval: Int64? = reader.member("intervalDays")
        guard let from = from.flatMap({ CivilDate($0.text) }), let zone, let product, let route,
            let dose, let interval
        else { return nil }
        self.init(
            effectiveFrom: from, zone: zone, product: product, route: route, doseMilligrams: dose,
            intervalDays: interval)
        readRest(&reader)
        guard reader.isWhole else { return nil }
    }

    private mutating func readRest(_ reader: inout MemberReader) {
        // The shape has been checked: it is a date.
        let until: PrintedText? = reader.member("effectiveUntil")
        effectiveUntil = until.flatMap { CivilDate($0.text) }
        indication = reader.member("indication")
        substitutes = reader.member("substitutes")
        parts = reader.member("parts")
        weightGrams = reader.member("weightGrams")
        doseMilligramsPerKilogram = reader.member("doseMilligramsPerKilogram")
        dueMode = reader.member("dueMode")
        graceDays = reader.member("graceDays")
        maxSites = reader.member("maxSites")
        maxMicrolitresPerSite = reader.member("maxMicrolitresPerSite")
        maxMicrolitresPerHourPerSite = reader.member("maxMicrolitresPerHourPerSite")
        rateSteps = reader.member("rateSteps")
        ramp = reader.member("ramp")
        taper = reader.member("taper")
        premeds = reader.member("premeds")
        checks = reader.member("checks")
        measures = reader.member("measures")
        stopRules = reader.member("stopRules")
        emergencyPhone = reader.member("emergencyPhone")
        clinicPhone = reader.member("clinicPhone")
        targetIggMilligramsPerLitre = reader.member("targetIggMilligramsPerLitre")
        siblingPlan = reader.member("siblingPlan")
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("effectiveFrom", PrintedText(effectiveFrom.description))
        object.set("effectiveUntil", effectiveUntil.map { PrintedText($0.description) })
        object.set("zone", zone)
        object.set("indication", indication)
        object.set("product", product)
        object.set("substitutes", substitutes)
        object.set("route", route)
        object.set("doseMilligrams", doseMilligrams)
        object.set("intervalDays", intervalDays)
        object.set("parts", parts)
        object.set("weightGrams", weightGrams)
        object.set("doseMilligramsPerKilogram", doseMilligramsPerKilogram)
        object.set("dueMode", dueMode)
        object.set("graceDays", graceDays)
        object.set("maxSites", maxSites)
        object.set("maxMicrolitresPerSite", maxMicrolitresPerSite)
        object.set("maxMicrolitresPerHourPerSite", maxMicrolitresPerHourPerSite)
        object.set("rateSteps", rateSteps)
        object.set("ramp", ramp)
        object.set("taper", taper)
        object.set("premeds", premeds)
        object.set("checks", checks)
        object.set("measures", measures)
        object.set("stopRules", stopRules)
        object.set("emergencyPhone", emergencyPhone)
        object.set("clinicPhone", clinicPhone)
        object.set("targetIggMilligramsPerLitre", targetIggMilligramsPerLitre)
        object.set("siblingPlan", siblingPlan)
        return .object(object)
    }
}

/// Why somebody is treated.
public enum Indication: String, DiaryValue, CaseIterable {
    /// Multifocal motor neuropathy.
    case mmn
    /// Chronic inflammatory demyelinating polyneuropathy.
    case cidp
    /// Primary immunodeficiency.
    case pid
    /// Secondary immunodeficiency.
    case sid
    case other
}

/// From what the next due day is counted.
public enum DueMode: String, DiaryValue, CaseIterable {
    /// The plan's own days: a late dose does not move them. Taken where a plan does not say.
    case fixed
    /// The day of the last dose.
    case rolling
}
