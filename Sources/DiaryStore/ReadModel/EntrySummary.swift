public import SyncCore

/// An entry in a list: derived, kept with the events, and checked when it is read.
public struct EntrySummary: Sendable, Equatable {
    /// The event that began it.
    public let position: Position
    public let kind: String
    /// When it happened, as far as its `time` says; the earliest where several values stand.
    public let startMs: Int64?
    /// When it was first written, by the writer's clock.
    public let atMs: Int64
    public let status: EntryView.Status
    /// Whether it waits for a person.
    public let isInConflict: Bool
    /// Whether an event of it does not count.
    public let hasEventsToReview: Bool
    /// The arrival number of its last event: what changed last has the highest.
    public let lastArrival: Int

    /// Kinds about people, devices and orders; the rest are entries to a person.
    public static let hiddenKinds: Set<String> = [
        Vocabulary.personKind, Vocabulary.replicaKind, Vocabulary.erasureKind,
    ]

    /// Whether no person would call it an entry.
    public var isHidden: Bool { Self.hiddenKinds.contains(kind) }

    public var id: EntryID { position.id }
    /// When it happened, where a row can say all there is to say; nil where only its lines do: it names
    /// a bare day, or people disagree.
    public var settledStartMs: Int64? { isInConflict ? nil : startMs }
}
