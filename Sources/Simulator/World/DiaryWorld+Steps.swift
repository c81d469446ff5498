internal import SeededRandom
internal import SyncCore

/// What machines do, and what happens to them.
extension DiaryWorld {
    /// Tries one action on some machine of this diary.
    func take(_ action: Action) throws {
        let machine = random.pick(machines)
        switch action {
        case .write: try write(machine)
        case .saveForm where !forms.isEmpty:
            let (form, set) = forms.remove(at: random.below(forms.count))
            try save(form, set)
        case .beginSync: try beginSync()
        case .deliver: try deliver()
        case .bundleOut: try writeBundle(machine)
        case .bundleIn where !bundles.isEmpty: try takeBundle(machine)
        case .decide: try decide()
        case .join:
            let joins = machine.store.pinnedClinic == nil || random.chance(0.4)
            if !machine.isClinic, joins { try join(machine) }
        case .erase: try erase()
        case .backUp:
            count(.backedUp)
            backups.append(try backup(of: machine))
        case .restore:
            // The clinic's server is put back with all its patients' diaries at once.
            let ofDevices = backups.filter { $0.machine !== hub }
            if !ofDevices.isEmpty {
                let backup = random.pick(ofDevices)
                count(.restored)
                try restore(backup.machine, backup)
            }
        case .clone where machines.count < 8:
            if !machine.isClinic || random.chance(0.2) { try clone(machine) }
        case .refuse where refused.isEmpty && !oracle.saved.isEmpty:
            refused = [random.pick(oracle.saved.keys.sorted())]
            everRefused = true
        case .changeVersion where !machine.isClinic:
            count(machine.disk.isNewer ? .downgraded : .upgraded)
            machine.disk.isNewer.toggle()
        case .writeNewer where machine.disk.isNewer: try writeNewer(machine)
        case .turnClock: turnClock(machine)
        case .misbehave: try misbehave(machines[1])
        case .crash:
            say("\(machine.name) crashes")
            crash(machine)
        case .saveForm, .bundleIn, .clone, .refuse, .changeVersion, .writeNewer, .confirm,
            .restoreClinic, .loseClinic:
            break
        }
    }

    // MARK: Copies

    func backup(of machine: Machine) throws -> Backup {
        Backup(
            machine: machine, disk: machine.disk, files: try machine.twin?.snapshot())
    }

    func restore(_ machine: Machine, _ backup: Backup) throws {
        try replace(machine, by: backup.disk)
        if let twin = machine.twin, let files = backup.files {
            machine.twin = try twin.copy(of: files)
        }
    }

    func loseClinic() throws {
        let fresh = try make("clinic", isClinic: true)
        try replace(hub, by: fresh.disk)
        hub.twin = fresh.twin
    }

    private func replace(_ machine: Machine, by disk: Machine.Disk) throws {
        for id in machine.store.ids.subtracting(disk.store.ids).sorted()
        where oracle.saved[id] != nil {
            let isElsewhere = machines.contains { $0 !== machine && $0.store.lines[id] != nil }
            if !isElsewhere {
                gone.insert(id)
                count(.factsGone)
            }
        }
        var closed: Set<Position> = []
        if machine.isClinic {
            let standing = try machine.store.standing()
            for other in machines.compactMap(\.disk.first) where standing.isClosed(other.replica) {
                closed.insert(other)
            }
            closed.formUnion(machine.disk.reopened)
        }
        machine.disk = disk
        machine.incarnation = world.nextIncarnation()
        touched.insert(ObjectIdentifier(machine))
        for exchange in live where exchange.a === machine { exchange.end(.cut) }
        live.removeAll { $0.a === machine }
        say("\(machine.name) is put back to \(disk.store.lines.count) events")
        guard machine.isClinic else { return }
        let standing = try disk.store.standing()
        machine.disk.isUnconfirmed = true
        machine.disk.reopened = closed.filter { !standing.isClosed($0.replica) }
    }

    private func clone(_ machine: Machine) throws {
        let keepsName = random.chance(0.5) && !machine.isClinic
        let incarnation = world.nextIncarnation()
        let copy = Machine(
            name: keepsName ? machine.name : "copy \(incarnation)", isClinic: machine.isClinic,
            disk: machine.disk, incarnation: incarnation)
        if let twin = machine.twin { copy.twin = try twin.copy(of: twin.snapshot()) }
        machines.append(copy)
        count(.cloned)
        say("\(machine.name) is cloned as \(copy.name)")
    }

    // MARK: Bundles

    private func writeBundle(_ machine: Machine) throws {
        guard !machine.disk.isUnconfirmed else { return }
        let known = machine.disk.known.sorted { $0.key < $1.key }.map(\.value)
        let beyond = random.pick([VectorClock()] + known)
        let offer = try machine.store.offer(
            beyond: machine.store.coverage(of: beyond.positions), page: .bundle)
        if beyond.isEmpty {
            for section in offer.sections {
                let lines = try section.lines.map { try EventLine($0, diary: diary).id }
                try judgeWhole(lines, knownHeld: [])
            }
        }
        bundles.append(offer.sections)
        count(.bundleWritten)
    }

    private func takeBundle(_ machine: Machine) throws {
        let sections = random.pick(bundles)
        let fault = drawFault(on: machine)
        do {
            _ = try transact(machine, fault: fault) { try $0.take(sections) }
            count(.bundleTaken)
            say("\(machine.name) takes a bundle")
        } catch let kind as StoreFault.Kind {
            if kind == .crash { crash(machine) }
        }
    }

    // MARK: Clocks

    private func turnClock(_ machine: Machine) {
        switch random.below(4) {
        case 0:
            let years = Int64(random.below(21) - 10)
            machine.clock.skew = years * 31_536_000_000
            count(.clockSkewed)
        case 1:
            machine.clock.skew -= Int64(random.below(90_000_000))
            count(.clockBack)
        case 2:
            machine.clock.frozenAt = machine.clock.reads(at: world.now)
            count(.clockFrozen)
        default: machine.clock = MachineClock()
        }
    }
}
