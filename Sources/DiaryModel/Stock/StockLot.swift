public import SyncCore

/// One lot at home: what came, what went, and what is left as far as is known.
///
/// A number is a range where something is in conflict, in doubt, or may lie on either side of a count.
public struct StockLot: Hashable, Sendable {
    public let key: StockKey
    /// The lot in every way it was printed or typed, in byte order; empty for vials without a lot.
    public let printed: [PrintedText]
    public let received: VialRange
    /// Sent by the clinic and not yet said to have come; in no balance.
    public let onTheWay: VialRange
    public let used: VialRange
    public let lost: VialRange
    /// Moved to room temperature; they stay at home.
    public let moved: VialRange
    /// Said to be set apart; they stay at home.
    public let quarantined: VialRange
    /// Somebody set the lot apart, or may have, in this size or another: it is not to be picked.
    public let isQuarantined: Bool
    /// At home, as far as is known: below zero if more was used or lost than is known to have come.
    public let balance: VialRange
    /// It came, was counted or moved at home; else it is only known from what was used or lost.
    public let isOfHome: Bool
    /// Every expiry that was written for it as stock, the earliest first; what was typed with an
    /// infusion is compared with it and does not change it.
    public let expiries: [Expiry]
    /// What was moved to room temperature and may be left, the first to be used first.
    public let batches: [Batch]

    /// Vials of a lot that were moved to room temperature at once.
    public struct Batch: Hashable, Sendable {
        /// The entry that says so.
        public let entry: EntryID
        /// Of them these may be left: nobody writes down which vials were used.
        public let vials: VialRange
        /// The day to discard by, as written on the pack or else by the label; nil where neither is known.
        public let discardBy: CivilDate?
    }

    /// More was certainly used or lost than is known to have come.
    public var isBelowZero: Bool { balance.high < 0 }

    /// The earliest expiry that was written for it.
    public var expiry: Expiry? { expiries.first }

    /// Not all that was written of its expiry can be true of one lot.
    public var expiriesDiffer: Bool {
        expiries.contains { one in expiries.contains { !one.agrees(with: $0) } }
    }
}

extension StockLot {
    init(_ key: StockKey, in ledger: StockLedger, catalogue: Catalogue) {
        self.key = key
        let records = ledger.records(
            key, .received, .shipped, .used, .lost, .moved, .quarantined, .counted)
        printed = Set(records.flatMap(\.printed)).sorted()
        received = ledger.sum(.received, of: key)
        onTheWay = ledger.sum(.shipped, of: key)
        used = ledger.sum(.used, of: key)
        lost = ledger.sum(.lost, of: key)
        moved = ledger.sum(.moved, of: key)
        quarantined = ledger.sum(.quarantined, of: key)
        isQuarantined = ledger.isQuarantined(key)
        balance = ledger.balance(of: key)
        isOfHome = records.contains { $0.kind.isOfHome && $0.kind != .shipped }
        expiries = Set(records.filter { $0.kind != .used }.flatMap(\.expiries))
            .sorted(by: Self.isEarlier)
        let rule = catalogue.product(key.product)?.roomTemperature
        batches = Batch.all(
            records.filter { $0.kind == .moved }, left: balance.atLeastNone, rule: rule, in: ledger)
    }

    private static func isEarlier(_ left: Expiry, _ right: Expiry) -> Bool {
        if left.date != right.date { return left.date < right.date }
        if left.precision != right.precision { return left.precision == .day }
        return (left.printed ?? "") < (right.printed ?? "")
    }
}

extension StockLot.Batch {
    /// What may be left of each move: all that went since may have been of its vials, or nothing of it.
    ///
    /// After a count nobody knows any more which vials were the missing ones, so there may be none.
    fileprivate static func all(
        _ moves: [StockRecord], left: VialRange, rule: RoomTemperatureRule?, in ledger: StockLedger
    ) -> [StockLot.Batch] {
        var certain = left.low
        let batches = moves.map { move in
            let moved = ledger.counts(move.entry) ? move.vials : move.vials.orNone
            let wasCounted = ledger.records(move.key, .counted).contains {
                $0.span.order(to: move.span) != .before
            }
            let atLeast = wasCounted ? 0 : (moved - ledger.goneSince(move)).low
            return StockLot.Batch(
                entry: move.entry, vials: VialRange(max(0, atLeast), max(0, moved.high)),
                discardBy: move.storages.compactMap { $0.lastDay(rule) }.min())
        }
        return batches.sorted().map { batch in
            // More may be said to be moved than there is.
            let atMost = min(batch.vials.high, left.high)
            let atLeast = min(batch.vials.low, atMost, certain)
            certain -= atLeast
            return StockLot.Batch(
                entry: batch.entry, vials: VialRange(atLeast, atMost), discardBy: batch.discardBy)
        }.filter { $0.vials.high > 0 }
    }
}

extension StockLot.Batch: Comparable {
    /// By the day to discard by, those without one last; then by entry.
    public static func < (left: Self, right: Self) -> Bool {
        guard left.discardBy != right.discardBy else { return left.entry < right.entry }
        guard let one = left.discardBy, let other = right.discardBy else {
            return left.discardBy != nil
        }
        return one < other
    }
}
