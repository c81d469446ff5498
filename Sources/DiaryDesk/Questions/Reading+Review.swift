import DiaryModel
import DiaryStore
public import SyncCore

/// What is kept and does not count, since its log is not relied on so far.
extension Reading {
    /// The entries of which something does not count and which nobody has voided, the oldest first.
    func toReview() throws -> [EntryView] {
        try transaction.entriesToReview(in: diary)
            .filter { !$0.isHidden && $0.status != .voided }
            .compactMap { try view(of: $0.position) }
    }

    /// What an entry would say if all that is held of it counted; nil where its beginning does.
    ///
    /// Words that only a clinic's log may say are not shown from another's, as if they were its own.
    public func asWritten(_ view: EntryView) throws -> EntryView? {
        guard view.beginsToReview, !Self.clinicKinds.contains(view.kind) else { return nil }
        // A diary without a clinic relies on everything.
        let everything = try Standing(of: MemoryEventStore(diary: diary))
        return try EntryView(
            of: transaction.events(of: view.entry, in: diary), in: events, standing: everything)
    }

    private static let clinicKinds: Set<String> = Set(
        [EntryKind.plan, .training, .notice, .question, .erasure].map(\.rawValue))
}

extension EntryView {
    /// The event that began it does not count.
    public var beginsToReview: Bool { toReview.contains(entry) }
}

extension Desk {
    /// Refuses to change what does not count: of an entry that is to review there is nothing to change.
    ///
    /// To void it is possible, since that needs nothing of what it says.
    public func requireCounting(_ view: EntryView) throws {
        guard view.beginsToReview else { return }
        throw DeskError.notPossible(
            "what \(Handle(of: view.entry.id)) says is to review and does not count, since the clinic"
                + " does not rely on the device so far; void it, or ask the clinic to rely on it")
    }
}
