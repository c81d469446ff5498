internal import SyncCore

/// One device while the plan is carried out: its store, its log, and what it knows of the clinic.
struct DeviceStand {
    var store: MemoryEventStore
    var own: OwnLog
    /// The clinic's number for it.
    let row: Int
    let first: ReplicaID
    /// What the clinic is known to hold.
    var known: VectorClock?
    /// Events that it wrote since it last met the clinic.
    var unsentEvents = 0
    var isClosed = false
    var heardMs: Int64?
    /// When it last brought something.
    var broughtMs: Int64?
    /// What it held when it was last heard.
    var frontier = VectorClock()
}
