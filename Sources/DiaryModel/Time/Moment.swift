public import SyncCore

/// When something happened, in four parts: instant, offset, zone, and the wall clock as the person said it.
public struct Moment: DiaryValue {
    /// Milliseconds since 1970, UTC; absent at day and month precision.
    public var ms: Int64?
    /// Minutes ahead of UTC at that instant; absent at day and month precision.
    public var offset: Int64?
    /// The IANA name of the zone.
    public var zone: PrintedText?
    /// Local date and time as the person confirmed it.
    public var wall: WallTime
    public var precision: MomentPrecision
    public var clock: ClockState

    /// A moment as it was read from a clock or resolved from what a person said.
    public init(_ instant: ZonedInstant, zone: String, clock: ClockState = .ok) {
        ms = instant.ms
        offset = Int64(instant.offsetMinutes)
        self.zone = PrintedText(zone)
        wall = instant.wall
        precision = instant.wall.precision
        self.clock = clock
    }

    /// The moment a device's clock shows, to the minute.
    public init(ms: Int64, in rules: some ZoneRules, clock: ClockState = .ok) {
        self.ms = ms
        offset = Int64(rules.offsetMinutes(atMs: ms))
        zone = PrintedText(rules.name)
        wall = rules.wall(atMs: ms)
        precision = .minute
        self.clock = clock
    }

    /// A bare day or month, as a paper diary has it; nil for a wall time with an hour.
    public init?(bare wall: WallTime, zone: String?, clock: ClockState = .ok) {
        guard !wall.precision.hasInstant else { return nil }
        ms = nil
        offset = nil
        self.zone = zone.map { PrintedText($0) }
        self.wall = wall
        precision = wall.precision
        self.clock = clock
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let ms: Int64? = reader.member("ms")
        let offset: Int64? = reader.member("offset")
        let zone: PrintedText? = reader.member("zone")
        let wall: PrintedText? = reader.member("wall")
        let precision: MomentPrecision? = reader.member("precision")
        let clock: ClockState? = reader.member("clock")
        guard reader.isWhole, let precision, let wall = wall.flatMap({ WallTime($0.text) }),
            wall.precision == precision, (ms != nil) == precision.hasInstant,
            (offset != nil) == precision.hasInstant,
            offset.map({ (-1560...1560).contains($0) }) ?? true
        else { return nil }
        self.ms = ms
        self.offset = offset
        self.zone = zone
        self.wall = wall
        self.precision = precision
        self.clock = clock ?? .ok
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("ms", ms)
        object.set("offset", offset)
        object.set("zone", zone)
        object.set("wall", PrintedText(wall.description))
        object.set("precision", precision)
        object.set("clock", clock)
        return .object(object)
    }
}

/// What is known of the clock that a moment was read from.
public enum ClockState: String, DiaryValue, CaseIterable {
    case ok, suspect, corrected

    /// A reading before the program was built shows that the clock had been reset.
    public init(readingMs: Int64, builtMs: Int64) { self = readingMs < builtMs ? .suspect : .ok }
}

extension Moment {
    /// The local day in the plan's zone, wherever it was; a bare day is that day, a bare month none.
    public func day(in planZone: some ZoneRules) -> CivilDate? {
        if let ms { return planZone.day(atMs: ms) }
        return precision == .day ? wall.date : nil
    }

    /// The instant by which it is sorted; a bare day or month counts as its last millisecond.
    ///
    /// Without rules of the moment's zone that end is taken in UTC.
    public func sortingMs(in rules: (any ZoneRules)? = nil) -> Int64 {
        if let ms { return ms }
        let last = precision == .month ? wall.date.endOfMonth : wall.date
        let next = last.adding(days: 1)
        guard let midnight = WallTime(date: next, minuteOfDay: 0),
            let resolved = rules?.resolve(midnight)
        else { return Int64(next.daysSinceEpoch) * 86_400_000 - 1 }
        return resolved.standard.ms - 1
    }
}
