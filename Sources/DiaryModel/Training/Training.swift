public import SyncCore

/// A training's fields as typed values; what could not be read is named, never guessed.
public struct Training: Hashable, Sendable {
    public var time: TimeValue?
    /// The `person` entry of the patient or carer.
    public var trainee: EntryID?
    public var skill: TrainingSkill?
    /// By code, in byte order.
    public var competencies: [NamedCompetency] = []
    public var result: TrainingResult?
    /// Fields that stand there in a form this version does not know.
    public var notUnderstood: [String] = []

    public struct NamedCompetency: Hashable, Sendable {
        /// Without the prefix.
        public let code: String
        public let level: Competency
    }

    /// Reads the fields; null and absent ones are left out.
    public init(fields: JSONObject) {
        for member in fields.members where !member.value.isNull { read(member.key, member.value) }
    }

    private mutating func read(_ field: String, _ json: JSONValue) {
        if field.hasPrefix("competency.") {
            if let level = Competency(json: json) {
                let code = String(field.dropFirst(11))
                competencies.append(NamedCompetency(code: code, level: level))
            } else {
                notUnderstood.append(field)
            }
            return
        }
        switch field {
        case "time": time = value(json, field)
        case "trainee": trainee = value(json, field)
        case "skill": skill = value(json, field)
        case "result": result = value(json, field)
        default: break
        }
    }

    private mutating func value<Value: DiaryValue>(_ json: JSONValue, _ field: String) -> Value? {
        if let value = Value(json: json) { return value }
        notUnderstood.append(field)
        return nil
    }
}

/// How far somebody has got with one step.
public enum Competency: String, DiaryValue, CaseIterable {
    case seen, done, independent
}

/// What was trained.
public struct TrainingSkill: DiaryValue {
    public var route: Route
    public var technique: PrintedText?

    public init(_ route: Route, technique: PrintedText? = nil) {
        self.route = route
        self.technique = technique
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let route: Route? = reader.member("route")
        technique = reader.member("technique")
        guard reader.isWhole, let route else { return nil }
        self.route = route
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("route", route)
        object.set("technique", technique)
        return .object(object)
    }
}

/// How a training ended, who says so and until when it holds.
public struct TrainingResult: DiaryValue {
    public var code: PrintedText
    public var trainer: EntryID?
    public var assessor: EntryID?
    /// Infusions that were watched.
    public var witnessed: Int64?
    /// The last day on which the sign-off holds.
    public var validUntil: PrintedDay?

    /// The result of a training that ends with a sign-off.
    public static let signedOff: PrintedText = "signed_off"
    /// More training is needed; an earlier sign-off stands.
    public static let notYet: PrintedText = "not_yet"
    /// The sign-off is taken back.
    public static let withdrawn: PrintedText = "withdrawn"

    public init(
        _ code: PrintedText, trainer: EntryID? = nil, assessor: EntryID? = nil,
        witnessed: Int64? = nil, validUntil: CivilDate? = nil
    ) {
        self.code = code
        self.trainer = trainer
        self.assessor = assessor
        self.witnessed = witnessed
        self.validUntil = validUntil.map { PrintedDay($0) }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: PrintedText? = reader.member("code")
        trainer = reader.member("trainer")
        assessor = reader.member("assessor")
        witnessed = reader.member("witnessed")
        validUntil = reader.member("validUntil")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("trainer", trainer)
        object.set("assessor", assessor)
        object.set("witnessed", witnessed)
        object.set("validUntil", validUntil)
        return .object(object)
    }

    var isSignOff: Bool { code == Self.signedOff }
}
