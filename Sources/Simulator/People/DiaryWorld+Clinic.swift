internal import SeededRandom
internal import SyncCore

/// What the clinic decides: whom it trusts, whom it closes, what is erased.
extension DiaryWorld {
    /// The device pins the clinic and brings the introduction its chain began with; the clinic trusts it.
    func join(_ device: Machine) throws {
        guard let first = device.disk.first, let line = device.store.lines[first.id],
            let key = device.disk.keys[first.replica]
        else { return }
        if device.store.pinnedClinic == nil, device.store.lines.count > 1 {
            count(.joinedWithOwnDiary)
        }
        try pin(device)
        guard !revoked.contains(first) else { return }
        let head = Head(position: first, signature: key.sign(.head(diary, first)))
        _ = try transact(hub) {
            try $0.take([Section(lines: [line.bytes], heads: [head])])
        }
        try check(try hub.store.held(first) != nil, "the clinic cannot name the device")
        count(.enrolled)
        say("\(device.name) joins")
        try save(
            open(hub, first),
            ["access": Vocabulary.open, "role": "patient", "trusted": Vocabulary.trustedAll])
    }

    private func pin(_ device: Machine) throws {
        let before = try device.store.views()
        device.disk.store.pinnedClinic = clinicKey.publicKey
        if oracle.everythingCounts(in: device.store.ids, isPinned: true) {
            try check(try device.store.views() == before, "joining empties the diary")
        }
        try device.twin?.pin(clinicKey.publicKey)
        try device.disk.store.obeyOrders()
        touched.insert(ObjectIdentifier(device))
    }

    /// The clinic closes a device with all that continues it, or trusts it further.
    ///
    /// - Returns: whether that is saved.
    @discardableResult
    func speak(
        as clinic: Machine, of first: Position, again: Bool = false, few: Bool = false,
        later: Double = 0
    ) throws -> Bool {
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
        let trustsAll = again && random.chance(0.5)
        return try put(
            open(clinic, first),
            [
                "access": again ? Vocabulary.open : Vocabulary.closed,
                "trusted": trustsAll ? Vocabulary.trustedAll : list,
            ], later: later)
    }

    func decide() throws {
        let clinic = random.pick(machines.filter(\.isClinic))
        let device = random.pick(machines.filter { !$0.isClinic })
        guard let first = device.disk.first, clinic.store.lines[first.id] != nil else { return }
        guard revoked.contains(first) || !random.chance(0.3) else { return }
        let again = revoked.contains(first) && random.chance(0.7)
        revoked.insert(first)
        shut[first] = nil
        count(again ? .reopened : .closed)
        if again { count(.trustedFurther) }
        if !again, live.contains(where: { $0.a === device && $0.isWaiting }) {
            count(.closedDuringPush)
        }
        say("the clinic \(again ? "trusts \(device.name) again" : "closes \(device.name)")")
        let few = !again && random.chance(0.6)
        let isSaved = try speak(
            as: clinic, of: first, again: again, few: few, later: again ? 0.2 : 0)
        if !again, isSaved { shut[first] = Set(oracle.saved.keys) }
    }

    /// An administrator closes again who had been closed, once a restored clinic knows all of them.
    func confirm(_ clinic: Machine) throws {
        guard clinic.disk.isUnconfirmed || !clinic.disk.reopened.isEmpty,
            clinic.disk.reopened.allSatisfy({ clinic.store.lines[$0.id] != nil })
        else { return }
        let standing = try clinic.store.standing()
        for first in clinic.disk.reopened.sorted() where !standing.isClosed(first.replica) {
            try speak(as: clinic, of: first)
        }
        // What could not be saved on a full disk is said again next time.
        let now = try clinic.store.standing()
        guard clinic.disk.reopened.allSatisfy({ now.isClosed($0.replica) }) else { return }
        clinic.disk.isUnconfirmed = false
        clinic.disk.reopened = []
        count(.clinicConfirmed)
        say("the clinic's list of devices is confirmed")
    }

    func erase() throws {
        // A person can name what they wrote before it has come to the clinic.
        let away = oracle.saved.values.map(\.event.line.position).sorted()
            .filter { hub.store.lines[$0.id] == nil && !bad.contains($0.id) }
        let isAhead = !away.isEmpty && random.chance(0.3)
        let named = random.pick(isAhead ? away : hub.store.arrived)
        guard let event = oracle.events[named.id], event.mayBeErased || random.chance(0.1) else {
            return
        }
        let signature = clinicKey.sign(.erasure(diary, named.id))
        let draft = EventDraft.begin(
            "erasure",
            set: [
                "erase": ["events": [named.json]], "signatures": [.string(signature.text)],
            ])
        let fault = drawFault(on: hub)
        guard let order = try commit(hub, [draft], fault: fault)?.first else { return }
        if event.mayBeErased { oracle.orders[order.id] = named.id }
        oracle.told(order, seeing: [], speaksOfStatus: true)
        count(isAhead ? .erasureOrderedAhead : .erasureOrdered)
        say("the clinic orders \(name(named.id)) erased")
    }
}
