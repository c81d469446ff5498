import DiaryModel
import DiaryStore
public import SyncCore

/// An entry in another diary of this store that a move has tied to one in this diary (domain C18).
///
/// A move writes in two diaries, and only what it began says so (`movedFrom`). Where an entry went
/// is therefore looked for in the diaries kept here; what is not kept here cannot be found.
public struct MovedEntry: Sendable {
    /// What this device calls that diary.
    public let owner: String
    public let entry: EntryID
    public let status: EntryView.Status

    public var handle: Handle { Handle(of: entry) }
}

extension Reading {
    /// What this device calls the diary.
    public func owner() throws -> String { try record(of: diary)?.name ?? "this" }

    private func record(of diary: DiaryID) throws -> DiaryRecord? {
        try transaction.diaries().first { $0.id == diary }
    }

    /// What an entry was moved here from; nil if it was not, or that diary is not kept here.
    public func origin(of entry: EntryID) throws -> MovedEntry? {
        guard let source = try transaction.events(of: entry, in: diary).first?.movedFrom,
            let record = try record(of: source.diary),
            let view = try transaction.view(of: source.entry, in: source.diary)
        else { return nil }
        return MovedEntry(owner: record.name, entry: source.entry, status: view.status)
    }

    /// Where an entry was moved to and counts, or may; nil if nowhere. One moved on is followed.
    public func copyElsewhere(of view: EntryView) throws -> MovedEntry? {
        typealias Copy = (record: DiaryRecord, entry: Position)
        var copies: [EntryID: [Copy]] = [:]
        for record in try transaction.diaries() {
            for event in try transaction.events(in: record.id).events(ofKind: view.kind) {
                guard let source = event.movedFrom else { continue }
                copies[source.entry, default: []].append((record, event.line.entry))
            }
        }
        var waiting = [view.entry.id]
        while let entry = waiting.popLast() {
            // Taken out, so that what is said to have come from itself ends the search.
            for copy in copies.removeValue(forKey: entry) ?? [] {
                let status = try transaction.view(of: copy.entry, in: copy.record.id)?.status
                if let status, status == .active || status == .inQuestion, copy.record.id != diary {
                    return MovedEntry(
                        owner: copy.record.name, entry: copy.entry.id, status: status)
                }
                waiting.append(copy.entry.id)
            }
        }
        return nil
    }

    /// Reactions and notes that name an entry and count: they stay where they are when it is moved.
    public func naming(_ entry: EntryID) throws -> [EntryView] {
        let kinds = [EntryKind.reaction, .note].map(\.rawValue)
        return try transaction.entries(in: diary, kinds: kinds, newestFirst: false)
            .compactMap { try view(of: $0.position) }
            .filter { view in
                let named = view["infusion"] ?? view["about"]?["entry"]
                return view.status == .active && named.flatMap { EntryID(json: $0) } == entry
            }
    }
}

extension StoredEvent {
    /// The diary and the entry that what this event began was moved from.
    fileprivate var movedFrom: (diary: DiaryID, entry: EntryID)? {
        guard line.envelope.kind != nil, let from = line.body?.about["movedFrom"],
            let diary = from["diary"]?.stringValue.flatMap({ DiaryID($0) }),
            let entry = from["entry"]?.stringValue.flatMap({ EntryID($0) })
        else { return nil }
        return (diary, entry)
    }
}
