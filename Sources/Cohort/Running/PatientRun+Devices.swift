internal import ClinicServer
internal import DiaryModel
internal import DiaryStore
internal import SyncCore

/// What devices write, and how they meet the clinic.
extension PatientRun {
    /// One commit of a device's log.
    mutating func write(_ acts: [PlannedAct], on number: Int, at ms: Int64) throws {
        guard var device = devices[number] else {
            skipped += acts.count
            return
        }
        // So that the store is changed in place.
        devices[number] = nil
        defer { devices[number] = device }
        let drafts = try acts.map { try draft($0, in: device.store) }
        let author = events[plan.devices[number].person]?.first?.id
        let (positions, _) = try device.store.commit(
            to: &device.own, at: stamp(ms + plan.devices[number].skewMs), using: &random
        ) { commit, random in
            try drafts.map { draft -> Position? in
                guard var draft = draft?.event else { return nil }
                draft.author = author
                return try commit.write(draft, using: &random)
            }
        }
        device.unsentEvents += positions.count { $0 != nil }
        note(drafts, positions)
    }

    /// A sync, where there is anything to bring or to fetch.
    mutating func sync(_ number: Int, at ms: Int64) throws {
        guard var device = devices[number] else { return }
        devices[number] = nil
        defer { devices[number] = device }
        device.heardMs = ms
        var store = try transaction.events(in: diary)
        let hasNews =
            !device.isClosed && store.tree.eventCount != device.store.tree.eventCount
        guard device.unsentEvents > 0 || hasNews || device.known == nil else { return }
        // Receipts are for the devices alone, and these are gone afterwards. Whether the asker is closed
        // is looked up in the logs, so it is asked only of one that is.
        let responder = SyncResponder()
        var machine = SyncInitiator(known: device.known, clinic: nil)
        while true {
            let request = try machine.nextRequest(from: device.store)
            if !request.sections.isEmpty { device.broughtMs = ms }
            device.frontier = request.frontier
            let answer = try responder.answer(
                request, from: device.isClosed ? device.first : nil, at: ms, in: &store)
            if case .finished = try machine.answered(answer, in: &device.store) { break }
        }
        device.known = machine.known
        device.unsentEvents = 0
        if !device.isClosed { device.frontier = device.store.frontier }
    }
}
