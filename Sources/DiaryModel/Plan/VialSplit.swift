/// A plan's dose in vials of one size: what its grams come to, exactly, and never a proposal.
public struct VialSplit: Hashable, Sendable {
    public let count: Int64
    public let vialMilligrams: Int64

    /// Nil where the dose is not whole vials of that size: nothing is rounded.
    public init?(doseMilligrams: Int64, vialMilligrams: Int64) {
        guard doseMilligrams > 0, vialMilligrams > 0 else { return nil }
        let (count, rest) = doseMilligrams.quotientAndRemainder(dividingBy: vialMilligrams)
        guard rest == 0 else { return nil }
        self.count = count
        self.vialMilligrams = vialMilligrams
    }

    /// The split with the fewest vials among those that there are.
    public init?(doseMilligrams: Int64, sizes: some Sequence<Int64>) {
        let found = sizes.compactMap {
            VialSplit(doseMilligrams: doseMilligrams, vialMilligrams: $0)
        }
        guard let fewest = found.min(by: { $0.count < $1.count }) else { return nil }
        self = fewest
    }

    /// "8 vials of 4 g".
    public var words: String {
        "\(count) \(count == 1 ? "vial" : "vials") of \(GramWords.exact(vialMilligrams)) g"
    }
}
