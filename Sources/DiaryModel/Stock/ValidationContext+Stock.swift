extension ValidationContext {
    /// Takes up what is known of the stock at home, and the expiries written for its lots.
    ///
    /// - Parameter book: of all entries but the one that is being written, whose own vials would count
    ///   against it. One in which nobody keeps stock leaves `home` nil, so that nothing is compared.
    public mutating func know(_ book: StockBook) {
        guard book.isKept else { return }
        home = book.lots.filter(\.isOfHome).compactMap { lot in
            lot.key.lot.map { key in
                HomeLot(
                    product: lot.key.product, lot: key, vialMilligrams: lot.key.vialMilligrams,
                    vials: lot.balance)
            }
        }
        expiries += book.lots.flatMap { lot in
            lot.expiries.compactMap { expiry in
                lot.key.lot.map { (product: lot.key.product, lot: $0, expiry: expiry) }
            }
        }
    }
}
