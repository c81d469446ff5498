extension FieldTable {
    /// The measures of domain 2.5.
    public static let measures = codes(MeasureCode.self)

    static let measurementRows: [FieldRow] = [
        FieldRow(
            [.measurement], "measure", .exactly(measures), by: .recorders,
            "One of the measures that this diary knows."),
        FieldRow(
            [.measurement], "value",
            .either([
                shape(
                    ValueMember(
                        "gripPascals", .integer(0...200_000), required: true,
                        soft: [SoftLimit(.gripHigh, usual: 0...160_000)]),
                    ValueMember("attemptsPascals", .list(.integer(0...200_000), limit: 20)),
                    method),
                shape(number("forceGrams", 0...120_000), method),
                shape(number("forcePoundHundredths", 0...26_500), method),
                shape(
                    number("points", 0...70), ValueMember("set", .text(bytes: 64)),
                    ValueMember("muscles", .list(muscle, limit: 40), words: false)),
                shape(
                    number("armPoints", 0...5), number("legPoints", 0...7),
                    ValueMember("adjusted", .anything)),
                shape(
                    number("rawPoints", 0...48), ValueMember("centile", .integer(0...100)),
                    ValueMember("table", .text(bytes: 64))),
                shape(
                    number("walkMilliseconds", 500...600_000), ValueMember("aid", .text(bytes: 64))),
                .code(["unable"]),
                shape(
                    number("weightGrams", 2000...350_000),
                    ValueMember("scale", .code(codes(MeasureSource.self)))),
                shape(
                    ValueMember(
                        "iggMilligramsPerLitre", .integer(0...60_000), required: true,
                        soft: [SoftLimit(.iggUnusual, usual: 5000...25_000)]),
                    ValueMember("lastInfusion", .either([.entry, .moment])),
                    ValueMember("nextInfusion", .either([.entry, .moment]))),
                shape(
                    number("count", 0...366), ValueMember("from", .date), ValueMember("to", .date)),
                shape(number("days", 0...366)),
            ]), by: .recorders, "Number, unit and method together, inside the measure's range."),
    ]

    private static func number(_ name: String, _ range: ClosedRange<Int64>) -> ValueMember {
        ValueMember(name, .integer(range), required: true)
    }

    private static func shape(_ members: ValueMember...) -> ValueShape {
        .object(
            members + [ValueMember("entryMethod", .exactly(codes(EntryMethod.self)))])
    }

    private static let method = ValueMember("method", .code(["best_of", "mean_of", "other"]))

    private static let muscle = ValueShape.object([
        ValueMember("muscle", .text(bytes: 64), required: true),
        ValueMember("side", .code(codes(Site.Side.self)), required: true),
        ValueMember("points", .integer(0...5), required: true),
    ])
}
