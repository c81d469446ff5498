extension FieldTable {
    static let checkRows: [FieldRow] = [
        FieldRow(
            [.check], "answer.<item>", .answer, by: .recorders,
            "Yes, no, unknown or declined; what was not asked is left out."),
        FieldRow(
            [.check], "vital.temperature",
            .object([
                ValueMember(
                    "temperatureCelsiusHundredths", .integer(3000...4500), required: true,
                    soft: [SoftLimit(.temperatureRaised, usual: 3000...3799)],
                    "30 to 45 °C")
            ]), unit: "0.01 °C", by: .recorders,
            "A temperature is 30 to 45 °C; leave it out if it was not measured."),
        FieldRow(
            [.check], "vital.blood_pressure",
            .object([
                ValueMember(
                    "systolicMmHg", .integer(40...300), required: true,
                    soft: [SoftLimit(.bloodPressureUnusual, usual: 90...160)]),
                ValueMember(
                    "diastolicMmHg", .integer(20...200), required: true,
                    soft: [SoftLimit(.bloodPressureUnusual, usual: 50...100)]),
            ]), unit: "mmHg", by: .recorders,
            "A blood pressure is 40 to 300 over 20 to 200; leave it out if it was not measured."),
        FieldRow(
            [.check], "vital.pulse",
            .object([
                ValueMember(
                    "pulsePerMinute", .integer(20...300), required: true,
                    soft: [SoftLimit(.pulseUnusual, usual: 50...120)])
            ]), unit: "1/min", by: .recorders,
            "A pulse is 20 to 300 a minute; leave it out if it was not counted."),
        FieldRow(
            [.check], "vital.oxygen",
            .object([
                ValueMember(
                    "oxygenPercent", .integer(50...100), required: true,
                    soft: [SoftLimit(.oxygenLow, usual: 94...100)])
            ]), unit: "%", by: .recorders,
            "An oxygen saturation is 50 to 100 %; leave it out if it was not measured."),
        FieldRow(
            [.check], "result",
            .object([
                ValueMember(
                    "code", .code(["proceed", "proceed_after_advice", "postponed"]),
                    required: true),
                ValueMember("advisedBy", .entry), ValueMember("advisedAt", .moment),
            ]), by: .recorders, "The result is proceed, proceed_after_advice or postponed."),
    ]

    /// The systemic symptoms of domain 2.4.
    public static let symptoms = [
        "headache", "migraine", "fever", "chills", "fatigue", "nausea", "vomiting", "flushing",
        "itch", "hives", "rash", "wheeze", "breathless", "chest_tight", "palpitations", "dizzy",
        "faint", "low_bp", "high_bp", "back_pain", "muscle_ache", "joint_pain", "neck_stiff",
        "light_hurts_eyes", "face_swelling", "dark_urine", "jaundice", "less_urine", "leg_swelling",
        "one_sided_weakness", "confusion", "other",
    ]

    static let reactionRows: [FieldRow] = [
        FieldRow(
            [.reaction], "infusion", .either([.code(["not_sure"]), .entry]), by: .recorders,
            "The infusion it belongs to, or not_sure."),
        FieldRow(
            [.reaction], "grade.said",
            .object([
                ValueMember("grade", .integer(1...4), required: true),
                ValueMember("interrupted", .answer), ValueMember("treated", .answer),
                ValueMember("hospital", .answer),
            ]), by: .only([.patient, .carer]), own: true, "A grade is 1 to 4."),
        FieldRow(
            [.reaction], "grade.assessed", .integer(1...5),
            by: .only([.nurse, .pharmacist, .doctor]), clinics: true, "A grade is 1 to 5."),
        FieldRow(
            [.reaction], "symptom.<code>",
            .either([
                .object([ValueMember("grade", .integer(1...4), required: true)]), .answer,
            ]), by: .recorders, keys: symptoms,
            "A grade from 1 to 4, or yes, no, unknown; use other if it is not listed."),
        FieldRow(
            [.reaction], "local.<site>.<code>",
            .either([
                .answer,
                .object([ValueMember("painPoints", .integer(0...10), required: true)]),
                .object([ValueMember("sizeMillimetres", .integer(0...500), required: true)]),
            ]), by: .recorders,
            keys: ["redness", "swelling", "pain", "itch", "bruise", "leak", "lump", "ulcer"],
            "Yes or no, pain from 0 to 10, or a size up to 500 mm."),
        FieldRow(
            [.reaction], "action.<code>", .answer, by: .recorders,
            keys: [
                "none", "slowed", "paused", "stopped", "restarted_slower", "antihistamine",
                "paracetamol", "steroid", "adrenaline", "oxygen", "clinic_called", "ambulance",
                "hospital", "admitted",
            ], "Yes, no, unknown or declined."),
        FieldRow(
            [.reaction], "outcome",
            .object([
                ValueMember(
                    "code",
                    .code([
                        "recovered", "recovering", "not_recovered", "recovered_sequelae", "fatal",
                        "unknown",
                    ]), required: true)
            ]), by: .recorders, "How it ended; unknown is an answer."),
        FieldRow(
            [.reaction], "report.<line>",
            .object([
                ValueMember(
                    "to", .code(["regulator", "manufacturer", "local_haemovigilance"]),
                    required: true),
                ValueMember("number", .text(bytes: 128), text: .printed),
                ValueMember("date", .date),
            ]), by: .only([.nurse, .pharmacist, .doctor]), text: .printed,
            "To whom it was reported, the number and the day."),
    ]
}
