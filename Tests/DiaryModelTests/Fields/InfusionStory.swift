import DiaryModel
import SyncCore

/// Anna's Sunday: 8 vials of 4 g Hizentra, lot P100423917, 09:05 to 10:20, nothing to warn about.
struct InfusionStory {
    var fields: JSONObject
    var context: ValidationContext

    init() {
        var line = VialLine(product: "hizentra")
        line.vialMilligrams = 4000
        line.vialMicrolitres = 20_000
        line.count = 8
        line.lot = "P100423917"
        line.expiry = Expiry(typed: "2028-12").map { .value($0) }
        let london = HandwrittenZone.london
        let time = TimeValue(
            start: moment("2026-03-29T08:05", london), end: moment("2026-03-29T09:20", london))
        fields = [
            "status": "active", "route": "sc", "outcome": ["code": "completed"],
            "infusedBy": ["code": "self"], "time": time.json, "vials.1": line.json,
            "planVersion": [
                "AAAAAAAAAAAAAAAAAAAAAA", 7, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            ],
        ]
        context = ValidationContext(atMs: utc("2026-03-29T09:25"))
    }

    /// The plan: Hizentra 32 g, 4 sites of 50 mL at 40 mL/h.
    static var plan: PlanFacts {
        var plan = PlanFacts()
        plan.route = .sc
        plan.products = ["hizentra"]
        plan.doseMilligrams = 32_000
        plan.maxSites = 4
        plan.maxMicrolitresPerSite = 50_000
        plan.maxMicrolitresPerHourPerSite = 40_000
        return plan
    }

    /// Changes the first vial line.
    mutating func line(_ change: (inout VialLine) -> Void) {
        guard var line = fields["vials.1"].flatMap({ VialLine(json: $0) }) else { return }
        change(&line)
        fields["vials.1"] = line.json
    }

    /// Sets one member of a field that is an object.
    mutating func member(_ field: String, _ name: String, _ value: JSONValue?) {
        var object = fields[field]?.objectValue ?? JSONObject()
        object[name] = value
        fields[field] = .object(object)
    }

    var validation: Validation {
        Validator().validate(kind: .infusion, set: fields, context: context)
    }

    /// `field: code` of all that is refused.
    var rejected: [String] { validation.rejections.map { "\($0.field): \($0.code.rawValue)" } }

    /// `code field` of all warnings.
    var warned: [String] { validation.warnings.map { "\($0.code.rawValue) \($0.field)" } }
}
