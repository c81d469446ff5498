/// What a time zone says: its offset at an instant, and the instants at which it changes.
///
/// The model reads no files: whoever calls hands in the rules, from the system's tzdata (`TZif`) or,
/// in tests, written by hand.
public protocol ZoneRules: Sendable {
    /// The IANA name.
    var name: String { get }
    /// Minutes that local time is ahead of UTC at an instant in milliseconds since 1970.
    func offsetMinutes(atMs ms: Int64) -> Int
    /// The changes at instants in this range, in order.
    func transitions(fromMs: Int64, throughMs: Int64) -> [ZoneTransition]
}

/// One change of a zone's offset.
public struct ZoneTransition: Hashable, Sendable {
    /// The first instant of the new offset, in milliseconds since 1970.
    public let atMs: Int64
    public let offsetBefore: Int
    public let offsetAfter: Int

    public init(atMs: Int64, offsetBefore: Int, offsetAfter: Int) {
        self.atMs = atMs
        self.offsetBefore = offsetBefore
        self.offsetAfter = offsetAfter
    }
}

extension ZoneRules {
    /// The wall time that a clock in this zone shows at an instant, to the minute.
    public func wall(atMs ms: Int64) -> WallTime {
        WallTime(
            localMinutes: ms.floorDivided(by: 60_000).addingSaturating(
                Int64(offsetMinutes(atMs: ms))))
    }

    /// The calendar day in this zone at an instant.
    public func day(atMs ms: Int64) -> CivilDate { wall(atMs: ms).date }
}

extension Int64 {
    /// The sum, or the nearest number there is.
    package func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the nearest number there is.
    package func subtractingSaturating(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : difference
    }
}
