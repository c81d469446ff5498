import SyncCore
import TestSupport

/// What the clinic decides: whom it trusts, whom it closes, what is erased.
extension World {
    /// The device pins the clinic and brings the introduction its chain began with; the clinic trusts it.
    func join(_ device: WorldDevice) throws {
        guard let first = device.disk.first, let line = device.store.lines[first.id],
            let key = device.disk.keys[first.replica]
        else { return }
        let before = try device.store.views()
        device.disk.store.pinnedClinic = clinicKey.publicKey
        if oracle.everythingCounts(in: device.store.ids, isPinned: true) {
            try check(try device.store.views() == before, "joining empties the diary")
        }
        try device.disk.store.obeyOrders()
        guard !revoked.contains(first) else { return }
        let head = Head(position: first, signature: key.sign(.head(diary, first)))
        _ = try hub.disk.store.take([Section(lines: [line.bytes], heads: [head])])
        try check(try hub.store.held(first) != nil, "the clinic cannot name the device")
        try save(
            open(hub, first),
            ["access": Vocabulary.open, "role": "patient", "trusted": Vocabulary.trustedAll])
    }

    /// The clinic closes a device with all that continues it, or trusts it further.
    func say(
        _ clinic: WorldDevice, _ first: Position, again: Bool = false, few: Bool = false,
        later: Double = 0
    ) throws {
        var logs: [ReplicaID: [Position]] = [:]
        for position in clinic.store.arrived where oracle.root(position.replica) == first {
            logs[position.replica, default: []].append(position)
        }
        var relied: [Position] = []
        for log in logs.sorted(by: { $0.key < $1.key }).map(\.value) {
            if few {
                relied += log.prefix(random.below(log.count + 1)).suffix(1)
            } else {
                relied += try clinic.store.tops(of: log).positions
            }
        }
        let list = JSONValue.array(relied.sorted().map(\.json))
        try put(
            open(clinic, first),
            [
                "access": again ? Vocabulary.open : Vocabulary.closed,
                "trusted": again && random.chance(0.5) ? Vocabulary.trustedAll : list,
            ], later: later)
    }

    func decide() throws {
        let clinic = random.pick(devices.filter(\.isClinic))
        let device = random.pick(devices.filter { !$0.isClinic })
        guard let first = device.disk.first, clinic.store.lines[first.id] != nil else { return }
        guard revoked.contains(first) || !random.chance(0.3) else { return }
        let again = revoked.contains(first) && random.chance(0.7)
        revoked.insert(first)
        shut[first] = nil
        sometimes[again ? "reopened" : "closed", default: 0] += 1
        let few = !again && random.chance(0.6)
        try say(clinic, first, again: again, few: few, later: again ? 0.2 : 0)
        if !again { shut[first] = Set(oracle.saved.keys) }
    }

    /// An administrator closes again who had been closed, once a restored clinic knows all of them.
    func confirm(_ clinic: WorldDevice) throws {
        guard clinic.disk.reopened.allSatisfy({ clinic.store.lines[$0.id] != nil }) else { return }
        let standing = try Standing(of: clinic.store)
        for first in clinic.disk.reopened.sorted() where !standing.isClosed(first.replica) {
            try say(clinic, first)
        }
        clinic.disk.isUnconfirmed = false
        clinic.disk.reopened = []
    }

    func erase() throws {
        let named = random.pick(hub.store.arrived)
        guard let event = oracle.events[named.id], event.mayBeErased || random.chance(0.1) else {
            return
        }
        let signature = clinicKey.sign(.erasure(diary, named.id))
        let draft = EventDraft.begin(
            "erasure",
            set: [
                "erase": ["events": [named.json]], "signatures": [.string(signature.text)],
            ])
        let order = try commit(hub, [draft])[0]
        if event.mayBeErased { oracle.orders[order.id] = named.id }
        oracle.told(order, seeing: [], speaksOfStatus: true)
        sometimes["orders", default: 0] += 1
    }
}
