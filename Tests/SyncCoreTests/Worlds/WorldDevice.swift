import SyncCore

/// One store of a world with whoever writes to it: a device, or the clinic.
final class WorldDevice {
    /// All that is on its disk, so all that a backup brings back and a copy doubles.
    struct Disk {
        var store: WorldStore
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
    var generation: Int

    init(name: String, isClinic: Bool, disk: Disk, generation: Int) {
        self.name = name
        self.isClinic = isClinic
        self.disk = disk
        self.generation = generation
    }

    var store: WorldStore { disk.store }

    /// Whether this clinic gives nothing to that device.
    func isDeaf(to asker: WorldDevice, defect: Defect?) throws -> Bool {
        guard isClinic, !asker.isClinic, let first = asker.disk.first else { return false }
        if disk.isUnconfirmed, defect != .givesUnconfirmed { return true }
        return try Standing(of: store).isClosed(first.replica)
    }
}

/// What the oracle knows of an event: plain sets, no clocks.
struct WorldEvent {
    let line: EventLine
    let entry: EventID
    /// The kind of its entry.
    let kind: String
    let sets: JSONObject
    /// It and what is below it on its branch.
    let below: Set<EventID>
    /// The events it rests on.
    let supports: Set<EventID>

    var id: EventID { line.id }
    var replica: ReplicaID { line.envelope.replica }
    var isVoid: Bool { sets["status"] == Vocabulary.voided }
    var mayBeErased: Bool {
        kind != "erasure"
            && !(kind == "replica" && WorldEvent.clinicFields.contains { sets[$0] != nil })
    }

    static let clinicFields = ["role", "trusted", "access", "because"]
}

/// An entry on a person's page: what it showed, and the context of what is written from it.
struct WorldForm {
    let device: WorldDevice
    let entry: Position
    /// The events on that page.
    let page: [Position]
    /// Those that counted.
    let seen: Set<EventID>
    let context: [Position]
    let status: EntryView.Status
}

/// A check of a world that did not hold.
struct WorldFailure: Error, CustomStringConvertible {
    let description: String
}

func check(_ holds: Bool, _ what: @autoclosure () -> String) throws(WorldFailure) {
    if !holds { throw WorldFailure(description: what()) }
}
