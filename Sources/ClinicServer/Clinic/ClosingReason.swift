/// Why the clinic closed a device: the codes of the field `because`.
public enum ClosingReason: String, Sendable, CaseIterable {
    case lost, stolen
    case accessEnded = "access_ended"
    case retiredBroken = "retired_broken"
    case retiredLost = "retired_lost"
    case retiredReturned = "retired_returned"
    case retiredReplaced = "retired_replaced"

    /// Whether the device is out of use: coverage waits for it no longer.
    public var isRetirement: Bool {
        switch self {
        case .lost, .stolen, .accessEnded: false
        case .retiredBroken, .retiredLost, .retiredReturned, .retiredReplaced: true
        }
    }
}
