extension FieldTable {
    static let planRows: [FieldRow] = [
        FieldRow(
            [.plan], "plan", planShape, by: .doctorAndNurseIfAllowed, clinics: true, text: .clinic,
            "A plan names product, route, a dose up to 400 g and an interval of 1 to 365 days.")
    ]

    /// Milligrams of one dose.
    private static let doses: ClosedRange<Int64> = 1...400_000
    private static let intervals: ClosedRange<Int64> = 1...365

    private static let planShape = ValueShape.object([
        ValueMember("effectiveFrom", .date, required: true),
        ValueMember("effectiveUntil", .date),
        ValueMember("zone", .text(bytes: 64), required: true),
        ValueMember("indication", .code(codes(Indication.self))),
        ValueMember("product", .text(bytes: 64), required: true),
        ValueMember("substitutes", .list(.text(bytes: 64), limit: 30)),
        ValueMember("route", .code(codes(Route.self)), required: true),
        ValueMember("doseMilligrams", .integer(doses), required: true),
        ValueMember("intervalDays", .integer(intervals), required: true),
        ValueMember("parts", .integer(1...10)),
        ValueMember("weightGrams", .integer(2000...350_000)),
        ValueMember("doseMilligramsPerKilogram", .integer(amount)),
        ValueMember("dueMode", .code(codes(DueMode.self))),
        ValueMember("graceDays", .integer(0...365)),
        ValueMember("maxSites", .integer(1...24)),
        ValueMember("maxMicrolitresPerSite", .integer(1...1_000_000)),
        ValueMember("maxMicrolitresPerHourPerSite", .integer(1...2_000_000)),
        ValueMember("rateSteps", .list(rateStepShape, limit: 40)),
        ValueMember("ramp", .list(rampShape, limit: 60)),
        ValueMember("taper", .list(taperShape, limit: 60)),
        ValueMember("premeds", .list(premedShape, limit: 20)),
        ValueMember("checks", .list(checkShape, limit: 40)),
        ValueMember("measures", .list(measureShape, limit: 30)),
        ValueMember("stopRules", .list(.text(bytes: 1000), limit: 20), text: .clinic),
        ValueMember("emergencyPhone", .text(bytes: 64), text: .clinic),
        ValueMember("clinicPhone", .text(bytes: 64), text: .clinic),
        ValueMember("targetIggMilligramsPerLitre", .integer(0...60_000)),
        ValueMember("siblingPlan", .entry),
    ])

    private static let rateStepShape = ValueShape.object([
        ValueMember("minutes", .integer(1...4320), required: true),
        ValueMember("rateMicrolitresPerKilogramPerHour", .integer(1...100_000), required: true),
    ])

    private static let rampShape = ValueShape.object([
        ValueMember("dayOffset", .integer(0...3650), required: true),
        ValueMember("doseMilligrams", .integer(doses), required: true),
    ])

    /// A step changes the dose or the interval, never both: what it does not name stays.
    private static let taperShape = ValueShape.either([
        taperStep("doseMilligrams", doses), taperStep("intervalDays", intervals),
    ])

    private static func taperStep(_ name: String, _ range: ClosedRange<Int64>) -> ValueShape {
        .object([
            ValueMember("from", .date, required: true),
            ValueMember(name, .integer(range), required: true),
            ValueMember("reason", .text(bytes: 200), text: .clinic),
        ])
    }

    private static let premedShape = ValueShape.object([
        ValueMember("name", .text(bytes: 64), required: true),
        ValueMember("doseMilligrams", .integer(1...1_000_000)),
        ValueMember("minutesBefore", .integer(0...1440)),
    ])

    private static let checkShape = ValueShape.object([
        ValueMember("item", .text(bytes: 64), required: true),
        ValueMember("concern", .list(.answer, limit: 4)),
        ValueMember("text", .text(bytes: 1000), text: .clinic),
    ])

    private static let measureShape = ValueShape.object([
        ValueMember("measure", .code(measures), required: true),
        ValueMember("everyDays", .integer(1...730), required: true),
    ])
}
