public import SyncCore

/// What lies at home, worked out of the stock and infusion entries of a diary (domain 2.6).
///
/// Nothing here corrects anything. A count that differs is shown with its difference and is the new
/// baseline. A box that the clinic sent is a question until somebody at home has said a word of it.
/// More used than came is shown as such, below zero, and asks for the receipt that is missing.
public struct StockBook: Hashable, Sendable {
    /// Every lot of which something is said, in order of product, size and lot.
    public let lots: [StockLot]
    /// Counts that differ from what was known before them, the newest last.
    public let differences: [CountDifference]
    /// Deliveries that only the clinic speaks of, in order of their entries.
    public let shipments: [Shipment]
    /// Lines that no lot's balance could take up.
    public let unplaced: [UnplacedLine]

    /// Adds up entries of the kinds stock and infusion, in whatever order; others say nothing of stock.
    ///
    /// - Parameters:
    ///   - zone: in whose days entries without a time of day are placed.
    ///   - clinicReplicas: whose logs are the clinic's; what only they say of a delivery is a shipment.
    public init(
        _ views: some Sequence<EntryView>, zone: some ZoneRules, catalogue: Catalogue = .seed,
        clinicReplicas: Set<ReplicaID> = []
    ) {
        let views = views.filter {
            let kind = EntryKind(rawValue: $0.kind)
            return kind == .stock || kind == .infusion
        }
        let ledger = StockLedger(views, zone: zone, clinicReplicas: clinicReplicas)
        let keys = ledger.keys
        lots = keys.map { StockLot($0, in: ledger, catalogue: catalogue) }
        shipments = Shipment.all(in: ledger, keys: keys)
        differences = CountDifference.all(in: ledger, keys: keys)
        unplaced = ledger.readings.values.filter { ledger.mayCount($0.entry) }
            .flatMap(\.unplaced).sorted { left, right in
                if left.entry != right.entry { return left.entry < right.entry }
                if left.field != right.field {
                    return left.field.utf8.lexicographicallyPrecedes(right.field.utf8)
                }
                return left.reason.rawValue < right.reason.rawValue
            }
    }

    /// Somebody at home keeps stock: something was received, counted or moved.
    public var isKept: Bool { lots.contains(where: \.isOfHome) }

    /// The lots of a product and key, in all sizes; both halves of a unit are looked for.
    public func lots(of product: ProductKey, lot: LotKey) -> [StockLot] {
        lots.filter { $0.key.product == product && $0.key.lot == lot }
    }
}

extension StockBook {
    /// What a recall asks of a lot that was not infused: at home, on its way, or gone otherwise.
    public struct Held: Hashable, Sendable {
        /// At home, as far as is known.
        public let vials: VialRange
        /// Sent by the clinic and not yet said to have come.
        public let onTheWay: VialRange
        /// Broken, returned, thrown away: a lot that was held, too (domain 5.2).
        public let lost: VialRange
        public let used: VialRange
    }

    /// How a product's lot is held; nil if it never was, nor was sent.
    public func held(_ product: ProductKey, lot: LotKey) -> Held? {
        let found = lots(of: product, lot: lot)
        guard found.contains(where: { $0.isOfHome || $0.onTheWay.high > 0 }) else { return nil }
        func sum(_ part: (StockLot) -> VialRange) -> VialRange {
            found.map(part).reduce(.zero) { $0 + $1 }
        }
        return Held(
            vials: sum { $0.balance.atLeastNone }, onTheWay: sum(\.onTheWay), lost: sum(\.lost),
            used: sum(\.used))
    }
}

extension StockBook {
    /// What is odd about the stock, lot by lot; codes and values as a validator gives them.
    public var findings: [StockFinding] {
        lots.filter { $0.isBelowZero && $0.key.lot != nil }.map {
            StockFinding(code: .stockBelowZero, key: $0.key, vials: $0.balance)
        }
            + differences.map {
                StockFinding(code: .countDiffers, key: $0.key, vials: $0.difference)
            }
    }
}

/// Something odd about one lot.
public struct StockFinding: Hashable, Sendable {
    public let code: WarningCode
    public let key: StockKey
    /// The balance, or by how much a count differs.
    public let vials: VialRange
}
