public import SyncCore

/// An item of the checklist as a plan has it: whether it is asked, and which answers are a concern.
///
/// Which answer is a concern is the clinic's to say; without its word none is.
public struct PlanCheck: Hashable, Sendable {
    public let item: PrintedText
    public let concerns: Set<Answer>
    /// The clinic's words where such an answer is given.
    public let text: PrintedText?

    public init(_ item: PrintedText, concerns: Set<Answer> = [], text: PrintedText? = nil) {
        self.item = item
        self.concerns = concerns
        self.text = text
    }

    /// One element of the plan's `checks`: a code alone, or {item, concern: an answer or a list, text}.
    public init?(json: JSONValue) {
        if let item = PrintedText(json: json), !item.text.isEmpty {
            self.init(item)
            return
        }
        guard var reader = MemberReader(json) else { return nil }
        let item: PrintedText? = reader.member("item")
        let concern: OneOrMore? = reader.member("concern")
        let text: PrintedText? = reader.member("text")
        guard reader.isWhole, let item else { return nil }
        self.init(item, concerns: Set(concern?.answers ?? []), text: text)
    }

    /// The checks of a plan's value, in its order; `isUnderstood` is false if one could not be read.
    public static func list(ofPlan plan: JSONValue) -> (checks: [PlanCheck], isUnderstood: Bool) {
        guard let checks = plan["checks"] else { return ([], true) }
        guard let items = checks.arrayValue else { return ([], false) }
        let read = items.compactMap { PlanCheck(json: $0) }
        return (read, read.count == items.count)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("item", item)
        if !concerns.isEmpty {
            object.set("concern", Answer.allCases.filter(concerns.contains))
        }
        object.set("text", text)
        return .object(object)
    }
}

/// One answer, or a list of them.
private struct OneOrMore: DiaryValue {
    let answers: [Answer]

    init?(json: JSONValue) {
        if let answer = Answer(json: json) {
            answers = [answer]
        } else if let several = [Answer](json: json) {
            answers = several
        } else {
            return nil
        }
    }

    var json: JSONValue { answers.json }
}
