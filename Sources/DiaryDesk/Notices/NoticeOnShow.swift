public import DiaryModel
import DiaryStore
public import SyncCore

/// A notice as a diary shows it: what of its lot lies at home, and what of it was infused.
public struct NoticeOnShow: Sendable {
    public let held: NoticeBook.Held
    /// The event that is this notice: whoever holds it has been told.
    public let event: Position
    /// When it was written, by the clock of the clinic, in milliseconds.
    public let writtenMs: Int64
    /// How the lot is held at home; nil if it never was.
    public let stock: StockBook.Held?
    /// Infusions that name the lot and were not voided, the newest first.
    public let infusions: [EntryID]
    /// Those of them that began after the notice, or may have (C08).
    public let infusedAfter: [InfusedAfterNotice]

    /// The lot as it is compared; nil where nothing of it can be.
    public var key: LotKey? { LotKey(held.notice.lot) }
    /// Vials of it lie at home, or may.
    public var isAtHome: Bool { stock.map { $0.vials.high > 0 } ?? false }
    /// A person has to do something: set vials apart, or telephone.
    public var asksForSomething: Bool { isAtHome || !infusedAfter.isEmpty }
}

extension Reading {
    /// The notices that hold in this diary, and those that nobody can read here.
    public func notices(
        catalogue: Catalogue
    ) throws -> (notices: [NoticeOnShow], notUnderstood: [EntryID]) {
        let told = try views(of: [.notice])
        let book = NoticeBook(told)
        guard !book.notices.isEmpty else { return ([], book.notUnderstood) }
        let infusions = try views(of: [.infusion])
        let stock = StockBook(
            infusions + (try views(of: [.stock])), zone: zone, catalogue: catalogue,
            clinicReplicas: standing.clinicReplicas)
        let after = InfusedAfterNotice.search(book, infusions: infusions, catalogue: catalogue)
        let notices = book.notices.compactMap { held -> NoticeOnShow? in
            guard let view = told.first(where: { $0.entry.id == held.entry }) else { return nil }
            let product = held.notice.product
            let key = LotKey(held.notice.lot)
            let said = view.fields["notice"]?.candidates.first {
                $0.value.json.flatMap { LotNotice(json: $0) } == held.notice
            }
            return NoticeOnShow(
                held: held, event: said?.event ?? view.entry,
                writtenMs: said?.at.milliseconds ?? 0,
                stock: key.flatMap { stock.held(product, lot: $0) },
                infusions: infusions.filter { $0.status != .voided && $0.names(product, key) }
                    .map(\.entry.id),
                infusedAfter: after.filter { $0.notice == held.entry && LotKey($0.lot) == key })
        }
        return (notices, book.notUnderstood)
    }
}

extension EntryView {
    /// Whether a value that stands in a vial line names exactly this lot of this product.
    fileprivate func names(_ product: ProductKey, _ key: LotKey?) -> Bool {
        fields.contains { field, register in
            field.hasPrefix("vials.")
                && register.candidates.contains { candidate in
                    guard let key, let json = candidate.value.json else { return false }
                    return json["product"].flatMap { ProductKey(json: $0) } == product
                        && json["lot"]?.stringValue.flatMap { LotKey($0) } == key
                }
        }
    }
}
