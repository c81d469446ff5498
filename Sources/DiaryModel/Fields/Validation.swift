public import SyncCore

/// What a validator found: what is refused, and what is saved with a warning.
public struct Validation: Hashable, Sendable {
    public var rejections: [Rejection] = []
    public var warnings: [Warning] = []

    public init() {}

    /// Nothing is refused.
    public var isAcceptable: Bool { rejections.isEmpty }
}

/// A value that cannot be true or cannot be read; the raw input and the draft are kept.
public struct Rejection: Hashable, Sendable {
    /// The field, and after a slash the member: `vials.1/count`.
    public let field: String
    public let code: Code
    /// What was expected, and the honest way out.
    public let sentence: String

    public enum Code: String, Sendable, CaseIterable {
        case missing
        case malformed
        case notInList = "not_in_list"
        case outOfRange = "out_of_range"
        case impossible
    }
}

/// Something unlikely that is saved all the same.
public struct Warning: Hashable, Sendable {
    public let code: WarningCode
    public let field: String
    /// The value that gave rise to it.
    public let seen: JSONValue

    public init(_ code: WarningCode, _ field: String, _ seen: JSONValue) {
        self.code = code
        self.field = field
        self.seen = seen
    }
}

/// Why a value was kept in spite of a warning.
public enum WarningAnswer: String, DiaryValue, CaseIterable {
    case isCorrect = "is_correct"
    case unsure
    case notSaid = "not_said"
}

extension Warning {
    /// The member of an event's `about` that keeps it: `warning.<code>.<field>` and its value.
    public func kept(because answer: WarningAnswer) -> (key: String, value: JSONValue) {
        ("warning.\(code.rawValue).\(field)", ["because": answer.json, "seen": seen])
    }

    /// The warnings that are kept in an event's `about`, those of codes that are known here.
    public static func kept(in about: JSONObject) -> [Warning] {
        about.members.compactMap { member in
            let parts = member.key.split(separator: ".", maxSplits: 2).map(String.init)
            guard parts.count == 3, parts[0] == "warning",
                let code = WarningCode(rawValue: parts[1])
            else { return nil }
            return Warning(code, parts[2], member.value["seen"] ?? .null)
        }
    }
}
