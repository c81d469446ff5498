public import SyncCore

/// What staff ask somebody: the field `ask` of a question.
public struct Ask: DiaryValue {
    public var code: PrintedText
    /// What it is about: an entry, and perhaps one field of it.
    public var about: About?
    /// Whom it asks; nil is the patient or a carer.
    public var to: Said<Role>?
    /// The clinic's words.
    public var text: PrintedText?

    public struct About: DiaryValue {
        public var entry: EntryID
        public var field: PrintedText?

        public init(entry: EntryID, field: PrintedText? = nil) {
            self.entry = entry
            self.field = field
        }

        public init?(json: JSONValue) {
            guard var reader = MemberReader(json) else { return nil }
            let entry: EntryID? = reader.member("entry")
            field = reader.member("field")
            guard reader.isWhole, let entry else { return nil }
            self.entry = entry
        }

        public var json: JSONValue {
            var object = JSONObject()
            object.set("entry", entry)
            object.set("field", field)
            return .object(object)
        }
    }

    public init(
        _ code: PrintedText, about: About? = nil, to role: Role? = nil, text: PrintedText? = nil
    ) {
        self.code = code
        self.about = about
        to = role.map { .value($0) }
        self.text = text
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: PrintedText? = reader.member("code")
        about = reader.member("about")
        to = reader.member("to")
        text = reader.member("text")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("about", about)
        object.set("to", to)
        object.set("text", text)
        return .object(object)
    }

    /// The question's row of the table, where it is one that is known here.
    public var row: QuestionRow? { QuestionTable.row(code) }

    /// Who may answer: whom it asks, or any staff who may answer questions (domain 2.10, 6.1).
    public func mayAnswer(_ role: Role) -> Bool {
        Self.mayAnswer(role, asking: [to?.value].compactMap(\.self))
    }

    static func mayAnswer(_ role: Role, asking asked: [Role]) -> Bool {
        PermissionTable.may(role, .answerQuestion) == .yes
            && (role.isStaff || asked.isEmpty || asked.contains(role))
    }

    /// The roles that a question asks, by every text of it that stands; empty where none names one.
    public static func roles(askedBy question: EntryView) -> [Role] {
        question.distinctCandidates("ask").compactMap { candidate in
            candidate.value.json.flatMap { Ask(json: $0) }?.to?.value
        }
    }
}

/// A question as its view says it.
public struct Question: Sendable {
    public let entry: EntryID
    /// Nil where two texts of it stand beside each other, or it is in a form that is not known here.
    public let ask: Ask?
    public let state: State

    public enum State: Hashable, Sendable {
        /// Nobody has answered.
        case open
        case answered(PrintedText)
        /// Two answers that had not seen each other.
        case contested([PrintedText])
        /// Taken back.
        case voided
        /// It is not settled whether it was taken back.
        case inQuestion
        /// Nothing that counts asks it.
        case toReview
    }

    public init(_ view: EntryView) {
        entry = view.entry.id
        ask = view["ask"].flatMap { Ask(json: $0) }
        let answers = view.distinctCandidates("answer").compactMap { candidate in
            candidate.value.json.flatMap { PrintedText(json: $0) }
        }
        // An answer that was taken out, or erased, is none; beside another it is a conflict.
        let isContested = view.fields["answer"]?.isInConflict ?? false
        switch view.status {
        case .voided: state = .voided
        case .inQuestion: state = .inQuestion
        case .none: state = .toReview
        case .active:
            if isContested {
                state = .contested(answers.sorted())
            } else if let answer = answers.first {
                state = .answered(answer)
            } else {
                state = .open
            }
        }
    }

    /// Somebody still has to do something with it.
    public var isWaiting: Bool {
        switch state {
        case .open, .contested, .inQuestion: true
        case .answered, .voided, .toReview: false
        }
    }

    /// Whether an answer is one that the question has, or one of the four that every question takes.
    public func knows(_ answer: PrintedText) -> Bool {
        Answer.allCases.contains { PrintedText($0.rawValue) == answer }
            || ask?.row?.answers.contains(answer) ?? false
    }
}
