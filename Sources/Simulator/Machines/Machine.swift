import SyncCore

/// A device, or a clinic's server, with whoever writes on it.
final class Machine {
    /// All that is on its disk, so all that a backup brings back and a copy doubles.
    struct Disk {
        var store: SimulatedStore
        var own: OwnLog
        /// The introduction that its chain of replicas began with.
        var first: Position?
        /// The keys of every replica this store ever was.
        var keys: [ReplicaID: SigningKey] = [:]
        /// What each peer is known to hold.
        var known: [String: VectorClock] = [:]
        /// The incarnation of each peer at the last sync that ended with everything equal.
        var full: [String: Int] = [:]
        var isHostile = false
        /// Whether its program knows the kinds and fields of the newer version.
        var isNewer = false
        /// A clinic that was restored and whose list of devices is not confirmed.
        var isUnconfirmed = false
        /// Whom a restored clinic had closed since the backup.
        var reopened: Set<Position> = []
        var page: PageLimit
    }

    let name: String
    let isClinic: Bool
    var disk: Disk
    /// Its incarnation: another after each restore.
    var incarnation: Int
    var clock = MachineClock()
    /// What it was when it was judged last.
    var judged: JudgedState?
    /// The same store on a real disk, in some worlds.
    var twin: DiskTwin?

    init(name: String, isClinic: Bool, disk: Disk, incarnation: Int) {
        self.name = name
        self.isClinic = isClinic
        self.disk = disk
        self.incarnation = incarnation
    }

    var store: SimulatedStore { disk.store }

    /// Whether this clinic gives nothing to that device.
    func isDeaf(to asker: Machine) throws -> Bool {
        guard isClinic, !asker.isClinic, let first = asker.disk.first else { return false }
        if disk.isUnconfirmed { return true }
        return try store.standing().isClosed(first.replica)
    }
}

/// What a verdict about a machine rests on.
struct JudgedState: Equatable {
    let incarnation: Int
    let held: Int
    let erased: Int
    let pinnedClinic: PublicKey?
    let frontier: VectorClock

    init(_ machine: Machine) {
        incarnation = machine.incarnation
        held = machine.store.arrived.count
        erased = machine.store.erased.count
        pinnedClinic = machine.store.pinnedClinic
        frontier = machine.store.frontier
    }
}

/// A clock on the wall, which nobody has to believe.
struct MachineClock {
    var skew: Int64 = 0
    var frozenAt: Int64?

    func reads(at now: Int64) -> Int64 { frozenAt ?? now + skew }
}
