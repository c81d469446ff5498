import TestSupport

/// What a command has to say when the disk fails under it.
enum FaultWords {
    /// Exit statuses that the documents name.
    private static let defined: ClosedRange<Int32> = 0...6

    private static let kept = [
        "Nothing was", "is safe", "are safe", "as it was", "as it is", "is there", "not touched",
        "stays", "kept", "saved",
    ]

    static func flaws(of ended: Ended, at point: FaultPoint) -> [String] {
        if point.fault == .killed {
            return ended.signal == 9 || ended.signal == nil ? [] : ["signal \(ended.signal ?? 0)"]
        }
        var flaws: [String] = []
        if let signal = ended.signal { flaws.append("ended by signal \(signal)") }
        if !defined.contains(ended.status) { flaws.append("exit status \(ended.status)") }
        if ended.text.contains("Fatal error") { flaws.append("a trap") }
        if ended.status == 0 {
            if ended.output.isEmpty { flaws.append("says nothing") }
        } else if !kept.contains(where: ended.text.contains) {
            flaws.append("does not say what was kept")
        }
        return flaws
    }

    /// Whether it said that nothing at all was written.
    static func deniesAll(_ ended: Ended) -> Bool {
        ["Nothing was written", "Nothing was changed", "Nothing was done", "Nothing was recorded"]
            .contains(where: ended.text.contains)
    }
}
