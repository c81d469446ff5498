public import SyncCore

/// The field `time`: start, end and the length by a monotonic timer, moving as one.
public struct TimeValue: DiaryValue {
    public var start: Moment
    public var end: Said<Moment>?
    /// Milliseconds by a timer that no clock change touches.
    public var timerMs: Int64?

    public init(start: Moment, end: Moment? = nil, timerMs: Int64? = nil) {
        self.start = start
        self.end = end.map { .value($0) }
        self.timerMs = timerMs
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let start: Moment? = reader.member("start")
        end = reader.member("end")
        timerMs = reader.member("timerMs")
        guard reader.isWhole, let start else { return nil }
        self.start = start
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("start", start)
        object.set("end", end)
        object.set("timerMs", timerMs)
        return .object(object)
    }
}

/// How long something took, and by what that is known.
public enum Length: Hashable, Sendable {
    /// Milliseconds between two instants.
    case instants(Int64)
    /// Milliseconds by the timer, because the clock was set in between.
    case timer(Int64)
    case unknown

    public var ms: Int64? {
        switch self {
        case .instants(let ms), .timer(let ms): ms
        case .unknown: nil
        }
    }
}

extension TimeValue {
    /// Milliseconds from start to end by the two instants, which may be negative; nil without both.
    public var instantDifferenceMs: Int64? {
        guard let from = start.ms, let to = end?.value?.ms else { return nil }
        return to.subtractingSaturating(from)
    }

    /// The longest that an infusion takes, in milliseconds.
    static let longestMs: Int64 = 72 * 3_600_000

    /// Why two walls that a person typed cannot both be right: only where they are of one zone and its
    /// clocks were not changed in between. Anything else is a word beside the entry.
    public var flawOfTypedWalls: String? {
        guard let difference = instantDifferenceMs, let end = end?.value, start.zone == end.zone,
            start.offset == end.offset, start.clock == .ok, end.clock == .ok
        else { return nil }
        if difference < 0 {
            return "The end lies before the start; correct one, or leave the end out."
        }
        return difference > Self.longestMs
            ? "That is longer than 72 hours; correct one end, or leave the end out." : nil
    }

    /// The length by instants, or by the timer where the clock was set between.
    ///
    /// The clock was set if one reading is marked so, if the end lies before the start, or if timer and
    /// instants differ by more than the two minutes that are ignored everywhere.
    public var length: Length {
        guard let difference = instantDifferenceMs else {
            return timerMs.map { .timer($0) } ?? .unknown
        }
        let wasSet =
            difference < 0 || start.clock != .ok || end?.value?.clock != .ok
            || timerMs.map { $0.distance(from: difference) > ClockSkew.ignoredMs } ?? false
        if wasSet, let timerMs { return .timer(timerMs) }
        return difference < 0 ? .unknown : .instants(difference)
    }
}

extension Int64 {
    /// How far apart two numbers are.
    func distance(from other: Int64) -> Int64 {
        self > other ? subtractingSaturating(other) : other.subtractingSaturating(self)
    }
}
