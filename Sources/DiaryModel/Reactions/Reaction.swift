public import SyncCore

/// A reaction's fields as typed values; what could not be read is named, never guessed.
public struct Reaction: Hashable, Sendable {
    public var infusion: Said<InfusionLink>?
    public var time: TimeValue?
    public var saidGrade: SaidGrade?
    /// The grade that staff gave, 1 to 5.
    public var assessedGrade: Int64?
    /// By code, in byte order.
    public var symptoms: [NamedSymptom] = []
    public var locals: [LocalSign] = []
    public var actions: [NamedAction] = []
    public var outcome: Said<Outcome>?
    public var reports: [NamedReport] = []
    /// Fields that stand there in a form this version does not know.
    public var notUnderstood: [String] = []

    /// The infusion it belongs to.
    public enum InfusionLink: DiaryValue {
        case entry(EntryID)
        /// The person does not know which one.
        case notSure

        public init?(json: JSONValue) {
            if json == Self.notSureWord {
                self = .notSure
            } else if let entry = EntryID(json: json) {
                self = .entry(entry)
            } else {
                return nil
            }
        }

        public var json: JSONValue {
            switch self {
            case .entry(let entry): entry.json
            case .notSure: Self.notSureWord
            }
        }

        private static let notSureWord: JSONValue = "not_sure"
    }

    public struct NamedSymptom: Hashable, Sendable {
        /// Without the prefix: `headache`, `other-x7k2m9qd`.
        public let code: String
        public let symptom: Symptom
    }

    public struct NamedAction: Hashable, Sendable {
        public let code: String
        public let answer: Answer
    }

    public struct NamedReport: Hashable, Sendable {
        /// The whole field name.
        public let field: String
        public let report: ReactionReport
    }

    /// How it ended.
    public enum Outcome: String, DiaryValue, CaseIterable {
        case recovered, recovering
        case notRecovered = "not_recovered"
        case recoveredSequelae = "recovered_sequelae"
        case fatal
    }

    /// Reads the fields; null and absent ones are left out.
    public init(fields: JSONObject) {
        for member in fields.members where !member.value.isNull { read(member.key, member.value) }
    }

    private mutating func read(_ field: String, _ json: JSONValue) {
        if let code = field.suffix(after: "symptom.") {
            if let symptom = Symptom(json: json) {
                symptoms.append(NamedSymptom(code: code, symptom: symptom))
            } else {
                notUnderstood.append(field)
            }
        } else if field.hasPrefix("local.") {
            if let sign = LocalSign(field: field, json: json) {
                locals.append(sign)
            } else {
                notUnderstood.append(field)
            }
        } else if let code = field.suffix(after: "action.") {
            if let answer = Answer(json: json) {
                actions.append(NamedAction(code: code, answer: answer))
            } else {
                notUnderstood.append(field)
            }
        } else if field.hasPrefix("report.") {
            if let report = ReactionReport(json: json) {
                reports.append(NamedReport(field: field, report: report))
            } else if AnswerWord(json: json) == nil {
                notUnderstood.append(field)
            }
        } else {
            readSingle(field, json)
        }
    }

    private mutating func readSingle(_ field: String, _ json: JSONValue) {
        switch field {
        case "infusion": infusion = value(json, field)
        case "time": time = value(json, field)
        case "grade.said": saidGrade = value(json, field)
        case "grade.assessed": assessedGrade = value(json, field)
        case "outcome":
            if let word = AnswerWord(json: json) {
                outcome = word == .unknown ? .unknown : .declined
            } else {
                let said: OutcomeMember? = value(json, field)
                outcome = said?.code
            }
        default: break
        }
    }

    private mutating func value<Value: DiaryValue>(_ json: JSONValue, _ field: String) -> Value? {
        if let value = Value(json: json) { return value }
        if AnswerWord(json: json) == nil { notUnderstood.append(field) }
        return nil
    }

    /// Onset, as a list is sorted by it.
    public var onset: Moment? { time?.start }

    /// The symptoms that somebody says were there.
    public var present: Set<String> {
        Set(symptoms.filter(\.symptom.isPresent).map(\.code))
    }

    /// Whether an action was taken.
    public func did(_ action: String) -> Bool {
        actions.contains { $0.code == action && $0.answer == .yes }
    }
}

/// The value of `outcome`: an object with a code.
private struct OutcomeMember: DiaryValue {
    let code: Said<Reaction.Outcome>

    init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: Said<Reaction.Outcome>? = reader.member("code")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    var json: JSONValue { ["code": code.json] }
}

extension String {
    /// What stands after a prefix; nil if it does not begin so.
    fileprivate func suffix(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
