import DiaryModel
import DiaryStore
import SyncCore

/// What the entries around a moment say; each question looks at a few of them, however long the diary is.
struct EarlierEntries {
    let before: Int64
    let without: EntryID?
    let reading: Reading

    init(before: Int64, without: EntryID?, in reading: Reading) {
        self.before = before
        self.without = without
        self.reading = reading
    }

    private static let dayMs: Int64 = 86_400_000
    private static let sixtyDaysMs = 60 * dayMs
    private static let fewLast = 20

    private func views(
        _ kinds: [EntryKind], within times: ClosedRange<Int64>, newestFirst: Bool = true,
        limit: Int? = nil
    ) throws -> [EntryView] {
        try reading.views(of: kinds, within: times, newestFirst: newestFirst, limit: limit)
            .filter { $0.entry.id != without }
    }

    /// The last active ones before the moment, the newest first.
    private func last(
        _ kinds: [EntryKind], sinceMs: Int64 = .min, limit: Int
    ) throws -> [EntryView] {
        guard sinceMs < before else { return [] }
        return try views(kinds, within: sinceMs...before, limit: limit)
            .filter { $0.status == .active }
    }

    /// The last infusions, done or not, the newest first.
    func lastInfusions() throws -> [Infusion] {
        try last([.infusion], limit: Self.fewLast).map { Infusion(fields: $0.settledFields) }
    }

    /// The expiries of lots of the last infusions and deliveries.
    func expiries() throws -> [(product: ProductKey, lot: LotKey, expiry: Expiry)] {
        try last([.infusion, .stock], limit: Self.fewLast).flatMap { view in
            Infusion(fields: view.settledFields).lines.compactMap {
                named -> (product: ProductKey, lot: LotKey, expiry: Expiry)? in
                guard let product = named.line.product.value, let lot = named.line.lotKey,
                    let expiry = named.line.expiry?.value
                else { return nil }
                return (product: product, lot: lot, expiry: expiry)
            }
        }
    }

    /// The last body weight of the sixty days before.
    func lastWeight() throws -> ValidationContext.WeightSeen? {
        let found = try last(
            [.infusion, .measurement], sinceMs: before.subtractingSaturating(Self.sixtyDaysMs),
            limit: 200)
        return found.lazy.compactMap { view -> ValidationContext.WeightSeen? in
            let start = view["time"].flatMap { TimeValue(json: $0) }?.start.ms
            let grams =
                view.kind == EntryKind.infusion.rawValue
                ? view["weightGrams"].flatMap { BodyWeight(json: $0) }?.grams
                : view["measure"] == "weight" ? view["value"]?["weightGrams"]?.integerValue : nil
            guard let start, let grams else { return nil }
            return ValidationContext.WeightSeen(grams: grams, atMs: start)
        }.first
    }

    /// The serial numbers of vials that infusions within a year of the moment used.
    ///
    /// Asked only where a line names some.
    func serials() throws -> Set<PrintedText> {
        let year = 366 * Self.dayMs
        let around = before.subtractingSaturating(year)...before.addingSaturating(year)
        let used = try views([.infusion], within: around).filter { $0.status != .voided }
        return Set(
            used.flatMap { view in
                Infusion(fields: view.settledFields).lines.flatMap { $0.line.serials ?? [] }
            })
    }

    // MARK: Stock

    /// The stock at home as far as these vial lines are held against it.
    ///
    /// The problem: what is left of a lot follows from all that was ever used of it, and a diary is long.
    /// Deliveries are few, and no vial keeps for longer than three years. So all stock entries of that time
    /// are read, and of the infusions those since the first word on a lot that these lines name or nearly
    /// name. What the book then says of other lots is not asked.
    func stock(about lines: [VialLine], catalogue: Catalogue) throws -> StockBook {
        let since = before.subtractingSaturating(3 * 366 * Self.dayMs)
        let stock = try views([.stock], within: since...Int64.max)
        let told = stock.filter { view in
            view.vialLines.contains { held in lines.contains { $0.isNear(held, in: catalogue) } }
        }
        var used: [EntryView] = []
        if let first = told.compactMap({ $0.firstMs(in: reading.zone) }).min() {
            // A delivery is often written down after its first vials were used.
            let from = first.subtractingSaturating(31 * Self.dayMs)
            used = try views([.infusion], within: from...Int64.max)
        }
        return StockBook(
            stock + used, zone: reading.zone, catalogue: catalogue,
            clinicReplicas: reading.standing.ofClinic)
    }

    // MARK: Measurements and infusions

    /// The last measurements up to the end of the moment's day.
    func measurements() throws -> Measurements {
        let clinic = reading.standing.ofClinic
        let until = before.addingSaturating(Self.dayMs)
        return Measurements(
            try views([.measurement], within: Int64.min...until, limit: Self.manyLast),
            zone: reading.zone
        ) { $0.source(clinic: clinic) }
    }

    /// Enough for the last of either hand, where much else is measured, too.
    private static let manyLast = 60

    /// The first infusions after the moment, and one that is named.
    func nextInfusions(named entry: EntryID?) throws -> InfusionTimes {
        var found = try views(
            [.infusion], within: before...Int64.max, newestFirst: false, limit: Self.fewLast)
        if let entry, !found.contains(where: { $0.entry.id == entry }) {
            found += try [reading.view(of: entry)].compactMap(\.self)
        }
        return InfusionTimes(found, zone: reading.zone)
    }

    /// An infusion with those of the days around it, its copies among them.
    func infusions(around entry: EntryID) throws -> InfusionTimes {
        guard let view = try reading.view(of: entry) else {
            return InfusionTimes([], zone: reading.zone)
        }
        let start = view.firstMs(in: reading.zone) ?? before
        let apart = 3 * Self.dayMs
        var found = try views(
            [.infusion],
            within: start.subtractingSaturating(apart)...start.addingSaturating(apart))
        if !found.contains(where: { $0.entry.id == entry }) { found.append(view) }
        return InfusionTimes(found, zone: reading.zone)
    }
}

extension EntryView {
    /// Every vial line that a candidate says.
    fileprivate var vialLines: [VialLine] {
        fields.filter { $0.key.hasPrefix("vials.") }.flatMap { _, register in
            register.candidates.compactMap { $0.value.json.flatMap { VialLine(json: $0) } }
        }
    }

    /// The first instant that a candidate of its time names; of a bare day its end.
    fileprivate func firstMs(in zone: TZif) -> Int64? {
        starts.map { $0.sortingMs(in: zone) }.min()
    }
}

extension VialLine {
    /// Whether a lot at home is the one of this line, or nearly, of its product's family.
    fileprivate func isNear(_ held: VialLine, in catalogue: Catalogue) -> Bool {
        guard let key = lotKey, let other = held.lotKey, let product = product.value,
            let family = held.product.value
        else { return false }
        return (product == .other || catalogue.areFamily(family, product))
            && (key == other || LotNearness(key, other) != nil)
    }
}
