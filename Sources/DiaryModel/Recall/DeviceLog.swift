public import SyncCore

/// One log of a device's chain, as the clinic has heard it.
///
/// A device that was put back from a backup goes on in a new log, and the old one is never heard again:
/// waiting for it would hold coverage back for ever. A copied device goes on in both, and both are waited
/// for. They are told apart by one thing: whether a line of the old log came after the new one had begun.
/// That is the order in which the clinic took its lines, and no clock takes part in it.
public struct DeviceLog: Hashable, Sendable {
    public let replica: ReplicaID
    /// The log that it goes on from, after a restore or a copy.
    public let continues: ReplicaID?
    /// The arrival numbers of its first and of its last line at the clinic; nil where none is held, and
    /// then it ends no other log and has not ended.
    public let arrivals: ClosedRange<Int>?
    /// When it was last heard; nil if never.
    public let heardMs: Int64?

    public init(
        _ replica: ReplicaID, continues: ReplicaID? = nil, arrivals: ClosedRange<Int>?,
        heardMs: Int64?
    ) {
        self.replica = replica
        self.continues = continues
        self.arrivals = arrivals
        self.heardMs = heardMs
    }

    /// Until when all logs that go on have been heard; nil if one of them never was, or there is none.
    static func heardMs(of logs: [DeviceLog]) -> Int64? {
        let goingOn = logs.filter { log in !logs.contains { $0.hasReplaced(log) } }
        let waitedFor = goingOn.isEmpty ? logs : goingOn
        guard waitedFor.allSatisfy({ $0.heardMs != nil }) else { return nil }
        return waitedFor.compactMap(\.heardMs).min()
    }

    private func hasReplaced(_ log: DeviceLog) -> Bool {
        guard continues == log.replica, replica != log.replica, heardMs != nil, let arrivals,
            let old = log.arrivals
        else { return false }
        return old.upperBound < arrivals.lowerBound
    }
}
