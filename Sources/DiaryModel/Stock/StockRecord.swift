public import SyncCore

/// What one entry says of the vials of one lot.
struct StockRecord {
    let entry: EntryID
    var kind: Kind
    let key: StockKey
    /// A range where a line, the movement or its reason is in conflict.
    var vials: VialRange
    let span: MomentSpan
    /// Every candidate says it of this lot, so that it is no question whether it was said at all.
    let isSettled: Bool
    /// The lot in every way it is printed there.
    let printed: Set<PrintedText>
    let expiries: Set<Expiry>
    /// What is said of the storage, by each candidate.
    let storages: [StockEntry.Storage]
    /// Vials of a hospital, as long as nobody knows that they had been at home.
    var isFromHospital = false

    enum Kind: CaseIterable {
        case received
        /// A delivery that only the clinic speaks of.
        case shipped
        case used
        case lost
        case moved
        case quarantined
        case counted

        /// It shows that the lot was at home, or on its way there.
        var isOfHome: Bool { self != .used && self != .lost && self != .quarantined }
    }
}

/// A vial line that no lot's balance can take up; shown, since a silent gap would look like stock.
public struct UnplacedLine: Hashable, Sendable {
    public let entry: EntryID
    /// `vials.1`.
    public let field: String
    public let reason: Reason
    /// The lot as printed, where one stands there.
    public let lot: PrintedText?

    public enum Reason: String, Sendable, CaseIterable {
        /// A form that this version does not know.
        case notUnderstood = "not_understood"
        case productUnknown = "product_unknown"
        case sizeUnknown = "size_unknown"
        case countUnknown = "count_unknown"
        /// What kind of movement it was cannot be read.
        case movementUnknown = "movement_unknown"
        /// A count says how many of a lot there are; without a lot it is a count of nothing.
        case countWithoutLot = "count_without_lot"
    }
}
