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
        let entries = try stockViews()
        let book = StockBook(
            entries, zone: zone, catalogue: catalogue, clinicReplicas: standing.clinicReplicas)
        let recalled = NoticeBook(try views(of: [.notice])).recalled
        let boxes = Set(book.shipments.map(\.entry))
        let history = try plans()
        let plans = history.entries.filter { history.obstacle(of: $0) == nil }
        return StockAtHome(
            book: book, pick: PickList(book, on: day, recalled: recalled),
            reaches: plans.compactMap { $0.version(on: day)?.plan }.compactMap {
                StockReach(book, plan: PlanFacts($0, on: day), on: day, recalled: recalled)
            },
            boxes: entries.filter { boxes.contains($0.entry.id) }, recalled: recalled)
    }

    private func stockViews() throws -> [EntryView] { try views(of: [.stock, .infusion]) }
}
