/// The instants that a wall time can mean in a zone: one, none (the clock was put forward) or two (put back).
///
/// A wall time is tried with every offset the zone has around it: an instant is meant if the zone has
/// that very offset then. So shifts of any length resolve, and no hour is assumed whole.
public enum WallResolution: Hashable, Sendable {
    case one(ZonedInstant)
    /// No clock showed it. `earlier` reads it with the offset after the change, `later` with the one before.
    case nonexistent(earlier: ZonedInstant, later: ZonedInstant)
    /// The clock showed it twice.
    case ambiguous(first: ZonedInstant, second: ZonedInstant)

    /// The reading taken where nobody can be asked: the earlier offset stays; of two instants the first.
    public var standard: ZonedInstant {
        switch self {
        case .one(let instant): instant
        case .nonexistent(_, let later): later
        case .ambiguous(let first, _): first
        }
    }

    /// The warning that goes with the standard reading.
    public var warning: WarningCode? {
        switch self {
        case .one: nil
        case .nonexistent: .wallNonexistent
        case .ambiguous: .wallAmbiguous
        }
    }
}

/// An instant with the offset of its zone, and the wall time a clock then shows.
public struct ZonedInstant: Hashable, Sendable {
    /// Milliseconds since 1970, UTC.
    public let ms: Int64
    public let offsetMinutes: Int
    public let wall: WallTime
}

extension ZoneRules {
    /// What a wall time to the minute or hour means here; nil for a bare day or month.
    public func resolve(_ wall: WallTime) -> WallResolution? {
        guard wall.precision.hasInstant else { return nil }
        let local = wall.localMinutes
        let around = local * 60_000
        let (from, through) = (around - Self.windowMs, around + Self.windowMs)
        let changes = transitions(fromMs: from, throughMs: through)
        var offsets = [offsetMinutes(atMs: from)]
        for change in changes where !offsets.contains(change.offsetAfter) {
            offsets.append(change.offsetAfter)
        }
        let meant = offsets.map { (local - Int64($0)) * 60_000 }
            .filter { instant in instant + Int64(offsetMinutes(atMs: instant)) * 60_000 == around }
            .sorted()
        if let first = meant.first, let last = meant.last {
            return first == last
                ? .one(zoned(first, as: wall))
                : .ambiguous(first: zoned(first, as: wall), second: zoned(last, as: wall))
        }
        for change in changes {
            let withBefore = (local - Int64(change.offsetBefore)) * 60_000
            let withAfter = (local - Int64(change.offsetAfter)) * 60_000
            if withBefore >= change.atMs, withAfter < change.atMs {
                return .nonexistent(earlier: zoned(withAfter), later: zoned(withBefore))
            }
        }
        let offset = offsets.first ?? 0
        return .one(zoned((local - Int64(offset)) * 60_000))
    }

    private func zoned(_ ms: Int64, as wall: WallTime? = nil) -> ZonedInstant {
        ZonedInstant(
            ms: ms, offsetMinutes: offsetMinutes(atMs: ms), wall: wall ?? self.wall(atMs: ms))
    }

    private static var windowMs: Int64 { 30 * 3_600_000 }
}
