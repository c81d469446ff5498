import SyncCore

/// Something about several fields of an entry together.
struct Finding {
    let kind: Kind
    /// The field it is shown at.
    let field: String
    /// The fields that have to do with it; `vials` stands for all lines.
    let involves: [String]
    let seen: JSONValue
    /// What a stored entry is flagged with instead of being refused.
    let storedCode: WarningCode?

    enum Kind {
        case rejection(Rejection.Code, sentence: String)
        case warning(WarningCode)
    }

    static func warning(
        _ code: WarningCode, _ field: String, _ seen: JSONValue, also others: [String] = []
    ) -> Finding {
        Finding(
            kind: .warning(code), field: field, involves: [field] + others, seen: seen,
            storedCode: code)
    }

    static func rejection(
        _ code: Rejection.Code, _ field: String, _ sentence: String, seen: JSONValue = .null,
        also others: [String] = [], stored: WarningCode? = nil
    ) -> Finding {
        Finding(
            kind: .rejection(code, sentence: sentence), field: field, involves: [field] + others,
            seen: seen, storedCode: stored)
    }
}
