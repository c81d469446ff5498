internal import SyncCore

extension DiaryWorld {
    /// A malicious device keeps a line whose context names an event of another entry.
    func writeForeignContext(_ draft: EventDraft, _ device: Machine) throws {
        guard case .entry(let entry) = draft.subject, let held = try device.store.held(entry),
            let other = device.store.arrived.filter({
                oracle.events[$0.id]?.entry != entry.id
            }).randomElement(using: &random)
        else { return }
        var draft = draft
        draft.context.append(other)
        // Its own store is made to believe it; no other ever does.
        device.disk.store.lies = [other: held.entry]
        defer { device.disk.store.lies = [:] }
        guard let event = try commit(device, [draft], fault: nil)?.first else { return }
        bad.insert(event.id)
        count(.foreignContext)
    }
}
