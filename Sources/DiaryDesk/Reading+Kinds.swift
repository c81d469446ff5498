import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// What all entries of these kinds say, the newest first.
    func views(of kinds: [EntryKind]) throws -> [EntryView] {
        try transaction.entries(in: diary, kinds: kinds.map(\.rawValue))
            .compactMap { try view(of: $0.position) }
    }
}
