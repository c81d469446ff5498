import DiaryModel
public import SyncCore

/// A version of the treatment plan as its author types it: `--dose 32g --every 7d --due fixed`.
///
/// A version is whole and never edited. What is not said of a new one is taken over from the version that
/// its author was shown; `none` leaves a member out. Nothing here proposes or calculates a dose.
public struct PlanForm: Sendable {
    /// The version that was shown, of which what is not said stays.
    public var base: JSONObject = [:]
    /// The local day from which it holds; today where nothing is said.
    public var from: String?
    /// The first local day on which it holds no more: the treatment ends or pauses.
    public var ends: String?
    public var zone: String?
    public var indication: String?
    public var product: String?
    /// Keys or names with commas between.
    public var substitutes: String?
    public var route: String?
    public var dose: String?
    public var every: String?
    public var parts: String?
    public var weight: String?
    public var dosePerKilogram: String?
    public var due: String?
    public var grace: String?
    public var maxSites: String?
    public var maxPerSite: String?
    public var maxRatePerSite: String?
    /// Minutes and mL/kg/h: `30=0.5,30=1`.
    public var rateSteps: String?
    /// Days after the start and doses: `0=7.5g,7=15g`.
    public var ramp: String?
    /// Days with a dose or an interval, and why: `2026-05-01=28.8g:stable`.
    public var taper: String?
    /// Medicines before an infusion with their mg, and minutes before: `paracetamol=1000:30`.
    public var premedications: String?
    /// Items of the checklist, each with the answers that are a concern, and what the clinic says then:
    /// `feels_well=no:Ring us first`.
    public var checks: String?
    /// Measures and how often: `grip_l=7d`.
    public var measures: String?
    /// The clinic's own words, a rule each.
    public var stopRules: [String] = []
    public var emergencyPhone: String?
    public var clinicPhone: String?
    public var targetIgG: String?
    /// The other plan of this diary, where there are two.
    public var sibling: EntryID?

    public init() {}

    /// The whole plan.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func plan(_ context: FormContext) throws -> JSONValue {
        var reader = PlanReader(context, base: base)
        reader.readDays(from: from, ends: ends)
        reader.readZone(zone)
        reader.readCode(indication, "indication", ["mmn", "cidp", "pid", "sid", "other"])
        reader.readProducts(product, substitutes)
        reader.readCode(route, "route", Route.allCases.map(\.rawValue))
        reader.readNumbers([
            (dose, "doseMilligrams", "32g"), (every, "intervalDays", "7d"), (parts, "parts", "2"),
            (weight, "weightGrams", "82.4"),
            (dosePerKilogram, "doseMilligramsPerKilogram", "0.4"),
            (grace, "graceDays", "1"), (maxSites, "maxSites", "4"),
            (maxPerSite, "maxMicrolitresPerSite", "50"),
            (maxRatePerSite, "maxMicrolitresPerHourPerSite", "25"),
            (targetIgG, "targetIggMilligramsPerLitre", "8.0"),
        ])
        reader.readCode(due, "dueMode", ["fixed", "rolling"])
        reader.readRateSteps(rateSteps)
        reader.readRamp(ramp)
        reader.readTaper(taper)
        reader.readPremedications(premedications)
        reader.readChecks(checks)
        reader.readMeasures(measures)
        reader.readStopRules(stopRules)
        reader.readPhone(emergencyPhone, "emergencyPhone")
        reader.readPhone(clinicPhone, "clinicPhone")
        if let sibling { reader.plan["siblingPlan"] = sibling.json }
        reader.checkWhatIsNeeded()
        guard reader.form.refused.isEmpty else { throw DeskError.refused(reader.form.refused) }
        return .object(reader.plan)
    }

    /// What a plan cannot do without, with the option that says it.
    static let needed = [
        ("product", "--product hizentra"), ("route", "--route sc"),
        ("doseMilligrams", "--dose 32g"), ("intervalDays", "--every 7d"),
    ]
}
