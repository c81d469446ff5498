public import SyncCore

/// A lot that was infused after a notice named it (C08): for the pharmacist, at once.
///
/// Nobody did wrong: the device may have been offline. The infusion stands as it was recorded, and the two
/// instants are shown in their order. Where only days are known and they are the same, the order is not
/// known, and that is shown, too.
public struct InfusedAfterNotice: Hashable, Sendable {
    public let infusion: EntryID
    public let notice: EntryID
    /// The vial line.
    public let field: String
    /// As printed on the vial.
    public let lot: PrintedText
    public let product: ProductKey
    /// When it was infused, as the entry says it; several where the time is in conflict.
    public let infused: [Moment]
    /// When the notice holds from, in milliseconds; nil where only a day is known.
    public let noticeMs: Int64?
    public let order: Order
    /// The infusion, its line or the notice waits for a person.
    public let isInDoubt: Bool

    public enum Order: String, Sendable, CaseIterable {
        case after
        /// They are of one day, or the entry has no time that can be read.
        case notKnown
    }

    /// All lines of infusions that name a lot under notice and began after it, or may have.
    ///
    /// - Parameter infusions: entries of other kinds are passed over, and voided ones, too: nobody says
    ///   that those happened. What is to review has no values yet; a recall search reads it.
    public static func search(
        _ notices: NoticeBook, infusions: some Sequence<EntryView>, catalogue: Catalogue = .seed
    ) -> [InfusedAfterNotice] {
        let queries = notices.notices.compactMap { held in
            LotQuery(product: held.notice.product, lot: held.notice.lot, catalogue: catalogue)
                .map { (held: held, query: $0) }
        }
        guard !queries.isEmpty else { return [] }
        var found: [InfusedAfterNotice] = []
        for view in infusions where view.kind == EntryKind.infusion.rawValue {
            guard view.status != .voided else { continue }
            let times = view.distinctCandidates("time").map { candidate in
                candidate.value.json.flatMap { TimeValue(json: $0) }?.start
            }
            let fields = view.fields.keys.filter { $0.hasPrefix("vials.") }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            for field in fields {
                let candidates = view.distinctCandidates(field)
                for candidate in candidates {
                    guard let json = candidate.value.json, let line = NamedLot(json) else {
                        continue
                    }
                    for (held, query) in queries
                    where query.match(product: line.product, lot: line.lot, scanned: false)
                        == .exact
                    {
                        guard let order = Self.order(of: times, since: held) else { continue }
                        found.append(
                            InfusedAfterNotice(
                                infusion: view.entry.id, notice: held.entry, field: field,
                                lot: line.lot, product: line.product,
                                infused: times.compactMap(\.self), noticeMs: held.sinceMs,
                                order: order,
                                isInDoubt: candidates.count > 1 || times.count != 1
                                    || view.status != .active || held.isInQuestion))
                    }
                }
            }
        }
        return found
    }

    /// After if some candidate of the time is; nil if all are certainly before.
    private static func order(of times: [Moment?], since held: NoticeBook.Held) -> Order? {
        let orders: [Order?] =
            times.isEmpty ? [.notKnown] : times.map { order(of: $0, since: held) }
        if orders.contains(.after) { return .after }
        return orders.contains(.notKnown) ? .notKnown : nil
    }

    private static func order(of time: Moment?, since held: NoticeBook.Held) -> Order? {
        guard let time else { return .notKnown }
        if let infused = time.ms, let notice = held.sinceMs {
            return infused > notice ? .after : nil
        }
        let infusedDay: CivilDate? = time.precision == .month ? nil : time.wall.date
        guard let infusedDay, let noticeDay = held.sinceDay ?? held.noticeDay(near: time) else {
            return .notKnown
        }
        if infusedDay == noticeDay { return .notKnown }
        return infusedDay > noticeDay ? .after : nil
    }
}

/// The product and lot that a vial line names, also in a form that only a newer version knows.
private struct NamedLot {
    let product: ProductKey
    let lot: PrintedText

    init?(_ json: JSONValue) {
        guard let text = json["lot"]?.stringValue, !text.isEmpty,
            let product = json["product"].flatMap({ Said<ProductKey>(json: $0) })?.value
        else { return nil }
        lot = PrintedText(text)
        self.product = product
    }
}

extension NoticeBook.Held {
    /// The day of the notice by the offset that the other moment has, or in UTC.
    fileprivate func noticeDay(near moment: Moment) -> CivilDate? {
        sinceMs.map { ms in
            let minutes = ms.floorDivided(by: 60_000).addingSaturating(moment.offset ?? 0)
            return WallTime(localMinutes: minutes).date
        }
    }
}
