/// How long after it happened an entry was written.
public struct Lateness: Hashable, Sendable {
    /// Milliseconds from the start to the writing; negative where the start lies ahead.
    public let ms: Int64

    /// Nil for a bare day or month.
    public init?(start: Moment, writtenMs: Int64) {
        guard let started = start.ms else { return nil }
        ms = writtenMs.subtractingSaturating(started)
    }

    /// More than 24 hours.
    public var isLate: Bool { ms > 86_400_000 }

    /// "entered 1 day 15 h later", for more than 24 hours.
    public var label: String? {
        guard isLate else { return nil }
        let hours = ms / 3_600_000
        let (days, rest) = (hours / 24, hours % 24)
        let dayWord = days == 1 ? "1 day" : "\(days) days"
        return rest == 0 ? "entered \(dayWord) later" : "entered \(dayWord) \(rest) h later"
    }

    /// What is worth a word with it: over 7 days late, or a start over 10 minutes ahead.
    public var warning: WarningCode? {
        if ms > 7 * 86_400_000 { return .enteredLate }
        return ms < -600_000 ? .startInFuture : nil
    }
}
