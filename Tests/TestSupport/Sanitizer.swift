import Foundation

/// Tests and command that were built with a sanitizer; `scripts/sanitize` says so in the environment.
package enum Sanitizer {
    private static let environment = ProcessInfo.processInfo.environment

    package static let isWatching = environment["DIARY_SANITIZE"] != nil

    /// What every process that a test starts has to know as well: where reports go, and how.
    package static let variables = environment.filter {
        ["ASAN_OPTIONS", "LD_PRELOAD", "TSAN_OPTIONS"].contains($0.key)
    }

    /// Whether a bound on memory or speed can be held; the sanitizer's own needs are many times ours.
    package static func permits(_ bound: String) -> Bool {
        if isWatching { print("skipped under a sanitizer: \(bound)") }
        return !isWatching
    }
}
