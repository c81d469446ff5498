public import DiaryModel
public import SyncCore

/// A training that a nurse or a doctor signs: who, what, how far, and until when it holds.
public struct TrainingForm: Sendable {
    /// The person of the diary who was trained; the patient where nothing is said.
    public var trainee: String?
    public var route: String?
    public var technique: String?
    /// Skills as `pump=independent`; `seen`, `done` or `independent`.
    public var competencies: [String] = []
    public var result: String?
    public var trainer: String?
    public var assessor: String?
    /// The person who signs, and has assessed where nobody else is named.
    public var signer: EntryID?
    /// How many infusions were watched.
    public var witnessed: String?
    public var validUntil: String?
    public var start: String?
    public var day: String?

    /// How a training ended.
    public static let results = ["signed_off", "not_yet", "withdrawn"]
    static let steps = ["seen", "done", "independent"]

    public init() {}

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func fields(_ context: FormContext, warnings: inout [Warning]) throws -> JSONObject {
        var reader = FormReader(context)
        reader.readTime(start: start, end: nil, day: day ?? (start == nil ? "today" : nil))
        readTrainee(&reader, context)
        readSkill(&reader)
        for word in reader.words(competencies, such: "pump=independent") {
            let field = "competency.\(TypedName.key(word.said))"
            guard FieldTable.row(kind: .training, field: field) != nil else {
                reader.refuse("competency", "“\(word.said)” is no skill. Type pump=independent.")
                continue
            }
            if let step = reader.code(word.text, Self.steps, field, "A skill") {
                reader.put(step, in: field)
            }
        }
        readResult(&reader, context)
        return try reader.result(warnings: &warnings)
    }

    private func readTrainee(_ reader: inout FormReader, _ context: FormContext) {
        if let trainee {
            if let person = reader.person(trainee, "trainee", context) {
                reader.set["trainee"] = person
            }
            return
        }
        let patients = context.people.filter { $0.role == .patient }
        guard let patient = patients.first, patients.count == 1 else {
            return reader.refuse(
                "trainee", .missing,
                "Say who was trained:  --trainee NAME.  The diary knows: "
                    + context.people.map(\.name).joined(separator: ", ") + ".")
        }
        reader.set["trainee"] = patient.entry.json
    }

    private func readSkill(_ reader: inout FormReader) {
        guard let route else {
            return reader.refuse(
                "skill/route", .missing, "Say the route that was trained:  --route sc.")
        }
        let routes = Route.allCases.map(\.rawValue)
        guard let code = reader.code(route, routes, "skill/route", "A route") else { return }
        var skill: JSONObject = ["route": code]
        if let text = reader.text(technique, "skill/technique") { skill["technique"] = text }
        reader.set["skill"] = .object(skill)
    }

    private func readResult(_ reader: inout FormReader, _ context: FormContext) {
        guard let result else {
            return reader.refuse(
                "result", .missing,
                "Say how it ended: --result \(Self.results.joined(separator: " or --result ")).")
        }
        guard let code = reader.code(result, Self.results, "result/code", "A result") else {
            return
        }
        var object: JSONObject = ["code": code]
        if let person = reader.person(trainer, "result/trainer", context) {
            object["trainer"] = person
        }
        if let person = reader.person(assessor, "result/assessor", context) ?? signer?.json {
            object["assessor"] = person
        }
        if let count = reader.number(witnessed, "witnessed", in: "result", such: "5") {
            object["witnessed"] = count
        }
        if let date = reader.date(validUntil, "validUntil", in: "result") {
            object["validUntil"] = .string(date.description)
        }
        reader.set["result"] = .object(object)
    }
}
