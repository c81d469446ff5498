internal import DiaryModel
internal import SeededRandom

/// What truly lies at home, box by box, whatever the diary knows of it.
struct BoxesAtHome {
    struct Box: Sendable, Hashable {
        let lot: LotPlan
        var left: Int64
    }

    /// In the order of delivery.
    private(set) var boxes: [Box] = []

    /// How many vials there are of a shelf.
    func vials(on shelf: LotPool.Shelf) -> Int64 {
        boxes.reduce(0) { $0 + ($1.lot.isOn(shelf) ? $1.left : 0) }
    }

    mutating func add(_ lot: LotPlan, _ count: Int64) {
        if let index = boxes.firstIndex(where: { $0.lot == lot }) {
            boxes[index].left += count
        } else {
            boxes.append(Box(lot: lot, left: count))
        }
    }

    /// Takes so many vials of a shelf, the oldest box first; fewer if there are no more.
    mutating func take(_ count: Int64, from shelf: LotPool.Shelf) -> [DrawnLine] {
        var missing = count
        var lines: [DrawnLine] = []
        for index in boxes.indices where boxes[index].lot.isOn(shelf) && missing > 0 {
            let taken = min(boxes[index].left, missing)
            guard taken > 0 else { continue }
            boxes[index].left -= taken
            missing -= taken
            lines.append(DrawnLine(lot: boxes[index].lot, count: taken))
        }
        boxes.removeAll { $0.left == 0 }
        return lines
    }
}

extension LotPlan {
    func isOn(_ shelf: LotPool.Shelf) -> Bool {
        product == shelf.product && size == shelf.size && component == shelf.component
    }
}

extension VialNeed {
    /// From where the vials come: a facilitated dose needs the enzyme with each of them.
    func shelves(of product: ProductKey, route: Route) -> [LotPool.Shelf] {
        let halves: [VialLine.Component?] = route == .fsc ? [.ig, .hy] : [nil]
        return halves.map { LotPool.Shelf(product: product, size: size, component: $0) }
    }
}
