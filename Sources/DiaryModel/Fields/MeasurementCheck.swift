import SyncCore

/// The checks of domain 2.5 on a measurement as a whole: its value against its measure, and against
/// what was measured before.
struct MeasurementCheck {
    private let fields: JSONObject
    private let context: ValidationContext
    private(set) var findings: [Finding] = []

    init(_ fields: JSONObject, context: ValidationContext) {
        self.fields = fields
        self.context = context
    }

    mutating func run() {
        guard let measure = fields["measure"].flatMap({ MeasureCode(json: $0) }),
            let json = fields["value"], !json.isNull, AnswerWord(json: json) == nil,
            let row = FieldTable.row(kind: .measurement, field: "value"),
            ShapeCheck(field: "value", row: row, value: json).rejections.isEmpty
        else { return }
        if measure.row.form == .count { checkPeriod(json.objectValue?.keys ?? []) }
        guard let value = MeasurementValue(json: json, of: measure) else {
            if findings.isEmpty { reject(.malformed, "value", measure.expected) }
            return
        }
        if let member = value.impossibleMember(of: measure) {
            let isPeriod = member == "to"
            reject(
                isPeriod ? .impossible : .outOfRange, "value/\(member)",
                isPeriod
                    ? "The period ends before it begins; correct one day, or say unknown."
                    : measure.expected)
            return
        }
        checkSides(measure, value)
        checkWeight(value)
        checkTrough(value)
    }

    private mutating func reject(_ code: Rejection.Code, _ place: String, _ sentence: String) {
        findings.append(
            .rejection(
                code, place, sentence, seen: fields["value"] ?? .null, also: ["value", "measure"],
                stored: .notUnderstood))
    }

    private mutating func warn(_ code: WarningCode, also others: [String] = []) {
        findings.append(
            .warning(code, "value", fields["value"] ?? .null, also: ["measure"] + others))
    }

    private mutating func checkPeriod(_ members: [String]) {
        guard members.contains("count") else { return }
        for (member, end) in [("from", "first"), ("to", "last")] where !members.contains(member) {
            reject(
                .missing, "value/\(member)",
                "Say the \(end) day of the period; 0 is an answer, and so is unknown.")
        }
    }

    private mutating func checkSides(_ measure: MeasureCode, _ value: MeasurementValue) {
        guard let side = measure.row.side, let sides = context.sides,
            let number = value.number?.value
        else { return }
        let isLeft = side == .left
        let looksSwapped = SideSwap.looksSwapped(
            left: isLeft ? [number] : sides.otherNow, right: isLeft ? sides.otherNow : [number],
            lastLeft: isLeft ? sides.lastOfThisSide : sides.lastOfOtherSide,
            lastRight: isLeft ? sides.lastOfOtherSide : sides.lastOfThisSide)
        if looksSwapped { warn(.sidesSwapped) }
    }

    private mutating func checkWeight(_ value: MeasurementValue) {
        guard case .weight(let weight) = value, let grams = weight.weightGrams.value,
            let last = context.lastWeight
        else { return }
        let now = time?.start.ms ?? context.atMs
        if last.isJump(to: grams, atMs: now) { warn(.weightJump, also: ["time"]) }
    }

    private mutating func checkTrough(_ value: MeasurementValue) {
        guard case .igg(let level) = value, let drawn = time?.start else { return }
        let trough = IgGTrough(level, drawn: drawn, starts: context.infusionStarts)
        if trough == .notTrough { warn(.iggNotTrough, also: ["time"]) }
    }

    private var time: TimeValue? { fields["time"].flatMap { TimeValue(json: $0) } }
}

extension ValidationContext.WeightSeen {
    /// Whether a weight differs by more than 10 % from this one, seen in the last 60 days.
    ///
    /// - Parameter atMs: when the other was measured; where that is not known it counts as recent.
    func isJump(to weight: Int64, atMs now: Int64?) -> Bool {
        guard grams > 0, grams <= 1_000_000, (0...1_000_000).contains(weight) else { return false }
        let isRecent = now.map { $0.distance(from: atMs) <= 60 * 86_400_000 } ?? true
        return isRecent && weight.distance(from: grams) * 10 > grams
    }
}
