/// A lot that somebody asks about: (product key, lot key) is its identity; expiry and size are evidence.
public struct LotQuery: Sendable {
    public let product: ProductKey
    public let key: LotKey
    private let catalogue: Catalogue

    /// Nil if nothing comparable is left of the lot.
    public init?(product: ProductKey, lot: PrintedText, catalogue: Catalogue = .seed) {
        guard let key = LotKey(lot) else { return nil }
        self.product = product
        self.key = key
        self.catalogue = catalogue
    }

    /// How a recorded lot answers.
    public enum Match: Hashable, Sendable {
        /// The same product and key.
        case exact
        /// The same key under another product or under free text.
        case productDiffers
        case near(LotNearness)
        /// A near one that a barcode proves to be another lot.
        case knownOtherLot(LotNearness)
        case none
    }

    /// Compares a recorded vial line.
    ///
    /// - Parameters:
    ///   - scanned: the line's lot came from a barcode.
    ///   - keyScannedForPatient: the same patient received that exact key by barcode.
    public func match(
        product recorded: ProductKey, lot: PrintedText, scanned: Bool,
        keyScannedForPatient: Bool = false
    ) -> Match {
        guard let other = LotKey(lot) else { return .none }
        if other == key { return recorded == product ? .exact : .productDiffers }
        guard recorded == .other || catalogue.areFamily(recorded, product),
            let nearness = LotNearness(other, key)
        else { return .none }
        return scanned || keyScannedForPatient ? .knownOtherLot(nearness) : .near(nearness)
    }
}
