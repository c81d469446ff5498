extension Scan {
    /// The product that the code's number belongs to; nil asks "which product?".
    public func product(in catalogue: Catalogue) -> ProductKey? {
        gtin.flatMap { catalogue.product(of: $0)?.key }
    }

    /// That the code belongs to another product than the one chosen (C16); both are kept side by side.
    public func warning(chosen: ProductKey, in catalogue: Catalogue) -> WarningCode? {
        guard let scanned = product(in: catalogue), scanned != chosen else { return nil }
        return .gtinOtherProduct
    }
}

extension VialLine {
    /// The line of a scanned pack, as far as its code says it; the count, and all that it does not say, is asked.
    ///
    /// The line is marked as scanned only where its lot came from the code. A recall takes a scanned lot
    /// at its word, and one that was typed beside a scan is a typed one. Whoever corrects the lot by
    /// hand, or confirms a suggested one, marks the line as typed.
    ///
    /// - Parameter product: the one that a person chose, or that `Scan.product(in:)` found.
    public init(_ scan: Scan, of product: ProductKey, in catalogue: Catalogue) {
        self.init(product: product)
        self.scan = scan.printed
        gtin = scan.gtin.map { PrintedText($0.description) }
        lot = scan.lot
        expiry = scan.expiry.map { .value($0) }
        serials = scan.serial.map { [$0] }
        entryMethod = scan.lot == nil ? nil : .scanned
        if let gtin = scan.gtin, let size = catalogue.product(product)?.size(of: gtin) {
            vialMilligrams = .value(size.milligrams)
            vialMicrolitres = size.microlitres.map { .value($0) } ?? .unknown
        }
    }
}
