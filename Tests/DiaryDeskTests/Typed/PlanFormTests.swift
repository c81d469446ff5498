import DiaryDesk
import DiaryModel
import SyncCore
import Testing

@Suite struct PlanFormTests {
    private func form() -> PlanForm {
        var form = PlanForm()
        form.product = "hizentra"
        form.route = "sc"
        form.dose = "32g"
        form.every = "7d"
        return form
    }

    @Test func `a plan names product, route, dose and interval, from today on`() throws {
        #expect(
            try form().plan(.noon()) == [
                "doseMilligrams": 32_000, "effectiveFrom": "2026-03-29", "intervalDays": 7,
                "product": "hizentra", "route": "sc", "zone": "Europe/London",
            ])
        #expect(
            refusals { _ = try PlanForm().plan(.noon()) } == [
                "plan/product: missing", "plan/route: missing", "plan/doseMilligrams: missing",
                "plan/intervalDays: missing",
            ])
    }

    @Test func `every member of a plan can be typed`() throws {
        var form = form()
        form.from = "2026-04-06"
        form.zone = "Europe/Berlin"
        form.indication = "mmn"
        form.substitutes = "cuvitru,xembify"
        form.parts = "2"
        form.weight = "80"
        form.dosePerKilogram = "0.4"
        form.due = "fixed"
        form.grace = "1"
        form.maxSites = "4"
        form.maxPerSite = "50"
        form.maxRatePerSite = "25"
        form.rateSteps = "30=0.5,30=1"
        form.ramp = "0=7.5g,7=15g"
        form.taper = "2026-05-01=28.8g:stable,2026-08-01=10d"
        form.premedications = "paracetamol=1000:30,cetirizine=10"
        form.ends = "2026-12-31"
        form.checks = "feels_well=no:Ring us first.,pregnancy=yes/unknown"
        form.measures = "grip_l=7d,grip_r=7d"
        form.stopRules = ["Stop and ring us if you feel faint."]
        form.emergencyPhone = "999"
        form.clinicPhone = "01865 000000"
        form.targetIgG = "8.0"
        let plan = try form.plan(.noon())
        let expected: JSONObject = [
            "checks": [
                ["concern": ["no"], "item": "feels_well", "text": "Ring us first."],
                ["concern": ["yes", "unknown"], "item": "pregnancy"],
            ],
            "clinicPhone": "01865 000000", "doseMilligrams": 32_000,
            "doseMilligramsPerKilogram": 400, "dueMode": "fixed", "effectiveFrom": "2026-04-06",
            "effectiveUntil": "2026-12-31",
            "emergencyPhone": "999", "graceDays": 1, "indication": "mmn", "intervalDays": 7,
            "maxMicrolitresPerHourPerSite": 25_000, "maxMicrolitresPerSite": 50_000, "maxSites": 4,
            "measures": [
                ["everyDays": 7, "measure": "grip_l"], ["everyDays": 7, "measure": "grip_r"],
            ],
            "parts": 2,
            "premeds": [
                ["doseMilligrams": 1000, "minutesBefore": 30, "name": "paracetamol"],
                ["doseMilligrams": 10, "name": "cetirizine"],
            ],
            "product": "hizentra",
            "ramp": [
                ["dayOffset": 0, "doseMilligrams": 7500],
                ["dayOffset": 7, "doseMilligrams": 15_000],
            ],
            "rateSteps": [
                ["minutes": 30, "rateMicrolitresPerKilogramPerHour": 500],
                ["minutes": 30, "rateMicrolitresPerKilogramPerHour": 1000],
            ],
            "route": "sc", "stopRules": ["Stop and ring us if you feel faint."],
            "substitutes": ["cuvitru", "xembify"],
            "taper": [
                ["doseMilligrams": 28_800, "from": "2026-05-01", "reason": "stable"],
                ["from": "2026-08-01", "intervalDays": 10],
            ],
            "targetIggMilligramsPerLitre": 8000, "weightGrams": 80_000, "zone": "Europe/Berlin",
        ]
        #expect(plan == .object(expected))
        let world = try DeskWorld()
        _ = try world.desk(.doctor).sign(plan, as: nil, reason: "started")
    }

    @Test func `what is not said stays as it was, and none leaves a thing out`() throws {
        var form = form()
        form.maxSites = "4"
        form.due = "rolling"
        var next = PlanForm()
        next.base = try #require(try form.plan(.noon()).objectValue)
        next.dose = "36g"
        next.from = "2026-04-06"
        next.maxSites = "none"
        #expect(
            try next.plan(.noon()) == [
                "doseMilligrams": 36_000, "dueMode": "rolling", "effectiveFrom": "2026-04-06",
                "intervalDays": 7, "product": "hizentra", "route": "sc", "zone": "Europe/London",
            ])
    }

    @Test(arguments: ["32", "32g", "32.0 g"])
    func `grams may be said with their unit or without`(typed: String) throws {
        var form = form()
        form.dose = typed
        #expect(try form.plan(.noon())["doseMilligrams"] == 32_000)
    }

    private static let odd: [(any WritableKeyPath<PlanForm, String?> & Sendable, String, String)] =
        [
            (\.dose, "a lot", "plan/doseMilligrams: malformed"),
            (\.every, "weekly", "plan/intervalDays: malformed"),
            (\.product, "aspirin", "plan/product: not_in_list"),
            (\.product, "gamma", "plan/product: not_in_list"),
            (\.route, "oral", "plan/route: not_in_list"),
            (\.due, "maybe", "plan/dueMode: not_in_list"),
            (\.ramp, "0:7.5g", "plan/ramp: malformed"),
            (\.taper, "2026-05-01=", "plan/taper: malformed"),
            (\.rateSteps, "30=fast", "plan/rateSteps: malformed"),
            (\.checks, "feels_well=perhaps", "plan/checks: malformed"),
            (\.measures, "mood=7d", "plan/measures: malformed"),
            (\.clinicPhone, "ask Anna", "plan/clinicPhone: malformed"),
            (\.zone, "Europe/Atlantis", "plan/zone: malformed"),
            (\.from, "soon", "plan/effectiveFrom: malformed"),
        ]

    @Test func `what cannot be read is refused at its member`() {
        for (path, typed, refusal) in Self.odd {
            var form = form()
            form[keyPath: path] = typed
            #expect(refusals { _ = try form.plan(.noon()) } == [refusal], "\(typed)")
        }
    }

    @Test func `a dose or an interval that no plan has is refused when it is signed`() throws {
        let world = try DeskWorld()
        for (dose, every) in [("401g", "7d"), ("32g", "366d"), ("32g", "0d")] {
            var form = form()
            form.dose = dose
            form.every = every
            let plan = try form.plan(.noon())
            let said = refusals {
                _ = try world.desk(.doctor).sign(plan, as: nil, reason: "started")
            }
            #expect(said.count == 1 && said[0].hasSuffix("out_of_range"), "\(said)")
        }
    }
}
