import DiaryModel
import SyncCore
import Testing

@Suite struct TreatmentPlanTests {
    /// Every member that a plan may have.
    private var whole: TreatmentPlan {
        weekly {
            $0.effectiveUntil = day("2026-07-06")
            $0.indication = .mmn
            $0.substitutes = ["cuvitru"]
            $0.parts = 1
            $0.weightGrams = 80_000
            $0.doseMilligramsPerKilogram = 400
            $0.graceDays = 1
            $0.maxSites = 4
            $0.maxMicrolitresPerSite = 40_000
            $0.maxMicrolitresPerHourPerSite = 40_000
            $0.rateSteps = [PlanRateStep(minutes: 30, rateMicrolitresPerKilogramPerHour: 500)]
            $0.ramp = [RampStep(dayOffset: 0, doseMilligrams: 16_000)]
            $0.taper = [
                TaperStep(from: day("2026-03-02"), .doseMilligrams(28_000), reason: "stable"),
                TaperStep(from: day("2026-03-02"), .intervalDays(14)),
            ]
            $0.premeds = [
                PlannedPremedication(name: "paracetamol", doseMilligrams: 1000, minutesBefore: 30)
            ]
            $0.checks = [
                PlannedCheck(item: "feels_well", concern: [.no, .unknown], text: "Ring us first.")
            ]
            $0.measures = [PlannedMeasure(measure: "grip_l", everyDays: 30)]
            $0.stopRules = ["Stop and call if your face swells."]
            $0.emergencyPhone = "999"
            $0.clinicPhone = "01865 000000"
            $0.targetIggMilligramsPerLitre = 8000
            $0.siblingPlan = entry(9)
        }
    }

    private func rejected(_ plan: JSONValue) -> [String] {
        Validator().validate(kind: .plan, set: ["plan": plan]).rejections.map {
            "\($0.field): \($0.code.rawValue)"
        }
    }

    private func warned(_ plan: TreatmentPlan) -> [Warning] {
        Validator().validate(kind: .plan, set: ["plan": plan.json]).warnings
    }

    @Test func `a plan is read strictly and written back the same`() throws {
        let json = whole.json
        #expect(json.objectValue?.count == 28)
        #expect(rejected(json) == [])
        let read = try #require(TreatmentPlan(json: json))
        #expect(read == whole)
        #expect(read.json == json)
        #expect(TreatmentPlan(json: weekly().json) == weekly())
    }

    @Test func `a plan with a member of a newer version is not read at all`() {
        var object = weekly().json.objectValue ?? [:]
        object["pausedUntil"] = "2026-04-01"
        #expect(TreatmentPlan(json: .object(object)) == nil)
        #expect(TreatmentPlan(json: nil) == nil)
        #expect(TreatmentPlan(json: 7) == nil)
    }

    @Test(
        arguments: [
            ("doseMilligrams", 0, false), ("doseMilligrams", 1, true),
            ("doseMilligrams", 400_000, true), ("doseMilligrams", 400_001, false),
            ("intervalDays", 0, false), ("intervalDays", 1, true), ("intervalDays", 365, true),
            ("intervalDays", 366, false), ("parts", 11, false), ("graceDays", -1, false),
            ("weightGrams", "unknown", false), ("route", "im", false), ("dueMode", "daily", false),
            ("zone", "", false), ("effectiveFrom", "2026-02-30", false),
            ("effectiveFrom", "2026-02", false), ("siblingPlan", "x", false),
        ] as [(String, JSONValue, Bool)])
    func `outside its limits a plan is refused where it is typed and not read where it arrives`(
        member: String, value: JSONValue, isPlan: Bool
    ) {
        var object = weekly().json.objectValue ?? [:]
        object[member] = value
        #expect(rejected(.object(object)).isEmpty == isPlan)
        #expect((TreatmentPlan(json: .object(object)) != nil) == isPlan)
    }

    @Test(
        arguments: [
            ("rateSteps", [["minutes": 30]]), ("rateSteps", ["minutes": 30]),
            ("ramp", [["dayOffset": 0, "doseMilligrams": 0]]),
            ("ramp", [["dayOffset": -1, "doseMilligrams": 1]]),
            ("taper", [["from": "2026-03-02"]]),
            (
                "taper", [["from": "2026-03-02", "doseMilligrams": 1000, "intervalDays": 14]]
            ), ("premeds", [["doseMilligrams": 500]]),
            ("checks", [["item": "feels_well", "concern": ["perhaps"]]]),
            ("measures", [["measure": "mood", "everyDays": 30]]),
            ("measures", [["measure": "grip_l", "everyDays": 0]]), ("stopRules", [""]),
            ("stopRules", "stop"),
        ] as [(String, JSONValue)])
    func `a list is one of whole steps`(member: String, value: JSONValue) {
        var object = weekly().json.objectValue ?? [:]
        object[member] = value
        #expect(!rejected(.object(object)).isEmpty)
        #expect(TreatmentPlan(json: .object(object)) == nil)
    }

    @Test(
        arguments: [
            ("ramp", 60, true), ("ramp", 61, false), ("rateSteps", 40, true),
            ("rateSteps", 41, false), ("taper", 60, true), ("taper", 61, false),
            ("stopRules", 20, true), ("stopRules", 21, false),
        ] as [(String, Int64, Bool)])
    func `no list is longer than its limit`(member: String, count: Int64, isPlan: Bool) {
        var object = weekly().json.objectValue ?? [:]
        object[member] = .array(
            (0..<count).map { index -> JSONValue in
                let date = day("2026-03-02").adding(days: Int(index)).description
                switch member {
                case "ramp": return ["dayOffset": .integer(index), "doseMilligrams": 1000]
                case "taper": return ["from": .string(date), "intervalDays": 7]
                case "rateSteps":
                    return ["minutes": 30, "rateMicrolitresPerKilogramPerHour": 500]
                default: return "Stop."
                }
            })
        #expect((TreatmentPlan(json: .object(object)) != nil) == isPlan)
        #expect(rejected(.object(object)).isEmpty == isPlan)
    }

    @Test func `a plan that says two things at once is refused, and flagged where it arrives`() {
        let twice = weekly {
            $0.ramp = [
                RampStep(dayOffset: 7, doseMilligrams: 1),
                RampStep(dayOffset: 7, doseMilligrams: 2),
            ]
        }
        let tapers = weekly {
            $0.taper = [
                TaperStep(from: day("2026-03-02"), .intervalDays(14)),
                TaperStep(from: day("2026-03-02"), .intervalDays(21)),
            ]
        }
        let contradictory: [(TreatmentPlan, PlanContradiction)] = [
            (twice, .rampStepsOnOneDay), (tapers, .taperStepsOnOneDay),
            (weekly(from: "1899-12-31"), .beginsInNoYear),
            (weekly { $0.effectiveUntil = day("2026-01-04") }, .endsBeforeItBegins),
        ]
        for (plan, contradiction) in contradictory {
            #expect(plan.contradiction == contradiction)
            #expect(rejected(plan.json) == ["plan: impossible"])
            #expect(TreatmentPlan(json: plan.json) == nil)
            let found = Validator().findings(kind: .plan, values: ["plan": plan.json])
            #expect(found.map(\.code) == [.notUnderstood])
        }
    }

    @Test func `A12: a taper that is not whole vials says so, once, and offers no other dose`()
        throws
    {
        let plan = weekly {
            $0.taper = [
                TaperStep(from: day("2026-02-02"), .doseMilligrams(28_800)),
                TaperStep(from: day("2026-03-02"), .doseMilligrams(25_600)),
                TaperStep(from: day("2026-03-30"), .doseMilligrams(22_400)),
            ]
        }
        let warnings = warned(plan)
        #expect(warnings.map(\.code) == [.doseNotWholeVials])
        #expect(warnings.map(\.field) == ["plan"])
        let said = try #require(warnings.first?.sentence)
        #expect(
            said == "28.8 g is not whole vials of 4 g. 25.6 g is not whole vials of 4 g. "
                + "22.4 g is not whole vials of 4 g.")
    }

    @Test(
        arguments: [
            (32_000, nil), (30_000, nil), (33_000, nil),
            (500, "0.5 g is not whole vials of 1, 2, 4 or 10 g."),
            (28_800, "28.8 g is not whole vials of 1, 2, 4 or 10 g."),
        ] as [(Int64, String?)])
    func `a dose is whole vials if some number of the product's sizes holds it`(
        milligrams: Int64, sentence: String?
    ) {
        let plan = weekly { $0.doseMilligrams = milligrams }
        #expect(warned(plan).map(\.sentence) == [sentence].compactMap(\.self))
    }

    @Test func `the size that is named is the largest of which the plan's own dose is whole`() {
        let plan = weekly {
            $0.product = "subgam"
            $0.doseMilligrams = 3000
            $0.taper = [TaperStep(from: day("2026-03-02"), .doseMilligrams(2000))]
        }
        #expect(warned(plan).map(\.sentence) == ["2 g is not whole vials of 1.5 g."])
    }

    @Test func `of a product that is not known nothing is said about vials`() {
        #expect(
            warned(
                weekly {
                    $0.product = .other; $0.doseMilligrams = 28_801
                }) == [])
    }

    @Test(
        arguments: [
            (80_000, 160_000, 28, false), (80_000, 160_001, 28, true), (80_000, 40_000, 7, false),
            (80_000, 40_001, 7, true), (80_000, 240_000, 42, false), (80_000, 32_000, 1, true),
        ] as [(Int64, Int64, Int64, Bool)])
    func `more than 2 g for each kg in 28 days is a word`(
        weight: Int64, dose: Int64, interval: Int64, isHigh: Bool
    ) {
        let plan = weekly {
            $0.product = .other
            $0.weightGrams = weight
            $0.doseMilligrams = dose
            $0.intervalDays = interval
        }
        #expect(warned(plan).map(\.code) == (isHigh ? [.planOver2gPerKg] : []))
    }

    @Test func `a ramp or a taper over 2 g for each kg is a word, too`() {
        var plan = weekly {
            $0.product = .other
            $0.weightGrams = 20_000
            $0.doseMilligrams = 10_000
        }
        #expect(warned(plan) == [])
        plan.ramp = [
            RampStep(dayOffset: 0, doseMilligrams: 20_000),
            RampStep(dayOffset: 27, doseMilligrams: 20_001),
        ]
        #expect(warned(plan).map(\.code) == [.planOver2gPerKg])
        plan.ramp?[1].dayOffset = 28
        #expect(warned(plan) == [])
        plan.taper = [TaperStep(from: day("2026-06-01"), .intervalDays(6))]
        #expect(warned(plan).map(\.code) == [.planOver2gPerKg])
    }

    @Test(
        arguments: [
            (32_000, 20_000, nil), (33_000, 20_000, 9), (40_000, 20_000, 10), (40_000, 25_000, nil),
        ] as [(Int64, Int64, Int64?)])
    func `a volume that needs more than 8 sites at the plan's limit is a word`(
        dose: Int64, perSite: Int64, sites: Int64?
    ) {
        let plan = weekly {
            $0.doseMilligrams = dose
            $0.maxMicrolitresPerSite = perSite
        }
        let found = warned(plan)
        #expect(found.map(\.code) == (sites == nil ? [] : [.planSitesMany]))
        #expect(found.first?.seen == sites.map { .integer($0) })
    }

    @Test func `grams on the label win where a volume is worked out`() {
        // 48 g are 288 mL by the label's vials, 290.9 mL by the concentration.
        let plan = weekly(48) {
            $0.product = "cutaquig"
            $0.maxMicrolitresPerSite = 36_000
        }
        #expect(warned(plan) == [])
    }

    @Test func `what goes beyond the label is a word`() {
        let plan = weekly {
            $0.maxMicrolitresPerSite = 50_001
            $0.maxMicrolitresPerHourPerSite = 50_001
        }
        #expect(warned(plan).map(\.code) == [.siteVolumeHigh, .rateAboveProduct])
        #expect(warned(weekly { $0.route = .iv }).map(\.code) == [.routeNotInCatalogue])
    }

    @Test func `A13: 160 mL over 4 sites at 40 mL an hour each`() throws {
        let split = try #require(
            SiteSplit(microlitres: 160_000, sites: 4, microlitresPerHourPerSite: 40_000))
        #expect(split.microlitresPerSite == Fraction(40_000))
        #expect(split.microlitresPerHour == 160_000)
        #expect(split.minutes == Fraction(60))
        #expect(SiteSplit(microlitres: 1, sites: 0, microlitresPerHourPerSite: 1) == nil)
        #expect(SiteSplit(microlitres: 1, sites: .max, microlitresPerHourPerSite: 2) == nil)
    }

    @Test func `an infusion is checked against the step of the ramp or taper of its day`() {
        let dose = { (date: String) in PlanFacts(ramped(), on: day(date)).doseMilligrams }
        #expect(dose("2026-04-05") == 7500)
        #expect(dose("2026-04-06") == 7500)
        #expect(dose("2026-04-12") == 15_000)
        #expect(dose("2026-04-27") == 22_500)
        #expect(dose("2026-05-18") == 30_000)
        let tapered = weekly {
            $0.taper = [TaperStep(from: day("2026-02-02"), .doseMilligrams(28_000))]
        }
        #expect(PlanFacts(tapered, on: day("2026-02-01")).doseMilligrams == 32_000)
        #expect(PlanFacts(tapered, on: day("2026-02-02")).doseMilligrams == 28_000)
        #expect(PlanFacts(tapered).doseMilligrams == 32_000)
    }

    @Test func `a plan is told in a line`() {
        #expect(weekly().words() == "Hizentra 32 g every 7 days")
        #expect(intravenous().words() == "Privigen 90 g every 21 days, in 2 parts")
        #expect(weekly(every: 1) { $0.product = "own_brand" }.words() == "own_brand 32 g every day")
    }

    @Test func `against a plan that cannot be read nothing is checked`() {
        #expect(PlanFacts(json: ["route": "sc"]) == PlanFacts())
        #expect(PlanFacts(json: weekly().json) == PlanFacts(weekly()))
        #expect(
            PlanFacts(weekly { $0.substitutes = ["cuvitru"] }).products == ["hizentra", "cuvitru"])
    }
}
