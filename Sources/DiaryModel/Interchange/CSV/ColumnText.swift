import SyncCore

/// What stands in a column: one value, or all that the candidates of a field say.
enum ColumnText {
    /// A body was erased.
    static let erased = "erased"
    /// A value in a form that this version cannot read; it is kept in the diary.
    static let notUnderstood = "not_understood"
    private static let separator = " | "

    /// All different texts in byte order, joined with ` | `.
    static func joined(_ texts: [String]) -> String {
        Set(texts.map { PrintedText($0) }).sorted().map(\.text).joined(separator: separator)
    }

    /// What each candidate of a field says in a column.
    ///
    /// - Parameter read: the text of a value; empty where it says nothing of this, nil where it is not
    ///   understood. Words in place of a whole value never come there.
    static func of(
        _ register: Register?, _ read: (JSONValue, Candidate) -> String?
    ) -> String {
        joined(
            (register?.candidates ?? []).map { candidate in
                guard let json = candidate.value.json else { return erased }
                if json.isNull { return "" }
                if let word = AnswerWord(json: json) { return word.rawValue }
                return read(json, candidate) ?? notUnderstood
            })
    }

    /// Several values of one candidate, joined with `;`.
    static func list(_ texts: [String]) -> String { texts.joined(separator: ";") }

    /// One member of an object-shaped value: its text, a word, or empty where it is absent.
    static func member<Value: DiaryValue>(
        _ json: JSONValue, _ key: String, _ type: Value.Type, _ text: (Value) -> String?
    ) -> String? {
        guard json.objectValue != nil else { return nil }
        guard let member = json[key], !member.isNull else { return "" }
        guard let said = Said<Value>(json: member) else { return nil }
        switch said {
        case .value(let value): return text(value)
        case .unknown: return AnswerWord.unknown.rawValue
        case .declined: return AnswerWord.declined.rawValue
        }
    }
}

extension DiaryValue where Self: RawRepresentable, RawValue == String {
    /// The code itself.
    var code: String? { rawValue }
}
