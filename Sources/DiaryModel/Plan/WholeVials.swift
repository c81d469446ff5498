/// Whether a dose can be given in whole vials of a product, and of which size that is said.
struct WholeVials {
    /// The sizes in milligrams, ascending.
    let sizes: [Int64]

    /// Nil where no size is known.
    init?(of product: Product) {
        let sizes = Set(product.sizes.map(\.milligrams).filter { $0 > 0 }).sorted()
        guard !sizes.isEmpty else { return nil }
        self.sizes = sizes
    }

    /// The most milligrams that are tried: a plan's largest dose.
    private static let limit: Int64 = 400_000

    /// Whether some number of vials of these sizes holds exactly this dose.
    func hold(_ milligrams: Int64) -> Bool {
        guard (1...Self.limit).contains(milligrams) else { return milligrams == 0 }
        let unit = sizes.reduce(Int64(0), Self.commonDivisor)
        guard unit > 0, milligrams % unit == 0 else { return false }
        let wanted = Int(milligrams / unit)
        let steps = sizes.compactMap { $0 / unit <= Int64(wanted) ? Int($0 / unit) : nil }
        var reached = [Bool](repeating: false, count: wanted + 1)
        reached[0] = true
        for amount in 0..<wanted where reached[amount] {
            for step in steps where amount + step <= wanted { reached[amount + step] = true }
        }
        return reached[wanted]
    }

    /// The largest size of which a dose is whole vials; nil where it is of none.
    func largestSize(dividing milligrams: Int64) -> Int64? {
        sizes.last { milligrams > 0 && milligrams % $0 == 0 }
    }

    private static func commonDivisor(_ one: Int64, _ other: Int64) -> Int64 {
        var (larger, smaller) = (one, other)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
