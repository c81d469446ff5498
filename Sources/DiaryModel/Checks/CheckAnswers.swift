public import SyncCore

/// A checklist's fields as typed values; what was not asked is absent, and never a "no".
public struct CheckAnswers: Hashable, Sendable {
    public var time: TimeValue?
    /// By item, in byte order; an item that was not asked is not among them.
    public var answers: [NamedAnswer] = []
    public var temperature: Said<Vital>?
    public var bloodPressure: Said<BloodPressure>?
    public var pulse: Said<Vital>?
    public var oxygen: Said<Vital>?
    public var result: CheckResult?
    /// Fields that stand there in a form this version does not know.
    public var notUnderstood: [String] = []

    public struct NamedAnswer: Hashable, Sendable {
        /// Without the prefix.
        public let item: String
        public let answer: Answer
    }

    /// Reads the fields; null and absent ones are left out.
    public init(fields: JSONObject) {
        for member in fields.members where !member.value.isNull { read(member.key, member.value) }
    }

    private mutating func read(_ field: String, _ json: JSONValue) {
        if field.hasPrefix("answer.") {
            if let answer = Answer(json: json) {
                answers.append(NamedAnswer(item: String(field.dropFirst(7)), answer: answer))
            } else {
                notUnderstood.append(field)
            }
            return
        }
        switch field {
        case "time": time = value(json, field)
        case "result": result = value(json, field)
        case "vital.temperature": temperature = vital(json, field, "temperatureCelsiusHundredths")
        case "vital.pulse": pulse = vital(json, field, "pulsePerMinute")
        case "vital.oxygen": oxygen = vital(json, field, "oxygenPercent")
        case "vital.blood_pressure": bloodPressure = value(json, field)
        default: break
        }
    }

    private mutating func value<Value: DiaryValue>(_ json: JSONValue, _ field: String) -> Value? {
        if let value = Value(json: json) { return value }
        if AnswerWord(json: json) == nil { notUnderstood.append(field) }
        return nil
    }

    private mutating func vital(_ json: JSONValue, _ field: String, _ member: String) -> Said<
        Vital
    >? {
        if let word = AnswerWord(json: json) { return word == .unknown ? .unknown : .declined }
        guard let object = json.objectValue, object.count == 1,
            let number = object[member].flatMap({ Said<Int64>(json: $0) })
        else {
            notUnderstood.append(field)
            return nil
        }
        switch number {
        case .value(let wire): return .value(Vital(wire: wire))
        case .unknown: return .unknown
        case .declined: return .declined
        }
    }

    /// The answer to an item; nil where it was not asked.
    public func answer(_ item: String) -> Answer? {
        answers.first { $0.item.utf8.elementsEqual(item.utf8) }?.answer
    }
}

/// A vital sign as one number in wire units: hundredths of °C, beats a minute, percent.
public struct Vital: DiaryValue {
    public let wire: Int64

    public init(wire: Int64) { self.wire = wire }

    public init?(json: JSONValue) {
        guard let wire = json.integerValue else { return nil }
        self.wire = wire
    }

    public var json: JSONValue { .integer(wire) }
}

/// Blood pressure in mmHg.
public struct BloodPressure: DiaryValue {
    public var systolicMmHg: Said<Int64>
    public var diastolicMmHg: Said<Int64>

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let systolic: Said<Int64>? = reader.member("systolicMmHg")
        let diastolic: Said<Int64>? = reader.member("diastolicMmHg")
        guard reader.isWhole, let systolic, let diastolic else { return nil }
        systolicMmHg = systolic
        diastolicMmHg = diastolic
    }

    public var json: JSONValue {
        ["systolicMmHg": systolicMmHg.json, "diastolicMmHg": diastolicMmHg.json]
    }
}

/// What came of a checklist.
public struct CheckResult: DiaryValue {
    public var code: Said<Code>
    /// The `person` entry of who gave the advice.
    public var advisedBy: Said<EntryID>?
    public var advisedAt: Said<Moment>?

    public enum Code: String, DiaryValue, CaseIterable {
        case proceed
        case proceedAfterAdvice = "proceed_after_advice"
        case postponed
    }

    public init(_ code: Code, advisedBy: EntryID? = nil, advisedAt: Moment? = nil) {
        self.code = .value(code)
        self.advisedBy = advisedBy.map { .value($0) }
        self.advisedAt = advisedAt.map { .value($0) }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: Said<Code>? = reader.member("code")
        advisedBy = reader.member("advisedBy")
        advisedAt = reader.member("advisedAt")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("advisedBy", advisedBy)
        object.set("advisedAt", advisedAt)
        return .object(object)
    }
}
