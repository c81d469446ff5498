/// From which vials to take on a day: those first that must be used first.
///
/// What is not to be picked is shown apart with the reason and is never hidden: it lies at home, and it
/// may be recorded all the same.
public struct PickList: Hashable, Sendable {
    /// The earliest to be used first; without a known day last.
    public let usable: [Row]
    /// Set apart, under recall or past their day, in the same order.
    public let apart: [Row]

    /// Vials of one lot that are kept alike.
    public struct Row: Hashable, Sendable {
        public let key: StockKey
        /// The lot as printed, in every way it was.
        public let printed: [PrintedText]
        /// So many may be left.
        public let vials: VialRange
        public let isAtRoomTemperature: Bool
        /// The printed expiry's last day.
        public let expiry: CivilDate?
        /// The day to discard by at room temperature.
        public let discardBy: CivilDate?
        /// Why it is not to be picked; empty for what is.
        public let reasons: [Reason]

        /// The earlier of the two days; nil where neither is known.
        public var usableUntil: CivilDate? { [expiry, discardBy].compactMap(\.self).min() }
    }

    /// Why vials are not to be picked.
    public enum Reason: String, Sendable, CaseIterable {
        case underRecall = "under_recall"
        case quarantined
        /// Past the earlier of expiry and discard-by.
        case expired
    }

    /// The list of a day, which is the last for vials that are usable until then.
    ///
    /// - Parameter recalled: lots under recall that are known here.
    public init(
        _ book: StockBook, on day: CivilDate, recalled: [ValidationContext.RecalledLot] = []
    ) {
        let rows = book.lots.flatMap { Self.rows($0, on: day, recalled) }.sorted(by: Self.isFirst)
        usable = rows.filter(\.reasons.isEmpty)
        apart = rows.filter { !$0.reasons.isEmpty }
    }

    /// A row for each batch at room temperature and one for the rest, as far as there may be any left.
    static func rows(
        _ lot: StockLot, on day: CivilDate, _ recalled: [ValidationContext.RecalledLot]
    ) -> [Row] {
        let balance = lot.balance.atLeastNone
        var rows = lot.batches.map { batch in
            lot.row(batch.vials, discardBy: batch.discardBy, isMoved: true, on: day, recalled)
        }
        let moved = lot.batches.map(\.vials).reduce(.zero) { $0 + $1 }
        let rest = (balance - moved).atLeastNone
        if rest.high > 0 {
            rows.append(lot.row(rest, discardBy: nil, isMoved: false, on: day, recalled))
        }
        return rows
    }

    private static func isFirst(_ left: Row, _ right: Row) -> Bool {
        if left.usableUntil != right.usableUntil {
            guard let one = left.usableUntil, let other = right.usableUntil else {
                return left.usableUntil != nil
            }
            return one < other
        }
        if left.key != right.key { return left.key < right.key }
        return left.isAtRoomTemperature && !right.isAtRoomTemperature
    }
}

extension StockLot {
    fileprivate func row(
        _ vials: VialRange, discardBy: CivilDate?, isMoved: Bool, on day: CivilDate,
        _ recalled: [ValidationContext.RecalledLot]
    ) -> PickList.Row {
        let until = [expiry?.date, discardBy].compactMap(\.self).min()
        var reasons: [PickList.Reason] = []
        if recalled.contains(where: { $0.product == key.product && $0.lot == key.lot }) {
            reasons.append(.underRecall)
        }
        if isQuarantined { reasons.append(.quarantined) }
        if let until, until < day { reasons.append(.expired) }
        return PickList.Row(
            key: key, printed: printed, vials: vials, isAtRoomTemperature: isMoved,
            expiry: expiry?.date, discardBy: discardBy, reasons: reasons)
    }
}
