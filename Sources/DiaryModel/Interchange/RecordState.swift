/// How an entry stands in an export.
public enum RecordState: String, Sendable, CaseIterable {
    case active
    case voided
    /// A link says that another copy counts.
    case setAside = "set_aside"
    /// Nothing that counts begins it: kept, exported as it was written, and in no total.
    case toReview = "to_review"
}
