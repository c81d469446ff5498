internal import SeededRandom
internal import SyncCore

/// One transaction each: all of it on the disk, or nothing.
extension DiaryWorld {
    /// What strikes in a transaction that is about to begin, if anything.
    func drawFault(on machine: Machine) -> StoreFault? {
        guard !isQuiet else { return nil }
        if random.chance(odds.crash) {
            return StoreFault(kind: .crash, after: random.below(4))
        }
        if random.chance(odds.diskFull) {
            return StoreFault(kind: .full, after: random.below(3))
        }
        return nil
    }

    /// Runs `body` as one transaction of a machine, on its store in memory and on disk alike.
    ///
    /// - Parameter state: what the body changes beside the store; stays as it was where it throws.
    /// - Throws: what `body` throws; then nothing was stored. Both stores have to say the same.
    func transact<State, Result: Equatable>(
        _ machine: Machine, _ state: inout State, fault: StoreFault? = nil,
        own: KeyPath<State, OwnLog>? = nil,
        _ body: (inout SimulatedStore, inout State) throws -> Result
    ) throws -> Result {
        touched.insert(ObjectIdentifier(machine))
        var store = machine.disk.store
        store.fault = fault
        var changed = state
        let outcome = Swift.Result { try body(&store, &changed) }
        if let twin = machine.twin {
            var other = state
            let twinned = Swift.Result {
                try twin.write(over: machine.disk.store, fault: fault, &other, own: own, body)
            }
            try twin.compare(outcome, twinned, store)
        }
        let result = try outcome.get()
        store.fault = nil
        machine.disk.store = store
        state = changed
        return result
    }

    /// As above, where nothing beside the store changes.
    func transact<Result: Equatable>(
        _ machine: Machine, fault: StoreFault? = nil,
        _ body: (inout SimulatedStore) throws -> Result
    ) throws -> Result {
        var nothing: Void = ()
        return try transact(machine, &nothing, fault: fault) { store, _ in try body(&store) }
    }

    /// The process is gone, with its syncs and some of the pages that were open on it.
    func crash(_ machine: Machine) {
        for exchange in live where exchange.a === machine { exchange.end(.cut) }
        live.removeAll { $0.a === machine }
        let forgets = random.chance(0.5)
        if forgets { forms.removeAll { $0.form.machine === machine } }
    }
}
