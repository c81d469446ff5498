import SyncCore
import TestSupport

/// What machines do, and what happens to them.
extension World {
    func restore(_ device: WorldDevice, _ disk: WorldDevice.Disk) throws {
        for id in device.store.ids.subtracting(disk.store.ids) where oracle.saved[id] != nil {
            let isElsewhere = devices.contains { $0 !== device && $0.store.lines[id] != nil }
            if !isElsewhere { gone.insert(id) }
        }
        var closed: Set<Position> = []
        if device.isClinic {
            let standing = try Standing(of: device.store)
            for other in devices.compactMap(\.disk.first) where standing.isClosed(other.replica) {
                closed.insert(other)
            }
            closed.formUnion(device.disk.reopened)
        }
        device.disk = disk
        device.generation = tick()
        sometimes["restores", default: 0] += 1
        guard device.isClinic else { return }
        let standing = try Standing(of: disk.store)
        device.disk.isUnconfirmed = true
        device.disk.reopened = closed.filter { !standing.isClosed($0.replica) }
    }

    func clone(_ device: WorldDevice) {
        let keepsName = random.chance(0.5) && !device.isClinic
        let generation = tick()
        devices.append(
            WorldDevice(
                name: keepsName ? device.name : "c\(generation)", isClinic: device.isClinic,
                disk: device.disk, generation: generation))
        sometimes["clones", default: 0] += 1
    }

    func step() throws {
        let draw = Double.random(in: 0..<1, using: &random)
        let device = random.pick(devices)
        switch draw {
        case ..<0.33: try fillIn(device)
        case ..<0.40 where !forms.isEmpty:
            let (form, set) = forms.remove(at: random.below(forms.count))
            try save(form, set)
        case ..<0.55: beginSync(device)
        case ..<0.78 where !live.isEmpty: try goOn(random.pick(live))
        case ..<0.82: try export(device)
        case ..<0.85 where !files.isEmpty: _ = try device.disk.store.take(random.pick(files))
        case ..<0.89 where odds.close: try decide()
        case ..<0.91:
            let joins = device.store.pinnedClinic == nil || random.chance(0.4)
            if !device.isClinic, joins { try join(device) }
        case ..<0.925 where odds.erase: try erase()
        case ..<0.94: backups.append((device, device.disk))
        case ..<0.97 where device === hub ? odds.restoreClinic : odds.restore:
            let own = backups.filter { $0.device === device }
            if !own.isEmpty { try restore(device, random.pick(own).disk) }
        case ..<0.985 where odds.clone && devices.count < 7:
            if !device.isClinic || random.chance(0.2) { clone(device) }
        case ..<0.99 where odds.lose:
            try restore(hub, make("hub", isClinic: true).disk)
            sometimes["lost", default: 0] += 1
        case 0.99... where odds.refuse && refused.isEmpty && !oracle.saved.isEmpty:
            refused = [random.pick(oracle.saved.keys.sorted())]
        default: break
        }
        if random.chance(0.1) { try confirm(hub) }
        if random.chance(0.2) { try judge(device) }
    }

    func beginSync(_ asker: WorldDevice) {
        let withHub = asker !== hub && (!odds.peers || random.chance(0.7))
        let other = withHub ? hub : random.pick(devices)
        guard other !== asker, !asker.isClinic || other.isClinic,
            !live.contains(where: { $0.a === asker && $0.b === other })
        else { return }
        live.append(WorldSession(asker, other, in: self))
    }

    func goOn(_ session: WorldSession) throws {
        var outcome = WorldSession.Outcome.on
        for _ in 0..<random.pick([1, 1, 99]) where outcome == .on {
            let cut = random.chance(odds.cut) ? random.pick(WorldSession.Cut.allCases) : nil
            outcome =
                session.generation == session.a.generation ? try session.round(cut: cut) : .cut
        }
        guard outcome != .on else { return }
        live.removeAll { $0 === session }
        sometimes["\(outcome)", default: 0] += 1
    }

    func export(_ device: WorldDevice) throws {
        guard !device.disk.isUnconfirmed else { return }
        let known = device.disk.known.sorted { $0.key < $1.key }.map(\.value)
        let beyond = random.pick([VectorClock()] + known)
        let offer = try device.store.offer(
            beyond: device.store.coverage(of: beyond.positions), page: .bundle)
        files.append(offer.sections)
    }
}
