import DiaryModel
import SyncCore

extension ExportStory {
    /// A diary in which every kind of entry stands once at least; 152 g were given, and nothing is open.
    static func whole() throws -> ExportStory {
        var story = ExportStory(seed: 23)
        let patient = try story.begin("person", ["name": "Demo Patient", "role": "patient"])
        let carer = try story.begin("person", ["name": "Demo Carer", "role": "carer"])
        let nurse = try story.begin(
            "person", ["name": "Demo Nurse", "role": "nurse"], by: .clinic)
        let doctor = try story.begin(
            "person", ["name": "Demo Doctor", "role": "doctor"], by: .clinic)
        let plan = try story.plan(by: doctor)
        let infusions = try story.infusions(plan: plan, patient: patient, carer: carer)
        try story.around(infusions[0], nurse: nurse, carer: carer)
        try story.closeTablet()
        return story
    }

    /// Three versions, the last two of them concurrent and then settled; with ramp and taper.
    private mutating func plan(by doctor: Position) throws -> Position {
        func version(_ milligrams: Int64, _ more: JSONObject = [:]) -> JSONObject {
            var plan: JSONObject = [
                "effectiveFrom": "2026-01-05", "zone": "Europe/London", "indication": "cidp",
                "product": "hizentra", "route": "sc", "doseMilligrams": .integer(milligrams),
                "intervalDays": 7, "dueMode": "fixed", "stopRules": "Stop and call us.",
                "emergencyPhone": "999", "measures": [["measure": "grip_l", "everyDays": 28]],
            ]
            for member in more.members { plan[member.key] = member.value }
            return ["plan": .object(plan)]
        }
        let first = try begin(
            "plan", version(32_000), by: .clinic, author: doctor, at: utc("2026-01-01T09:00"))
        let ramp: JSONValue = [
            ["dayOffset": 0, "doseMilligrams": 16_000], ["dayOffset": 7, "doseMilligrams": 24_000],
        ]
        let second = try amend(first, by: .clinic, seeing: [first], version(36_000, ["ramp": ramp]))
        let taper: JSONValue = [
            ["doseMilligrams": 28_800, "from": "2026-06-01", "reason": "stable"],
            ["from": "2026-09-01", "intervalDays": 10],
        ]
        return try amend(
            first, by: .clinic, seeing: [second], version(32_000, ["taper": taper]))
    }

    /// 152 g in four that count; one voided, one set aside, one not done, one to review.
    private mutating func infusions(
        plan: Position, patient: Position, carer: Position
    ) throws -> [Position] {
        let first = try begin(
            Typed.infusion([
                "planVersion": plan.json, "visualCheck": "ok", "weightGrams": 82_400,
                "vials.1": Typed.line(
                    "00123",
                    ["expiry": ["date": "2028-12-31", "precision": "day", "printed": "281231"]]
                ), "vials.2": Typed.line("12E34", count: 1, ["discardedMilligrams": 4000]),
                "sites": [
                    ["id": "1", "region": "abdomen", "side": "L", "volumeMicrolitres": 80_000],
                    ["region": "thigh", "side": "R"],
                ], "rates": [["fromMinutes": 0, "rateMicrolitresPerHour": 40_000]],
                "premed.paracetamol": [
                    "doseMilligrams": 1000, "taken": moment("2026-03-29T08:30", .london).json,
                ], "premed.antihistamine": [:], "premedAsked": "yes",
                "infusedBy": ["author": .string(carer.id.text), "code": "carer"],
                "supervisedBy": ["code": "nurse"], "place": ["code": "home"],
                "course": ["id": "c1", "part": 1, "parts": 1],
            ]), about: ["entryMethod": "typed"], author: patient)
        try begin(
            Typed.infusion(
                "2026-03-15T09:00", end: "2026-03-15T13:00",
                [
                    "route": "iv",
                    "vials.1": Typed.line(
                        "K724B8541", product: "octagam5", count: 18, milligrams: 5000,
                        ["lot": "K724B8541", "expiry": "unknown", "serials": ["S1", "S2"]]),
                    "rates": [
                        ["fromMinutes": 0, "rateMicrolitresPerHour": 24_000],
                        ["fromMinutes": 30, "rateMicrolitresPerHour": "unknown"],
                    ], "infusedBy": ["code": "unknown"],
                ]), author: patient)
        let unit: JSONObject = [
            "route": "fsc", "outcome": ["code": "partial"],
            "vials.1": Typed.line(
                "IG1", product: "hyqvia", count: 1, milligrams: 30_000, ["component": "ig"]),
            "vials.2": Typed.line(
                "HY1", product: "hyqvia", count: 1, milligrams: 1,
                ["component": "hy", "vialMicrolitres": 15_000]),
        ]
        try begin(Typed.infusion("2026-03-08T09:00", end: nil, unit))
        try begin([
            "outcome": ["code": "not_done", "reason": "no_partner"],
            "time": Typed.time("2026-03-22T09:00"),
        ])
        let voided = try begin(
            Typed.infusion("2026-02-01T09:00", end: nil, ["vials.1": Typed.line("V1")]))
        try amend(
            voided, seeing: [voided], ["status": "voided"], about: ["reason": "wrong_patient"])
        try copies()
        try begin(
            Typed.infusion("2026-02-08T09:00", end: nil, ["vials.1": Typed.line("T1")]),
            by: .tablet)
        return [first]
    }

    /// Two copies of one infusion; the one that counts has no grams, its lot is not known.
    private mutating func copies() throws {
        let bare = try begin(
            Typed.infusion(
                "2026-01-25T09:00", end: nil,
                [
                    "vials.1": Typed.line(nil, count: 0, ["lotMissing": "unreadable"])
                ]))
        let other = try begin(
            Typed.infusion("2026-01-25T09:30", end: nil, ["vials.1": Typed.line("C1")]))
        let (smaller, larger) = bare.id < other.id ? (bare, other) : (other, bare)
        try amend(
            smaller, seeing: [smaller],
            [
                "link.\(larger.id)": ["counts": .string(bare.id.text), "value": "same"]
            ])
    }

    private mutating func around(
        _ infusion: Position, nurse: Position, carer: Position
    ) throws {
        try begin(
            "check",
            [
                "answer.feels_well": "yes", "answer.pregnancy": "declined",
                "answer.drank_enough": "unknown", "answer.in_date": "no",
                "vital.temperature": ["temperatureCelsiusHundredths": 3710],
                "vital.blood_pressure": ["diastolicMmHg": 80, "systolicMmHg": 120],
                "vital.pulse": "declined", "result": ["code": "proceed"],
                "time": Typed.time("2026-03-29T08:50"),
            ], author: carer)
        try begin(
            "reaction",
            [
                "infusion": .string(infusion.id.text),
                "time": Typed.time("2026-03-29T12:00", "2026-03-29T15:00"),
                "grade.said": ["grade": 1, "hospital": "no"], "grade.assessed": 3,
                "symptom.headache": ["grade": 1], "symptom.fever": "no",
                "local.1.redness": ["sizeMillimetres": 20], "action.paracetamol": "yes",
                "outcome": ["code": "recovered"],
            ], by: .clinic, author: nurse)
        let values: [(String, JSONValue)] = [
            (
                "grip_l",
                ["gripPascals": 54_100, "method": "best", "attemptsPascals": [54_100, 53_000]]
            ),
            ("grip_force_r", ["forcePoundHundredths": 5250]), ("weight", ["weightGrams": 82_400]),
            ("igg_trough", ["iggMilligramsPerLitre": 12_500]), ("walk10m", "unable"),
            ("incat", ["armPoints": 1, "legPoints": 2]), ("vas_pain", ["points": "declined"]),
            ("irods", ["rawPoints": 30, "centile": 61, "table": "t1"]), ("mrc_sum", "unknown"),
        ]
        for (measure, value) in values {
            try begin(
                "measurement",
                [
                    "measure": .string(measure), "value": value,
                    "time": Typed.time("2026-03-20T10:00"),
                ])
        }
        try begin(
            "stock",
            [
                "movement": "receipt", "time": Typed.time("2026-03-01T10:00"), "coldChain": "ok",
                "delivery": ["reference": "D7", "supplier": "Demo Homecare"],
                "vials.1": Typed.line("00123", count: 16),
            ])
        try begin(
            "stock",
            [
                "movement": "loss", "loss": "broken", "time": Typed.time("2026-03-02T10:00"),
                "vials.1": Typed.line("00123", count: 1),
            ])
        let note = try begin(
            "note",
            [
                "about": ["entry": .string(infusion.id.text)],
                "text": "Felt cold.\nSecond line \u{1D} with a separator.",
            ], author: carer)
        try begin("note", ["text": "of something else", "about": ["entry": .string(note.id.text)]])
        try begin(
            "training",
            [
                "time": Typed.time("2026-01-02T10:00"), "trainee": .string(carer.id.text),
                "skill": ["route": "sc", "technique": "pump"],
                "result": ["code": "passed", "validUntil": "2028-01-02"],
            ], by: .clinic, author: nurse)
        try begin(
            "notice",
            ["notice": ["lot": "K551A8441", "product": "octagam5", "text": "Return it."]],
            by: .clinic)
        try begin("question", ["ask": ["code": "box_arrived", "to": "patient"]], by: .clinic)
        try begin("novelty", ["odd": ["deep": [1, 2]], "empty": ""])
    }
}
