public import SyncCore

/// A lot that a notice names: a product with all its sizes, the lot as printed, perhaps its expiry.
public struct RecalledLot: DiaryValue {
    public let product: ProductKey
    public let lot: PrintedText
    /// Evidence only: the same key with another expiry is a match with a note.
    public let expiry: Expiry?
    public let key: LotKey

    /// Nil if nothing comparable is left of the lot.
    public init?(product: ProductKey, lot: PrintedText, expiry: Expiry? = nil) {
        guard let key = LotKey(lot) else { return nil }
        self.product = product
        self.lot = lot
        self.expiry = expiry
        self.key = key
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let product: ProductKey? = reader.member("product")
        let lot: PrintedText? = reader.member("lot")
        let expiry: Expiry? = reader.member("expiry")
        guard reader.isWhole, let product, let lot else { return nil }
        self.init(product: product, lot: lot, expiry: expiry)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("product", product)
        object.set("lot", lot)
        object.set("expiry", expiry)
        return .object(object)
    }

    /// Whether a line says this very lot of this very product.
    func isNamed(by line: VialStatement) -> Bool {
        line.product == product && line.lot.flatMap { LotKey($0) } == key
    }
}
