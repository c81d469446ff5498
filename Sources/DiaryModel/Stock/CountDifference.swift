public import SyncCore

/// A count that differs from what was known of its lot just before it.
///
/// It corrects nothing: what is missing may be a forgotten infusion, what is too much a box that nobody
/// wrote down. From the count on its number holds, and this stays to be answered.
public struct CountDifference: Hashable, Sendable {
    /// The entry that counted.
    public let count: EntryID
    public let key: StockKey
    public let known: VialRange
    public let counted: VialRange

    /// How many more were counted than known; below zero for fewer.
    public var difference: VialRange { counted - known }
}

extension CountDifference {
    /// All of them, by when they were counted, then by entry and lot.
    static func all(in ledger: StockLedger, keys: [StockKey]) -> [CountDifference] {
        var found: [(ms: Int64, difference: CountDifference)] = []
        for key in keys {
            for count in ledger.records(key, .counted) {
                // The first word of a lot differs from nothing.
                let earlier = ledger.records(key, .received, .used, .lost, .counted)
                let isFirst = !earlier.contains {
                    $0.entry != count.entry && $0.span.order(to: count.span) != .after
                }
                let known = ledger.balance(of: key, before: count)
                guard !isFirst, !known.overlaps(count.vials) else { continue }
                found.append(
                    (
                        count.span.earliestMs,
                        CountDifference(
                            count: count.entry, key: key, known: known, counted: count.vials)
                    ))
            }
        }
        return found.sorted { left, right in
            if left.ms != right.ms { return left.ms < right.ms }
            if left.difference.count != right.difference.count {
                return left.difference.count < right.difference.count
            }
            return left.difference.key < right.difference.key
        }.map(\.difference)
    }
}
