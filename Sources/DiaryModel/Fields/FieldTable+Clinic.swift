extension FieldTable {
    static let trainingRows: [FieldRow] = [
        FieldRow(
            [.training], "time", timeShape, by: .only([.nurse, .doctor]), clinics: true,
            "Say when it was; the day alone is enough."),
        FieldRow(
            [.training], "trainee", .entry, by: .only([.nurse, .doctor]), clinics: true,
            "Who was trained."),
        FieldRow(
            [.training], "skill",
            .object([
                ValueMember("route", .code(codes(Route.self)), required: true),
                ValueMember("technique", .text(bytes: 64)),
            ]), by: .only([.nurse, .doctor]), clinics: true, "The route and the technique."),
        FieldRow(
            [.training], "competency.<code>", .code(["seen", "done", "independent"]),
            by: .only([.nurse, .doctor]), clinics: true, "Seen, done or independent."),
        FieldRow(
            [.training], "result",
            .object([
                ValueMember("code", .text(bytes: 64), required: true),
                ValueMember("trainer", .entry), ValueMember("assessor", .entry),
                ValueMember("witnessed", .integer(0...1000)), ValueMember("validUntil", .date),
            ]), by: .only([.nurse, .doctor]), clinics: true, "The result and until when it holds."),
    ]

    static let noticeRows: [FieldRow] = [
        FieldRow(
            [.notice], "notice",
            .object([
                ValueMember("product", .text(bytes: 64), required: true),
                ValueMember("lot", .text(bytes: 64), required: true, text: .printed),
                ValueMember("expiry", .anything, text: .printed),
                ValueMember("authority", .text(bytes: 128), text: .printed),
                ValueMember("reference", .text(bytes: 128), text: .printed),
                ValueMember("since", .moment), ValueMember("advice", .text(bytes: 64)),
                ValueMember("text", .text(bytes: 4000), text: .clinic),
            ]), by: .only([.pharmacist]), clinics: true, text: .clinic,
            "A notice names a product and a lot as printed.")
    ]

    static let questionRows: [FieldRow] = [
        FieldRow(
            [.question], "ask",
            .object([
                ValueMember("code", .text(bytes: 64), required: true),
                ValueMember("about", .anything),
                ValueMember("to", .code(codes(Role.self))),
                ValueMember("text", .text(bytes: 4000), text: .clinic),
            ]), by: .only([.nurse, .pharmacist, .doctor]), clinics: true, text: .clinic,
            "A question has a code and whom it asks."),
        FieldRow(
            [.question], "answer", .text(bytes: 64),
            by: .only([.patient, .carer, .nurse, .pharmacist, .doctor]),
            "One of the question's answers, or yes, no, unknown, declined."),
    ]
}
