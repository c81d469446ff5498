/// How somebody's sign-off for a route stands on a day. It locks nothing, ever.
///
/// Whatever it says, what happened is recorded: an ended sign-off is a word to the person and to the
/// nurse (domain 2.6).
public enum TrainingStatus: Hashable, Sendable {
    /// Holds; without a day it has no end.
    case valid(until: CivilDate?)
    /// Holds, and ends within 30 days.
    case endsSoon(CivilDate)
    case ended(CivilDate)
    /// The clinic took it back on this day.
    case withdrawn(CivilDate)
    /// Two results stand beside each other, and only one of them is a sign-off that holds.
    case inQuestion
    /// None is known.
    case notKnown

    /// How many days before its end a sign-off is said to end soon.
    public static let soonDays = 30

    /// Whether a sign-off certainly holds.
    public var isValid: Bool {
        switch self {
        case .valid, .endsSoon: true
        case .ended, .withdrawn, .inQuestion, .notKnown: false
        }
    }

    /// The word that goes to the person and the nurse.
    public var warning: WarningCode? {
        switch self {
        case .endsSoon: .trainingEndsSoon
        case .ended: .trainingEnded
        case .valid, .withdrawn, .inQuestion, .notKnown: nil
        }
    }
}
