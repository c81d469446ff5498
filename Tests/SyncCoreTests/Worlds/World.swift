import SyncCore
import TestSupport

/// A random world of one diary: a clinic, some devices, and what people and machines do to them.
///
/// A port of the project's executable model to the real rules: logs, sections, both machines of a
/// sync. One seed is one world. An oracle beside it remembers in plain sets of ids what each writer
/// saw and whom the clinic trusts; `judge` holds every store against it.
final class World {
    let defect: Defect?
    let clinicKey: SigningKey
    let diary: DiaryID
    var random: SplitMix64
    var oracle = WorldOracle()
    var clock = 0

    var devices: [WorldDevice] = []
    var backups: [(device: WorldDevice, disk: WorldDevice.Disk)] = []
    var files: [[Section]] = []
    var forms: [(form: WorldForm, set: JSONObject)] = []
    var live: [WorldSession] = []

    /// Events that only disks now lost held.
    var gone: Set<EventID> = []
    /// Devices the clinic ever closed, and what was saved when it last did.
    var revoked: Set<Position> = []
    var shut: [Position: Set<EventID>] = [:]
    /// Good lines that a faulty clinic refuses.
    var refused: Set<EventID> = []
    /// Malformed lines that a hostile device wrote.
    var bad: Set<EventID> = []
    /// The faults have stopped.
    var isQuiet = false
    /// How often each state worth reaching was reached.
    var sometimes: [String: Int] = [:]

    struct Odds {
        var peers, close, erase, restore, restoreClinic, clone, lose, refuse, isLarge: Bool
        var cut: Double
    }
    let odds: Odds

    init(seed: UInt64, defect: Defect? = nil) throws {
        self.defect = defect
        random = SplitMix64(seed: seed)
        clinicKey = SigningKey.random(using: &random)
        diary = DiaryID(founder: clinicKey.publicKey, nonce: Nonce.random(using: &random))
        odds = Odds(
            peers: random.chance(0.5), close: random.chance(0.6), erase: random.chance(0.3),
            restore: random.chance(0.6), restoreClinic: random.chance(0.5),
            clone: random.chance(0.5), lose: random.chance(0.3), refuse: random.chance(0.2),
            isLarge: random.chance(0.15), cut: random.pick([0, 0.1, 0.3]))
        devices.append(try make("hub", isClinic: true))
        for number in 0...random.below(4) {
            devices.append(try make("d\(number)", isClinic: false))
        }
        devices[1].disk.isHostile = random.chance(0.2)
        for device in devices.dropFirst() where random.chance(0.7) { try join(device) }
    }

    var hub: WorldDevice { devices[0] }

    func tick() -> Int {
        clock += 1
        return clock
    }

    func make(_ name: String, isClinic: Bool) throws -> WorldDevice {
        let key = isClinic ? clinicKey : SigningKey.random(using: &random)
        let own = OwnLog(diary: diary, key: key, nonce: Nonce.random(using: &random))
        let pages = odds.isLarge ? [40_000, 100_000, 1 << 20] : [1500, 4000, 1 << 20]
        let disk = WorldDevice.Disk(
            store: WorldStore(
                diary: diary, pinnedClinic: isClinic ? clinicKey.publicKey : nil, defect: defect),
            own: own, page: PageLimit(bytes: random.pick(pages)))
        let device = WorldDevice(
            name: name, isClinic: isClinic, disk: disk, generation: tick())
        _ = try commit(device, [])
        device.disk.first = device.disk.own.tip
        return device
    }
}
