public import SyncCore

/// The place of an entry in a list: when it happened, when it was written, its id; it decides nothing else.
public struct TimeOrder: Hashable, Sendable, Comparable {
    public let startMs: Int64
    public let writtenMs: Int64
    public let entry: EntryID

    /// An entry without a time is placed by when it was written.
    public init(startMs: Int64?, writtenMs: Int64, entry: EntryID) {
        self.startMs = startMs ?? writtenMs
        self.writtenMs = writtenMs
        self.entry = entry
    }

    /// As above, by the moment of its start.
    public init(start: Moment?, writtenMs: Int64, entry: EntryID, zone: (any ZoneRules)? = nil) {
        self.init(startMs: start?.sortingMs(in: zone), writtenMs: writtenMs, entry: entry)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.startMs, left.writtenMs, left.entry) < (right.startMs, right.writtenMs, right.entry)
    }
}
