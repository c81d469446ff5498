public import DiaryModel
import DiaryStore
public import SyncCore

/// What lies at home as it is shown: the vials, held against the notices and the plan of the same look.
public struct StockAtHome: Sendable {
    public let book: StockBook
    /// From which vials to take today.
    public let pick: PickList
    /// How far the usable vials go, for each plan that can be relied on; with a sibling there are two.
    public let reaches: [StockReach]
    /// The boxes that only the clinic speaks of, as they say it; whoever confirms one has seen it.
    public let boxes: [EntryView]
    let recalled: [ValidationContext.RecalledLot]

    /// Whether a notice names the lot.
    ///
    /// - Parameter product: nil where nobody knows which it is: then any product's notice counts.
    public func names(recalled lot: LotKey, of product: ProductKey?) -> Bool {
        recalled.contains { $0.lot == lot && (product == nil || $0.product == product) }
    }
}

extension Reading {
    /// What lies at home, worked out of all stock and infusion entries.
    public func stockBook(catalogue: Catalogue) throws -> StockBook {
        StockBook(
            try stockViews(), zone: zone, catalogue: catalogue,
            clinicReplicas: standing.clinicReplicas)
    }

    /// What lies at home on a day, which is the last for vials that are usable until then.
    public func stockAtHome(on day: CivilDate, catalogue: Catalogue) throws -> StockAtHome {
        let views = try stockViews()
        let book = StockBook(
            views, zone: zone, catalogue: catalogue, clinicReplicas: standing.clinicReplicas)
        let word = try clinicsWord()
        let boxes = Set(book.shipments.map(\.entry))
        return StockAtHome(
            book: book, pick: PickList(book, on: day, recalled: word.recalled),
            reaches: word.plans.relied(on: day).compactMap {
                StockReach(book, plan: PlanFacts($0, on: day), on: day, recalled: word.recalled)
            },
            boxes: views.filter { boxes.contains($0.entry.id) }, recalled: word.recalled)
    }

    private func stockViews() throws -> [EntryView] {
        let kinds = [EntryKind.stock, .infusion].map(\.rawValue)
        return try transaction.entries(in: diary, kinds: kinds)
            .compactMap { try view(of: $0.position) }
    }
}

extension PlanHistory {
    /// The plans of a day from which something may be worked out: none where two stand side by side.
    fileprivate func relied(on day: CivilDate) -> [TreatmentPlan] {
        entries.filter { obstacle(of: $0) == nil }.compactMap { $0.version(on: day)?.plan }
    }
}
