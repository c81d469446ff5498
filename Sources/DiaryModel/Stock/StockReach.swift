/// How many infusions of a plan the usable vials at home are enough for, as an exact fraction.
///
/// It states what lies at home against the plan that a doctor signed, and nothing else: no vials are
/// chosen and no dose is proposed.
public struct StockReach: Hashable, Sendable {
    /// Usable vials of the plan's products; of a dual-vial unit only those that hold immunoglobulin.
    public let vials: VialRange
    /// What is in them, in milligrams.
    public let milligrams: MilligramRange
    /// The plan's whole dose in milligrams, and in how many infusions it is given.
    public let doseMilligrams: Int64
    public let parts: Int64

    /// An exact number of infusions.
    public typealias Infusions = (numerator: Int64, denominator: Int64)

    /// Nil where the plan says no dose or no product.
    ///
    /// - Parameters:
    ///   - plan: of the version that holds; where two are in conflict there is none to compute from.
    ///   - day: the day on which the vials are to be usable.
    public init?(
        _ book: StockBook, plan: PlanFacts, on day: CivilDate,
        recalled: [ValidationContext.RecalledLot] = []
    ) {
        guard let dose = plan.doseMilligrams, dose > 0, plan.parts > 0, !plan.products.isEmpty
        else { return nil }
        doseMilligrams = dose
        parts = plan.parts
        var vials = VialRange.zero
        var milligrams = MilligramRange.zero
        for lot in book.lots where plan.products.contains(lot.key.product) {
            guard lot.key.component != .hy else { continue }
            let usable = Self.usable(lot, on: day, recalled)
            vials += usable
            milligrams =
                milligrams
                + MilligramRange(
                    usable.low.multipliedSaturating(by: lot.key.vialMilligrams),
                    usable.high.multipliedSaturating(by: lot.key.vialMilligrams))
        }
        self.vials = vials
        self.milligrams = milligrams
    }

    /// What may be picked of a lot.
    ///
    /// Vials that were used and never came weigh on the low end: a lot that was mistyped was taken from
    /// another. Those without a lot were certainly taken from some other.
    private static func usable(
        _ lot: StockLot, on day: CivilDate, _ recalled: [ValidationContext.RecalledLot]
    ) -> VialRange {
        if lot.key.lot == nil, lot.balance.low < 0 { return lot.balance }
        if lot.balance.high <= 0 { return lot.balance.orNone }
        let rows = PickList.rows(lot, on: day, recalled)
        let picked = rows.filter(\.reasons.isEmpty)
        let balance = lot.balance
        if picked.count == rows.count { return balance }
        let sum = picked.map(\.vials).reduce(.zero) { $0 + $1 }
        return VialRange(min(sum.low, balance.low), min(sum.high, balance.high))
    }

    /// Enough for at least this; nothing is less than none.
    public var atLeast: Infusions { infusions(milligrams.low) }
    public var atMost: Infusions { infusions(milligrams.high) }

    private func infusions(_ milligrams: Int64) -> Infusions {
        (max(0, milligrams).multipliedSaturating(by: parts), doseMilligrams)
    }

    /// The next infusion may not be covered: "order now" (A14).
    ///
    /// - Parameter infusions: as many whole infusions a clinic wants to be at home; one by default.
    public func isOrderDue(below infusions: Int64 = 1) -> Bool {
        atLeast.numerator < max(0, infusions).multipliedSaturating(by: doseMilligrams)
    }
}

extension Int64 {
    /// The product, or the nearest number there is.
    func multipliedSaturating(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
