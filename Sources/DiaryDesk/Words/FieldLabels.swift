import DiaryModel
import SyncCore

/// What fields and their members are called when they are shown.
extension EntryWords {
    public static func label(_ field: String) -> String {
        if let label = labels[field] { return label }
        let parts = field.split(separator: ".").map(String.init)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return spaced(field)
        }
        let name = spaced(last)
        switch first {
        case "vials": return "vial line \(field.dropFirst(6))"
        case "link": return "one infusion or two"
        case "premed": return "pre-medication \(field.dropFirst(7))"
        case "answer": return questions[last] ?? name
        case "vital": return name
        case "symptom": return name
        case "local": return "site \(parts.dropFirst().dropLast().joined(separator: ".")), \(name)"
        case "action": return actions[last] ?? name
        case "competency": return "skill: \(name)"
        case "report": return "reported"
        case "proposed": return "proposed: one infusion or two"
        default: return field
        }
    }

    private static let labels: [String: String] = [
        "infusedBy": "infused by", "visualCheck": "solution check", "weightGrams": "weight used",
        "planVersion": "plan version", "status": "whether it happened", "course": "part",
        "grade.said": "how bad, as it was said", "grade.assessed": "grade, by the clinic",
        "coldChain": "kept cool", "storage": "kept", "loss": "why they were lost",
        "movement": "what happened", "delivery": "delivery", "infusion": "after infusion",
        "premedAsked": "asked about pre-medication", "needleSet": "needle set",
        "supervisedBy": "supervised by", "trainee": "who was trained", "ask": "question",
        "about": "about", "vital.blood_pressure": "blood pressure",
    ]

    /// The checklist's items as they are asked.
    static let questions: [String: String] = [
        "feels_well": "feels well", "infection_or_antibiotics": "an infection, or antibiotics",
        "drank_enough": "drank enough", "headache_since_last": "headache since the last one",
        "chest_pain_or_leg_swelling": "chest pain or a swollen leg",
        "new_medicine_or_vaccine": "a new medicine or vaccine", "pregnancy": "pregnancy",
        "rash_or_site_sore": "a rash, or a sore site",
        "product_name_matches_plan": "product name as in the plan", "in_date": "in date",
        "solution_clear": "solution clear", "reached_room_temp": "at room temperature",
        "not_frozen_or_shaken": "not frozen, not shaken", "partner_present": "partner present",
        "phone_works": "phone works", "emergency_kit_in_date": "emergency kit in date",
    ]

    private static let actions: [String: String] = [
        "none": "nothing was done", "slowed": "slowed down", "paused": "paused",
        "stopped": "stopped", "restarted_slower": "started again, slower",
        "antihistamine": "antihistamine taken", "paracetamol": "paracetamol taken",
        "steroid": "steroid taken", "adrenaline": "adrenaline given", "oxygen": "oxygen given",
        "clinic_called": "clinic telephoned", "ambulance": "ambulance called",
        "hospital": "went to hospital", "admitted": "stayed in hospital",
    ]

    /// What a member of a value is called: `doseMilligrams` is “dose”.
    public static func memberLabel(_ member: String) -> String {
        members[member] ?? spaced(WireUnit.bare(member))
    }

    private static let members: [String: String] = [
        "effectiveFrom": "from", "effectiveUntil": "no more from", "zone": "time zone",
        "substitutes": "or",
        "doseMilligramsPerKilogram": "dose for each kg", "intervalDays": "every",
        "dueMode": "due", "graceDays": "grace", "maxSites": "sites at most",
        "maxMicrolitresPerSite": "at one site at most",
        "maxMicrolitresPerHourPerSite": "at one site at most", "rateSteps": "rates",
        "premeds": "before it", "stopRules": "when to stop", "emergencyPhone": "emergency number",
        "clinicPhone": "clinic’s number", "targetIggMilligramsPerLitre": "IgG to reach",
        "siblingPlan": "beside the plan", "dayOffset": "day", "everyDays": "every",
        "advisedBy": "advised by", "advisedAt": "at", "roomTemperatureSince": "warm since",
        "discardBy": "use or throw away by", "validUntil": "until", "witnessed": "watched",
        "to": "to", "from": "from", "number": "number", "painPoints": "pain",
        "sizeMillimetres": "size", "grade": "grade", "lastInfusion": "last infusion",
        "nextInfusion": "next infusion", "fromMinutes": "from minute",
    ]

    /// `chest_tight` as “chest tight”, `roomTemperature` as “room temperature”.
    static func spaced(_ name: String) -> String {
        var text = ""
        for character in name {
            if character == "_" {
                text += " "
            } else if character.isUppercase {
                text += " " + character.lowercased()
            } else {
                text.append(character)
            }
        }
        return text
    }
}
