import DiaryModel

/// A change that is made with a reason: a code of a list (domain 2.1, 2.9), with words of one's own in a
/// note beside it.
public enum ReasonedChange: Sendable {
    case amending, voiding, reinstating

    /// The reasons that a person may give.
    public var reasons: [String] {
        switch self {
        case .amending: ["slip", "read_again", "photo", "asked", "other"]
        case .voiding: ["wrong_patient", "never_happened", "test", "slip", "duplicate", "other"]
        case .reinstating: ["slip", "read_again", "asked", "other"]
        }
    }

    /// The reason that a person typed.
    ///
    /// - Throws: `DeskError.refused` with the reasons there are.
    public func reason(_ typed: String) throws -> String {
        guard reasons.contains(typed) else {
            throw DeskError.refused([
                .init(
                    field: "reason", code: "no_such_reason",
                    sentence: "“\(typed)” is none of the reasons: "
                        + "\(reasons.joined(separator: ", ")).")
            ])
        }
        return typed
    }
}
