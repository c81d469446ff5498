public import SyncCore

/// An infusion's settled fields as typed values; what could not be read is named, never guessed.
public struct Infusion: Hashable, Sendable {
    public var route: Said<Route>?
    public var outcome: Outcome?
    /// The position of the event that is the plan's version.
    public var planVersion: JSONValue?
    public var course: Course?
    /// The vial lines in order of their names.
    public var lines: [NamedLine] = []
    public var time: TimeValue?
    public var sites: [Site]?
    public var rates: [RateStep]?
    public var infusedBy: InfusedBy?
    public var supervisedBy: InfusedBy?
    /// By name, without the prefix.
    public var premedications: [NamedPremedication] = []
    public var visualCheck: Said<VisualCheck>?
    public var weight: BodyWeight?
    public var place: Place?
    /// Fields that stand there in a form this version does not know.
    public var notUnderstood: [String] = []

    public struct NamedLine: Hashable, Sendable {
        /// The whole field name, `vials.1`.
        public let field: String
        public var line: VialLine
    }

    public struct NamedPremedication: Hashable, Sendable {
        public let name: String
        public var premedication: Premedication
    }

    /// Reads the fields; null and absent ones are left out.
    public init(fields: JSONObject) {
        for member in fields.members where !member.value.isNull { read(member.key, member.value) }
    }

    private mutating func read(_ field: String, _ json: JSONValue) {
        if field.hasPrefix("vials.") {
            if let line = VialLine(json: json) {
                lines.append(NamedLine(field: field, line: line))
            } else {
                notUnderstood.append(field)
            }
            return
        }
        if field.hasPrefix("premed.") {
            if let value = Premedication(json: json) {
                let name = String(field.dropFirst(7))
                premedications.append(NamedPremedication(name: name, premedication: value))
            } else if AnswerWord(json: json) == nil {
                notUnderstood.append(field)
            }
            return
        }
        switch field {
        case "route": route = value(json, field)
        case "outcome": outcome = value(json, field)
        case "planVersion": planVersion = json
        case "course": course = value(json, field)
        case "time": time = value(json, field)
        case "sites": sites = value(json, field)
        case "rates": rates = value(json, field)
        case "infusedBy": infusedBy = value(json, field)
        case "supervisedBy": supervisedBy = value(json, field)
        case "visualCheck": visualCheck = value(json, field)
        case "weightGrams": weight = value(json, field)
        case "place": place = value(json, field)
        default: break
        }
    }

    private mutating func value<Value: DiaryValue>(_ json: JSONValue, _ field: String) -> Value? {
        if let value = Value(json: json) { return value }
        if AnswerWord(json: json) == nil { notUnderstood.append(field) }
        return nil
    }

    /// The grams given, as far as the lines are known.
    public var dose: DoseSum { DoseSum(lines.map(\.line)) }

    /// The grams given in milligrams; nil where a line's are not known.
    public var doseMilligrams: Int64? {
        let dose = dose
        let hasUnreadable = notUnderstood.contains { $0.hasPrefix("vials.") }
        return dose.isComplete && !hasUnreadable ? dose.milligrams : nil
    }
}
