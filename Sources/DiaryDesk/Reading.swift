public import DiaryModel
public import DiaryStore
public import SyncCore

/// One look at one diary: everything in it is of the same snapshot.
public struct Reading {
    public let transaction: DiaryTransaction
    public let diary: DiaryID
    public let events: SQLiteEventStore
    public let standing: Standing
    /// In whose zone days are counted and times shown.
    public let zone: TZif

    public init(_ transaction: DiaryTransaction, diary: DiaryID, zone: TZif) throws {
        self.transaction = transaction
        self.diary = diary
        self.zone = zone
        events = try transaction.events(in: diary)
        standing = try transaction.standing(in: diary)
    }

    public func view(of entry: EntryID) throws -> EntryView? {
        try transaction.view(of: entry, in: diary)
    }

    /// As above, of an entry whose position is known: found at once, however long the diary is.
    public func view(of entry: Position) throws -> EntryView? {
        try transaction.view(of: entry, in: diary)
    }

    /// What an entry said to the writer of one of its events; nil where it had seen nothing.
    ///
    /// - Parameter events: all events of the entry, in order of arrival.
    public func view(before event: StoredEvent, among events: [StoredEvent]) throws -> EntryView? {
        let seen = try self.events.coverage(of: event.line.envelope.context)
        return try EntryView(
            of: events.filter { seen.contains($0.held.place) }, in: self.events, standing: standing)
    }

    /// Who began an entry; nil where the writer named nobody.
    public func recorder(of entry: EntryID) throws -> EntryID? {
        try transaction.events(of: entry, in: diary).first?.line.envelope.author
    }

    public func people() throws -> PeopleBook { try PeopleBook(in: self) }

    /// What a sync has brought to an entry since it was printed.
    ///
    /// What somebody else wrote on this very store is not among it: two people who write from one
    /// stale page stand side by side, and nobody is covered whom the writer had not seen.
    public func broughtSince(
        _ shown: VectorClock, to view: EntryView
    ) throws -> [StoredEvent] {
        let own = Set(try transaction.ownKeys(in: diary).keys)
        let seen = try events.coverage(of: shown.positions)
        return try transaction.events(of: view.entry, in: diary).filter { event in
            !seen.contains(event.held.place) && standing.counts(event.held.place)
                && !own.contains(event.line.envelope.replica)
        }
    }

    /// The entries that a person would call one, in order of when they happened.
    ///
    /// - Parameter kind: only of this; nil for all.
    public func entries(
        of kind: EntryKind? = nil, newestFirst: Bool = true
    ) throws -> [EntrySummary] {
        let all = try transaction.entries(in: diary, kinds: kind.map { [$0.rawValue] })
        return try inOrder(all.filter { !$0.isHidden }, newestFirst: newestFirst)
    }

    /// How many entries `entries()` has.
    public func entryCount() throws -> Int {
        try transaction.entryCount(in: diary, without: EntrySummary.hiddenKinds)
    }

    /// The entries of which something is not covered by `known`; costs what it finds.
    public func entries(beyond known: Coverage) throws -> [EntrySummary] {
        try transaction.entries(in: diary, beyond: known)
            .filter { !$0.isHidden }
    }

    public func handles() throws -> HandleBook {
        HandleBook(lowBits: try transaction.lowBits(in: diary))
    }

    /// The entry a person means by a handle, `last`, or a day.
    ///
    /// - Throws: `DeskError.noSuchEntry` or `.ambiguous` with the candidates.
    public func entry(named typed: String, today: CivilDate) throws -> EntryID {
        let shown = try transaction.entries(in: diary).filter { !$0.isHidden }
        if typed.lowercased() == "last" {
            // Words that went with a change are not what a person means.
            for summary in shown.sorted(by: { $0.lastArrival > $1.lastArrival }) {
                let id = summary.position.id
                if summary.kind == "note", try view(of: id)?["about"]?["event"] != nil { continue }
                return id
            }
            throw DeskError.noSuchEntry(typed)
        }
        let found: [EntrySummary]
        if let day = DayName.date(typed, today: today) {
            found = try shown.filter { try mayBe($0, on: day) }
        } else if let handle = Handle(typed) {
            found = try transaction.entries(
                whoseIDsEndIn: handle.bits, count: handle.bitCount, in: diary)
        } else {
            found = []
        }
        guard let first = found.first else { throw DeskError.noSuchEntry(typed) }
        guard found.count == 1 else {
            throw DeskError.ambiguous(typed, found.map(\.position.id))
        }
        return first.position.id
    }
}

/// Days as people name them: `sunday`, `today`, `yesterday`, `2026-03-29`.
public enum DayName {
    public static func date(_ typed: String, today: CivilDate) -> CivilDate? {
        let typed = typed.lowercased()
        if typed == "today" { return today }
        if typed == "yesterday" { return today.adding(days: -1) }
        if let date = CivilDate(typed) { return date }
        return (0..<7).map { today.adding(days: -$0) }.first {
            let name = String(describing: $0.weekday).lowercased()
            return name == typed || (typed.utf8.count == 3 && name.hasPrefix(typed))
        }
    }
}
