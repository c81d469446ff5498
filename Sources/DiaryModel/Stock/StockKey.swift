/// What is kept apart on a shelf: the vials of one product, size and lot.
public struct StockKey: Hashable, Sendable {
    public let product: ProductKey
    /// Milligrams in one vial, as its label says.
    public let vialMilligrams: Int64
    /// The half of a dual-vial unit; nil for all others.
    public let component: VialLine.Component?
    /// Nil for vials of which nobody knows the lot.
    public let lot: LotKey?

    public init(
        product: ProductKey, vialMilligrams: Int64, component: VialLine.Component? = nil,
        lot: LotKey?
    ) {
        self.product = product
        self.vialMilligrams = vialMilligrams
        self.component = component
        self.lot = lot
    }

    /// What a line says of where its vials belong; nil where it names no product or no size.
    init?(_ line: VialLine) {
        guard let product = line.product.value, let size = line.vialMilligrams?.value else {
            return nil
        }
        self.init(
            product: product, vialMilligrams: size, component: line.component?.value,
            lot: line.lotKey)
    }
}

extension StockKey: Comparable {
    /// By product, size, half and lot; vials without a lot come last.
    public static func < (left: Self, right: Self) -> Bool {
        if left.product != right.product { return left.product < right.product }
        if left.vialMilligrams != right.vialMilligrams {
            return left.vialMilligrams < right.vialMilligrams
        }
        if left.component != right.component {
            return (left.component?.rawValue ?? "") < (right.component?.rawValue ?? "")
        }
        guard let lot = left.lot, let other = right.lot else {
            return left.lot != nil && right.lot == nil
        }
        return lot < other
    }
}
