import Foundation
import TestSupport
import Testing

/// How much of the faults is tried: a share of the calls in every run of the tests, each call of each
/// command in `make faults`, or each call with the faults and of the commands that `FAULTS` names.
enum FaultShare {
    private static let wanted = ProcessInfo.processInfo.environment["DIARY_FAULTS"]
        .map { $0.split(whereSeparator: { " ,".contains($0) }).map(String.init) }
    private static let faults = DiskFault.allCases.map(\.rawValue)
    private static let commands = FaultScenes.allCases.map(\.rawValue)
    /// Words of `FAULTS` that name nothing. With one, nothing runs: hours would prove something else.
    private static let unknown = (wanted ?? []).filter {
        !(faults + commands + ["all"]).contains($0)
    }

    /// Whether every call is tried.
    static var isWhole: Bool { wanted != nil }

    static func includes(_ fault: DiskFault) -> Bool {
        isNamed(fault.rawValue, among: faults)
    }

    static func includes(_ command: FaultScenes) -> Bool {
        isNamed(command.rawValue, among: commands)
    }

    /// Whether `FAULTS` names it, or none of its kind.
    private static func isNamed(_ name: String, among all: [String]) -> Bool {
        guard unknown.isEmpty else {
            Issue.record("FAULTS: \(unknown) is none of \(faults) and none of \(commands)")
            return false
        }
        guard let wanted, wanted.contains(where: all.contains) else { return true }
        return wanted.contains(name)
    }

    /// The waiting for each other counts, and the whole takes hours.
    static var limit: TimeLimitTrait.Duration { .minutes(isWhole ? 900 : 60) }
}
