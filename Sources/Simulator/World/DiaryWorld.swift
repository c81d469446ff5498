internal import SeededRandom
internal import SyncCore

/// One patient's diary in a world: the clinic's store of it, the devices, and what is on its way.
final class DiaryWorld {
    unowned let world: World  // Proof: a world owns its diaries and outlives them.
    let number: Int
    let diary: DiaryID
    var oracle = Oracle()

    var machines: [Machine] = []
    var backups: [Backup] = []
    var bundles: [[Section]] = []
    var forms: [(form: Form, set: JSONObject)] = []
    /// Syncs that are not ended, and what is on its way.
    var live: [Exchange] = []
    var network: [Message] = []

    /// Events that only disks now lost held.
    var gone: Set<EventID> = []
    /// Devices the clinic ever closed, and what was saved when it last did.
    var revoked: Set<Position> = []
    var shut: [Position: Set<EventID>] = [:]
    /// Good lines that a faulty clinic refuses.
    var refused: Set<EventID> = []
    /// Whether lines were ever left out because some clinic refused them.
    var everRefused = false
    /// Malformed lines that a malicious device wrote.
    var bad: Set<EventID> = []
    /// Lines that a newer version wrote.
    var newer: Set<EventID> = []
    /// The faults have stopped.
    var isQuiet = false
    /// Machines whose stores were written to since they were judged.
    var touched: Set<ObjectIdentifier> = []

    /// What a backup of one machine brings back.
    struct Backup {
        let machine: Machine
        let disk: Machine.Disk
        let files: String?
    }

    init(_ number: Int, in world: World) throws {
        self.world = world
        self.number = number
        // A patient may have begun the diary before there was a clinic, with a key of their own.
        let founder =
            world.random.chance(0.3) ? SigningKey.random(using: &world.random) : world.clinicKey
        diary = DiaryID(
            founder: founder.publicKey, nonce: Nonce.random(using: &world.random))
        machines.append(try make("clinic", isClinic: true))
        for number in 1...odds.devices[number] {
            machines.append(try make("device \(number)", isClinic: false))
        }
        if odds.isHostile {
            machines[1].disk.isHostile = true
            // What it makes its own store believe is nothing that a disk would have.
            machines[1].twin = nil
        }
        for machine in machines.dropFirst() where random.chance(0.7) { try join(machine) }
    }

    var odds: Plan.Odds { world.odds }
    var mistake: Mistake? { world.plan.mistake }
    var random: SplitMix64 {
        get { world.random }
        set { world.random = newValue }
    }
    var clinicKey: SigningKey { world.clinicKey }
    var hub: Machine { machines[0] }

    func count(_ occurrence: Occurrence, _ times: Int = 1) {
        world.occurrences.add(occurrence, times)
    }

    func say(_ words: @autoclosure () -> String) {
        world.journal.say("patient \(number + 1), \(words())")
    }

    func make(_ name: String, isClinic: Bool) throws -> Machine {
        let key = isClinic ? clinicKey : SigningKey.random(using: &random)
        let own = OwnLog(diary: diary, key: key, nonce: Nonce.random(using: &random))
        let pages = odds.isLarge ? [40_000, 100_000, 1 << 20] : [1500, 4000, 1 << 20]
        let pin = isClinic ? clinicKey.publicKey : nil
        var store = SimulatedStore(diary: diary, pinnedClinic: pin)
        store.keepsErasedBodies = mistake == .keepsErasedBody
        let disk = Machine.Disk(
            store: store, own: own,
            page: PageLimit(bytes: random.pick(pages)))
        let machine = Machine(
            name: name, isClinic: isClinic, disk: disk, incarnation: world.nextIncarnation())
        if let scratch = world.scratch {
            machine.twin = try DiskTwin(
                diary: diary, isClinic: isClinic, pinnedClinic: pin, in: scratch)
        }
        _ = try commit(machine, [], fault: nil)
        machine.disk.first = machine.disk.own.tip
        return machine
    }
}
