internal import DiaryModel
internal import SeededRandom

/// The lots that are delivered in these years: of every product some at a time, one after another.
struct LotPool: Sendable {
    /// What a delivery is drawn from: one product, one fill size, perhaps one half of a unit.
    struct Shelf: Sendable, Hashable {
        let product: ProductKey
        let size: VialSize
        let component: VialLine.Component?
    }

    /// In the order in which they were made.
    private(set) var lots: [LotPlan] = []
    private var shelves: [Shelf: [Int]] = [:]

    /// - Parameter reserved: texts that no lot may have or be taken for.
    init(
        for regimens: [Regimen], days: CohortDays, reserved: [String],
        using random: inout SplitMix64
    ) {
        var texts = Set(reserved)
        let keys = reserved.compactMap { LotKey($0) }
        func isFree(_ text: String) -> Bool {
            guard let key = LotKey(text) else { return false }
            return !texts.contains(text) && keys.allSatisfy { LotNearness($0, key) == nil }
        }
        for (product, shelves) in Self.shelves(of: regimens) {
            let live = max(random.between(CohortTable.liveLots) / shelves.count, 2)
            for shelf in shelves {
                for _ in 0..<live {
                    var day = days.firstDay - random.between(CohortTable.lotLifeDays)
                    while day <= days.lastDay {
                        let end = day + random.between(CohortTable.lotLifeDays)
                        var text = LotText.random(of: product, using: &random)
                        if random.happens(CohortTable.sisterLots),
                            let last = lots.last, last.product == product
                        {
                            text = LotText.sister(of: last.text)
                        }
                        while !isFree(text) { text = LotText.random(of: product, using: &random) }
                        texts.insert(text)
                        add(
                            LotPlan(
                                product: product, size: shelf.size, component: shelf.component,
                                text: text, fromDay: day, untilDay: end,
                                expiry: CivilDate(daysSinceEpoch: day)
                                    .adding(days: random.between(CohortTable.expiryDays))
                                    .endOfMonth), on: shelf)
                        day = end
                    }
                }
            }
        }
    }

    private mutating func add(_ lot: LotPlan, on shelf: Shelf) {
        shelves[shelf, default: []].append(lots.count)
        lots.append(lot)
    }

    /// A lot of which boxes are delivered on this day.
    func lot(on shelf: Shelf, day: Int, using random: inout SplitMix64) -> LotPlan? {
        let live = (shelves[shelf] ?? []).map { lots[$0] }
            .filter { ($0.fromDay..<$0.untilDay).contains(day) }
        return live.isEmpty ? nil : random.pick(live)
    }

    /// The shelves that these regimens need, product by product, in the catalogue's order.
    private static func shelves(of regimens: [Regimen]) -> [(ProductKey, [Shelf])] {
        Catalogue.seed.products.compactMap { product in
            let taken = regimens.filter { $0.product == product.key }
            guard let first = taken.first else { return nil }
            if first.route == .fsc {
                return (
                    product.key,
                    product.sizes.flatMap { size in
                        [
                            Shelf(product: product.key, size: size, component: .ig),
                            Shelf(product: product.key, size: size, component: .hy),
                        ]
                    }
                )
            }
            let used = Set(taken.map(\.vialMilligrams))
            return (
                product.key,
                product.sizes.filter { used.contains($0.milligrams) }
                    .map { Shelf(product: product.key, size: $0, component: nil) }
            )
        }
    }
}
