extension FieldTable {
    /// The measures of domain 2.5.
    public static let measures = [
        "grip_l", "grip_r", "grip_force_l", "grip_force_r", "mrc_sum", "incat", "onls", "irods",
        "walk10m", "weight", "igg_trough", "infections", "antibiotic_courses", "days_off",
        "hospital_days", "vas_fatigue", "vas_pain", "vas_wearing_off", "wearing_off_days",
    ]

    static let measurementRows: [FieldRow] = [
        FieldRow(
            [.measurement], "measure", .exactly(measures), by: .recorders,
            "One of the measures that this diary knows."),
        FieldRow(
            [.measurement], "value",
            .either([
                shape("gripPascals", 0...200_000, "attemptsPascals", "method"),
                shape("forceGrams", 0...120_000, "method"),
                shape("forcePoundHundredths", 0...26_500, "method"),
                shape("points", 0...70, "set", "muscles"), armAndLeg,
                shape("rawPoints", 0...48, "centile", "table"),
                shape("walkMilliseconds", 500...600_000, "aid"), .code(["unable"]),
                shape("weightGrams", 2000...350_000, "scale"),
                shape("iggMilligramsPerLitre", 0...60_000, "lastInfusion", "nextInfusion"),
                shape("count", 0...366, "from", "to"), shape("days", 0...366),
            ]), by: .recorders, "Number, unit and method together, inside the measure's range."),
    ]

    private static func shape(
        _ name: String, _ range: ClosedRange<Int64>, _ others: String...
    ) -> ValueShape {
        let more = others + ["entryMethod"]
        return .object(
            [ValueMember(name, .integer(range), required: true)]
                + more.map { ValueMember($0, .anything) })
    }

    private static let armAndLeg = ValueShape.object([
        ValueMember("armPoints", .integer(0...5), required: true),
        ValueMember("legPoints", .integer(0...7), required: true),
        ValueMember("adjusted", .anything), ValueMember("entryMethod", .anything),
    ])
}
