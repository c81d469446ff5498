public import SyncCore

/// What somebody answered: a value, or one of the two words that are answers, too (an absent field was not asked).
public enum Said<Value: DiaryValue>: DiaryValue {
    case value(Value)
    /// The person does not know.
    case unknown
    /// The person does not wish to say.
    case declined

    /// The value, where there is one.
    public var value: Value? { if case .value(let value) = self { value } else { nil } }

    public init?(json: JSONValue) {
        if let word = AnswerWord(json: json) {
            self = word == .unknown ? .unknown : .declined
        } else if let value = Value(json: json) {
            self = .value(value)
        } else {
            return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .value(let value): value.json
        case .unknown: AnswerWord.unknown.json
        case .declined: AnswerWord.declined.json
        }
    }
}

extension Said: ExpressibleByIntegerLiteral where Value == Int64 {
    public init(integerLiteral value: Int64) { self = .value(value) }
}

/// The words that may stand where any value but printed text belongs.
public enum AnswerWord: String, DiaryValue, CaseIterable {
    case unknown
    case declined
}

/// The four answers to a question; absent means it was not asked.
public enum Answer: String, DiaryValue, CaseIterable {
    case yes
    case no
    case unknown
    case declined
}
