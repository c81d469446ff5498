/// A yes or a no as a person types it. What is neither is asked about again, never taken for one.
public struct TypedYesOrNo: Sendable {
    public let isYes: Bool

    /// - Parameter standard: what Enter alone means.
    public init?(_ typed: String, standard: Bool) {
        switch typed.trimmed.lowercased() {
        case "y", "yes": isYes = true
        case "n", "no": isYes = false
        case "": isYes = standard
        default: return nil
        }
    }
}
