public import SyncCore

/// The handles of a set of entries, each as long as it has to be to name one of them.
public struct HandleBook: Sendable {
    private let lengths: [Handle: Int]

    public init(_ entries: some Sequence<EntryID>) {
        var byShort: [Handle: [EntryID]] = [:]
        for id in Set(entries) { byShort[Handle(of: id), default: []].append(id) }
        lengths = byShort.filter { $0.value.count > 1 }.mapValues { ids in
            (Handle.usualLength...Handle.longest).first { length in
                Set(ids.map { Handle(of: $0, length: length) }).count == ids.count
            } ?? Handle.longest
        }
    }

    public func handle(of id: EntryID) -> Handle {
        let short = Handle(of: id)
        return lengths[short].map { Handle(of: id, length: $0) } ?? short
    }
}
