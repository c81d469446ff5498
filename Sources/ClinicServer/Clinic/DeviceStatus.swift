public import SyncCore

/// A device as `clinic devices` lists it: what the clinic's word on it is now.
public struct DeviceStatus: Sendable {
    public let diary: DiaryID
    /// Whose diary that is, as staff call the patient.
    public let patient: String?
    /// The replica that continues none; the clinic's word stands in its entry.
    public let firstReplica: ReplicaID
    public let label: String
    /// Its row at this clinic; nil for one that is known by its log alone and needs a code to be heard.
    public let record: DeviceRecord?
    /// What the device may be: the settled `role`; nil while staff disagree.
    public let role: String?
    /// Whether the clinic has said anything of it.
    public let isSpokenOf: Bool
    public let isClosed: Bool
    /// The reasons that stand; several while staff disagree.
    public let because: [String]
    public let trusted: Trusted
    /// Something that it held when it was last heard has not come.
    public let isBehind: Bool
    /// Its logs, the first one first; more than one after a restore or a copy.
    public let copies: [DeviceCopy]
    /// Entries with an event of this device that waits for somebody to rely on it.
    public let entriesToReview: Int

    /// How far the clinic relies on a device's logs.
    public enum Trusted: Sendable, Equatable {
        case all
        /// Up to these positions.
        case upTo([Position])
        /// Several lists stand: what all of them cover.
        case inConflict([[Position]])
    }

    public var replicas: [ReplicaID] { copies.map(\.replica) }
    public var isTrustedWholly: Bool { trusted == .all }
    public var isRetired: Bool {
        isClosed && because.contains { ClosingReason(rawValue: $0)?.isRetirement ?? false }
    }
    /// Whether it would be given something: open, and known here by a token.
    public var isOpenHere: Bool { record != nil && isSpokenOf && !isClosed }
    public var eventsToReview: Int { copies.reduce(0) { $0 + $1.eventsToReview } }
}

/// One log of a device. A device that was restored or copied goes on in a log of its own.
public struct DeviceCopy: Sendable {
    public let replica: ReplicaID
    /// The log that it goes on from; nil for the device's first.
    public let continues: ReplicaID?
    /// When it began, by the device's clock; nil if its introduction is not held.
    public let began: Timestamp?
    /// The arrival numbers here of its first and of its last line; nil if none is held.
    public let arrivals: ClosedRange<Int>?
    /// When it was last heard, by this clinic's clock.
    ///
    /// Copies speak with one token, so this is told by whose lines came; a sync that brought none
    /// goes to the one that wrote last.
    public let heardMs: Int64?
    /// Events of this log, on any branch, beyond what is relied on.
    public let eventsToReview: Int
    /// Whether the log was continued in two places.
    public let isForked: Bool
}

/// A device as a member of staff saw it when deciding: what they do has seen this and nothing later.
public struct DevicePage: Sendable {
    public let status: DeviceStatus
    /// How many entries have an event of this device.
    public let entriesHeld: Int
    /// The entry in which the clinic's word on the device stands, and what was seen of it.
    let entry: Position
    let context: [Position]
    /// The tips of all its logs.
    let tips: VectorClock
}
