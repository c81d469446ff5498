public import SyncCore

/// An answer that the plan marks as a concern: the page shows the clinic's words and number, and saves.
public struct CheckConcern: Hashable, Sendable {
    public let item: String
    public let answer: Answer
    /// The clinic's words, where it has any.
    public let text: PrintedText?

    public var field: String { "answer.\(item)" }
}

extension CheckAnswers {
    /// The answers that the plan marks as a concern, in the plan's order.
    public func concerns(in checks: [PlannedCheck]) -> [CheckConcern] {
        checks.compactMap { check in
            guard let answer = answer(check.item.text), check.concern?.contains(answer) ?? false
            else { return nil }
            return CheckConcern(item: check.item.text, answer: answer, text: check.text)
        }
    }

    /// Every item with its answer, nil where it was not asked: first the plan's, or all that are known
    /// where the plan names none, then whatever else was answered.
    public func rows(in checks: [PlannedCheck]) -> [(item: String, answer: Answer?)] {
        var items = checks.isEmpty ? CheckItem.all.map(\.code) : checks.map(\.item.text)
        items += answers.map(\.item).filter { item in
            !items.contains { $0.utf8.elementsEqual(item.utf8) }
        }
        return items.map { ($0, answer($0)) }
    }

    /// What a postponed infusion offers to begin: a draft that says "not done" and asks for the rest.
    ///
    /// The reason is not guessed from the answers, and no time is made up: a person says both.
    public var postponedDraft: PostponedDraft? {
        result?.code.value == .postponed ? PostponedDraft() : nil
    }
}

/// The beginning of an entry "not done", which its person finishes, changes or throws away.
public struct PostponedDraft: Hashable, Sendable {
    /// The fields it begins with.
    public let fields: JSONObject = ["outcome": ["code": "not_done"]]
    /// What has to be asked before it is recorded, as members of fields.
    public let asks = ["outcome/reason", "time"]
}
