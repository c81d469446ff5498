import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// What entries of these kinds say, in order of when they happened.
    func views(
        of kinds: [EntryKind], within times: ClosedRange<Int64>? = nil, newestFirst: Bool = true,
        limit: Int? = nil
    ) throws -> [EntryView] {
        try transaction.entries(
            in: diary, kinds: kinds.map(\.rawValue), within: times, newestFirst: newestFirst,
            limit: limit
        ).compactMap { try view(of: $0.position) }
    }

    /// The entries of a kind, the oldest first.
    ///
    /// - Parameter day: only those that may be of this day or later; with a month to spare, so that the
    ///   copies of one entry are read together.
    func views(of kind: EntryKind, since day: CivilDate? = nil) throws -> [EntryView] {
        let from = day.map { Int64($0.daysSinceEpoch - 31) * 86_400_000 } ?? .min
        // Of a bare day, and of several times, only the entry itself says how late it may be.
        return try transaction.entries(in: diary, kinds: [kind.rawValue], newestFirst: false)
            .filter { summary in summary.settledStartMs.map { $0 >= from } ?? true }
            .compactMap { try view(of: $0.position) }
    }
}
