import DiaryModel
public import SyncCore

/// A question that the clinic asks, about an entry or about nothing in particular.
public struct QuestionForm: Sendable {
    /// What the question is, for programs: `box_arrived`; `asked` where nothing is said.
    public var code: String?
    public var text: String?
    /// Whom it asks: a role, the patient where nothing is said.
    public var to: String?
    public var about: EntryID?
    /// The field of that entry.
    public var field: String?

    public init() {}

    /// The question.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func ask(_ context: FormContext) throws -> JSONValue {
        var reader = FormReader(context)
        let name = TypedName.key(code ?? "asked")
        var ask: JSONObject = ["code": .string(name)]
        if !FieldPattern.isName(name) {
            reader.refuse(
                "ask/code",
                "“\(code ?? "")” is no code. Type letters and digits, such as box_arrived.")
        }
        let roles = Role.allCases.map(\.rawValue)
        if let role = reader.code(to ?? "patient", roles, "ask/to", "Whom it asks") {
            ask["to"] = role
        }
        if text == nil {
            reader.refuse(
                "ask/text", .missing, "Say the question in words:  --text \"Did the box arrive?\"")
        }
        if let text = reader.text(text, "ask/text") { ask["text"] = text }
        if let about {
            var subject: JSONObject = ["entry": about.json]
            if let field { subject["field"] = .string(field) }
            ask["about"] = .object(subject)
        }
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        return .object(ask)
    }
}

/// An answer to a question: `yes`, `no`, `unknown`, `declined`, or a code of that question.
public struct AnswerForm: Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// The answer.
    ///
    /// - Throws: `DeskError.refused` where it is none.
    public func answer() throws -> JSONValue {
        if let answer = TypedValue.answer(text.trimmed) { return .string(answer) }
        let code = TypedName.key(text)
        // A code says which of some answers it is; words belong in a note.
        guard FieldPattern.isName(code) else {
            throw DeskError.refused([
                .init(
                    field: "answer", code: Rejection.Code.notInList.rawValue,
                    sentence: "An answer is yes, no, unknown or declined, or one short word such "
                        + "as arrived. Say more in a note:  --note \"…\"")
            ])
        }
        return .string(code)
    }
}
