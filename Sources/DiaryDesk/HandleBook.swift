public import SyncCore

/// The handles of a set of entries, each as long as it has to be to name one of them.
public struct HandleBook: Sendable {
    private let lengths: [Handle: Int]

    public init(_ entries: some Sequence<EntryID>) {
        self.init(lowBits: Set(entries).map(Handle.low(of:)))
    }

    /// The handles of entries of which the last 40 bits of their ids are known.
    init(lowBits: [Int]) {
        var found: [Handle: Int] = [:]
        // Sorted by the bits of the usual length, so those that agree in them are neighbours.
        let mask = (1 << (5 * Handle.usualLength)) - 1
        let sorted = lowBits.sorted { $0 & mask < $1 & mask }
        var start = sorted.startIndex
        while start < sorted.endIndex {
            var end = start + 1
            while end < sorted.endIndex, sorted[end] & mask == sorted[start] & mask { end += 1 }
            let alike = sorted[start..<end]
            start = end
            guard alike.count > 1, let first = alike.first else { continue }
            found[Handle(low: first)] =
                (Handle.usualLength...Handle.longest).first { length in
                    Set(alike.map { Handle(low: $0, length: length) }).count == alike.count
                } ?? Handle.longest
        }
        lengths = found
    }

    public func handle(of id: EntryID) -> Handle {
        let short = Handle(of: id)
        return lengths[short].map { Handle(of: id, length: $0) } ?? short
    }
}
