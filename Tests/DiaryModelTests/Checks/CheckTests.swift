import DiaryModel
import SyncCore
import Testing

@Suite struct CheckTests {
    private let checks = [
        PlannedCheck(item: "feels_well", concern: [.no, .unknown]),
        PlannedCheck(
            item: "infection_or_antibiotics", concern: [.yes],
            text: "Please ring before you infuse."),
        PlannedCheck(item: "phone_works"),
    ]

    @Test func `the table has the items of the page, and the field table takes each`() {
        #expect(
            CheckItem.all.map(\.code) == [
                "feels_well", "infection_or_antibiotics", "drank_enough", "headache_since_last",
                "chest_pain_or_leg_swelling", "new_medicine_or_vaccine", "pregnancy",
                "rash_or_site_sore", "product_name_matches_plan", "in_date", "solution_clear",
                "reached_room_temp", "not_frozen_or_shaken", "partner_present", "phone_works",
                "emergency_kit_in_date",
            ])
        for item in CheckItem.all {
            #expect(FieldTable.row(kind: .check, field: item.field) != nil)
        }
    }

    @Test func `an item that was not asked says so, and never "no"`() {
        let answers = CheckAnswers(fields: [
            "answer.feels_well": "no", "answer.phone_works": "declined", "answer.own_item": "yes",
        ])
        let rows = answers.rows(in: checks)
        #expect(
            rows.map(\.item) == [
                "feels_well", "infection_or_antibiotics", "phone_works", "own_item",
            ])
        #expect(rows.map(\.answer) == [.no, nil, .declined, .yes])
        #expect(
            answers.lines(in: checks) == [
                "Do you feel well today? no",
                "Do you have an infection, or take antibiotics? not asked",
                "Does your phone work? declined", "own item yes",
            ])
        #expect(
            CheckAnswers(fields: [:]).rows(in: []).map(\.answer) == CheckItem.all.map { _ in nil })
    }

    @Test func `only what the plan marks is a concern, and it is saved`() {
        let fields: JSONObject = [
            "answer.feels_well": "unknown", "answer.infection_or_antibiotics": "yes",
            "answer.phone_works": "no", "time": time("2026-03-29T09:00"),
        ]
        var context = ValidationContext()
        context.planChecks = checks
        let found = Validator().validate(kind: .check, set: fields, context: context)
        #expect(found.isAcceptable)
        #expect(found.warnings.map(\.code) == [.checkAnswerConcern, .checkAnswerConcern])
        #expect(
            found.warnings.map(\.field) == [
                "answer.feels_well", "answer.infection_or_antibiotics",
            ])
        let concerns = CheckAnswers(fields: fields).concerns(in: checks)
        #expect(
            concerns.map { $0.lines(clinicPhone: "01865 000000") } == [
                [
                    "Your plan marks this answer. Please talk to your clinic.",
                    "Your clinic: 01865 000000.",
                ],
                ["Please ring before you infuse.", "Your clinic: 01865 000000."],
            ])
        #expect(Validator().validate(kind: .check, set: fields).warnings == [])
    }

    @Test func `what a plan asks is read from it whole, or the plan is not read`() throws {
        let plan = weekly { $0.checks = checks }
        #expect(TreatmentPlan(json: plan.json)?.checks == checks)
        let unread: [JSONValue] = [
            "phone_works", ["item": "feels_well", "concern": "no"],
            ["item": "feels_well", "concern": ["maybe"]], ["concern": ["no"]],
        ]
        for check in unread {
            var object = try #require(plan.json.objectValue)
            object["checks"] = [check]
            #expect(TreatmentPlan(json: .object(object)) == nil, "\(check.canonicalText)")
        }
    }

    @Test func `postponed offers a draft that says not done and asks why`() throws {
        let postponed = CheckAnswers(fields: [
            "result": ["code": "postponed"], "answer.infection_or_antibiotics": "yes",
        ])
        let draft = try #require(postponed.postponedDraft)
        #expect(draft.fields == ["outcome": ["code": "not_done"]])
        #expect(draft.asks == ["outcome/reason", "time"])
        let refused = Validator().validate(kind: .infusion, set: draft.fields).rejections
        #expect(Set(refused.map(\.field)) == Set(draft.asks))
        #expect(CheckAnswers(fields: ["result": ["code": "proceed"]]).postponedDraft == nil)
    }

    @Test func `vital signs and the result are read with their words`() throws {
        let adviser = try #require(entry(3))
        let answers = CheckAnswers(fields: [
            "result": [
                "advisedAt": moment("2026-03-29T08:00", .london).json, "advisedBy": adviser.json,
                "code": "proceed_after_advice",
            ],
            "vital.blood_pressure": ["diastolicMmHg": "unknown", "systolicMmHg": 130],
            "vital.oxygen": ["oxygenPercent": 97], "vital.pulse": "declined",
            "vital.temperature": ["temperatureCelsiusHundredths": 3790],
        ])
        #expect(answers.temperature == .value(Vital(wire: 3790)))
        #expect(answers.pulse == .declined)
        #expect(answers.oxygen == .value(Vital(wire: 97)))
        #expect(answers.bloodPressure?.value?.systolicMmHg == 130)
        #expect(answers.bloodPressure?.value?.diastolicMmHg == .unknown)
        #expect(answers.result?.advisedBy == .value(adviser))
        #expect(answers.notUnderstood == [])
        let odd = CheckAnswers(fields: ["vital.pulse": ["beats": 70], "answer.in_date": "maybe"])
        #expect(odd.notUnderstood == ["answer.in_date", "vital.pulse"])
    }
}
