/// What one step of a world tries; where it cannot be done, the step does nothing.
public enum Action: String, CaseIterable, Sendable {
    case write, saveForm, beginSync, deliver, bundleOut, bundleIn, decide, join, erase, confirm
    case backUp, restore, restoreClinic, loseClinic, clone, refuse, changeVersion, writeNewer
    case turnClock, misbehave, crash

    /// How often it is drawn among those that are switched on.
    var weight: Int {
        switch self {
        case .write: 30
        case .saveForm: 7
        case .beginSync: 14
        case .deliver: 44
        case .bundleOut, .bundleIn, .decide, .misbehave: 4
        case .confirm: 6
        case .join, .backUp, .erase, .restore, .turnClock, .writeNewer, .clone: 2
        case .restoreClinic, .loseClinic, .refuse, .changeVersion, .crash: 1
        }
    }
}

/// One step of a plan: what it tries, and the seed of all that is drawn in it.
///
/// Each step draws from a generator of its own, so that leaving one out changes nothing in the others.
public struct Step: Sendable {
    public let number: Int
    public let action: Action
    let seed: UInt64
}
