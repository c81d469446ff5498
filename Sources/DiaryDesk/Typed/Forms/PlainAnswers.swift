import SyncCore

/// How bad a reaction was, in the answers to plain questions; the grade follows from them.
///
/// The steps are those of CTCAE as domain 2.4 has them: 1 mild and passing, 2 the infusion was
/// interrupted or a medicine was needed, 3 it went on, came back or led to hospital, 4 life in danger.
/// Hospital has to have been answered with no before anything is called mild: a question that nobody
/// answered makes nothing milder, and then the grade is unknown.
public struct PlainAnswers: Sendable, Hashable {
    /// The infusion was slowed or stopped because of it.
    public var interrupted: String?
    /// A medicine was needed.
    public var treated: String?
    /// It went on for long, or came back.
    public var prolonged: String?
    public var hospital: String?
    /// Life was in danger.
    public var danger: String?

    public init() {}

    /// The questions in the order in which they are asked.
    public static let questions: [(name: String, text: String)] = [
        ("interrupted", "Was the infusion slowed or stopped because of it?"),
        ("treated", "Was any medicine needed for it?"),
        ("prolonged", "Did it go on for long, or come back?"),
        ("hospital", "Was it treated in hospital?"),
        ("danger", "Was life in danger?"),
    ]

    /// Takes `interrupted=yes` and the like; false where the word is something else.
    mutating func take(_ word: TypedChange) -> Bool {
        guard let path = Self.paths[TypedValue.folded(word.said)] else { return false }
        self[keyPath: path] = word.text
        return true
    }

    /// What was said to a question, by its name.
    public subscript(name: String) -> String? { Self.paths[name].flatMap { self[keyPath: $0] } }

    /// Takes an answer; false where it is none, or no question has this name.
    public mutating func answer(_ name: String, _ text: String) -> Bool {
        guard let path = Self.paths[name], TypedValue.answer(text) != nil else { return false }
        self[keyPath: path] = text
        return true
    }

    private static var paths: [String: WritableKeyPath<PlainAnswers, String?>] {
        [
            "interrupted": \.interrupted, "treated": \.treated, "prolonged": \.prolonged,
            "hospital": \.hospital, "danger": \.danger,
        ]
    }

    private var all: [(name: String, text: String?)] {
        Self.questions.map { ($0.name, self[$0.name]) }
    }

    /// What is wrong with what was typed.
    var problems: [String] {
        all.compactMap { name, text in
            guard let text, TypedValue.answer(text) == nil else { return nil }
            return "\(name) is answered by yes, no, unknown or declined."
        }
    }

    /// The field `grade.said`; nil where nobody said anything of it.
    ///
    /// - Parameter actions: what was done, which answers a question that nobody put.
    func said(doing actions: [String]) -> JSONValue? {
        let answers = all.compactMap { name, text in
            text.flatMap(TypedValue.answer).map { (name, $0) }
        }
        let found = grade(doing: actions)
        guard !answers.isEmpty || found != nil else { return nil }
        var said: JSONObject = ["grade": found.map { JSONValue.integer($0) } ?? "unknown"]
        for (name, answer) in answers where Self.kept.contains(name) {
            said[name] = .string(answer)
        }
        return .object(said)
    }

    /// The answers that have a place on the wire beside the grade.
    private static let kept = ["interrupted", "treated", "hospital"]
    private static let interruptions = ["slowed", "paused", "stopped", "restarted_slower"]
    private static let treatments = [
        "antihistamine", "paracetamol", "steroid", "adrenaline", "oxygen",
    ]

    private func grade(doing actions: [String]) -> Int64? {
        func isYes(_ text: String?, or codes: [String]) -> Bool {
            text.flatMap(TypedValue.answer) == "yes" || actions.contains { codes.contains($0) }
        }
        if isYes(danger, or: []) { return 4 }
        if isYes(hospital, or: ["hospital", "admitted"]) || isYes(prolonged, or: []) { return 3 }
        // A milder grade says that nothing worse is open.
        let further = [danger, prolonged].compactMap(\.self).map(TypedValue.answer)
        guard hospital.flatMap(TypedValue.answer) == "no", further.allSatisfy({ $0 == "no" })
        else { return nil }
        if isYes(interrupted, or: Self.interruptions) || isYes(treated, or: Self.treatments) {
            return 2
        }
        let milder = [interrupted, treated].map { $0.flatMap(TypedValue.answer) }
        return milder.allSatisfy { $0 == "no" } ? 1 : nil
    }
}
