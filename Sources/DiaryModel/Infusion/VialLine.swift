public import SyncCore

/// The vials of one lot that were used: the value of a field `vials.<line>`.
///
/// Members that a newer version adds stay in `others` and are written back.
public struct VialLine: DiaryValue {
    public var product: Said<ProductKey>
    /// The version of the catalogue row that was used.
    public var productRow: PrintedText?
    public var productText: PrintedText?
    /// Milligrams of immunoglobulin in one vial, as its label says.
    public var vialMilligrams: Said<Int64>?
    public var vialMicrolitres: Said<Int64>?
    /// Vials of the same lot.
    public var count: Said<Int64>?
    /// The lot exactly as printed.
    public var lot: PrintedText?
    public var lotMissing: LotMissing?
    public var expiry: Said<Expiry>?
    /// As scanned or typed, its check digit perhaps wrong.
    public var gtin: PrintedText?
    public var serials: [PrintedText]?
    public var component: Said<Component>?
    /// Milligrams thrown away of the whole line.
    public var discardedMilligrams: Said<Int64>?
    /// What the barcode said, raw.
    public var scan: PrintedText?
    public var entryMethod: EntryMethod?
    public var others = JSONObject()

    public init(product: ProductKey) { self.product = .value(product) }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let product: Said<ProductKey>? = reader.member("product")
        productRow = reader.member("productRow")
        productText = reader.member("productText")
        vialMilligrams = reader.member("vialMilligrams")
        vialMicrolitres = reader.member("vialMicrolitres")
        count = reader.member("count")
        lot = reader.member("lot")
        lotMissing = reader.member("lotMissing")
        expiry = reader.member("expiry")
        gtin = reader.member("gtin")
        serials = reader.member("serials")
        component = reader.member("component")
        discardedMilligrams = reader.member("discardedMilligrams")
        scan = reader.member("scan")
        entryMethod = reader.member("entryMethod")
        others = reader.others
        guard reader.isUnderstood, let product else { return nil }
        self.product = product
    }

    public var json: JSONValue {
        var object = others
        object.set("product", product)
        object.set("productRow", productRow)
        object.set("productText", productText)
        object.set("vialMilligrams", vialMilligrams)
        object.set("vialMicrolitres", vialMicrolitres)
        object.set("count", count)
        object.set("lot", lot)
        object.set("lotMissing", lotMissing)
        object.set("expiry", expiry)
        object.set("gtin", gtin)
        object.set("serials", serials)
        object.set("component", component)
        object.set("discardedMilligrams", discardedMilligrams)
        object.set("scan", scan)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }

    /// The half of a dual-vial unit.
    public enum Component: String, DiaryValue, CaseIterable {
        /// Immunoglobulin.
        case ig
        /// Hyaluronidase, which adds no grams.
        case hy
    }

    /// Why no lot stands there.
    public enum LotMissing: String, DiaryValue, CaseIterable {
        case boxThrownAway = "box_thrown_away"
        case unreadable
        case notNoted = "not_noted"
        case givenElsewhere = "given_elsewhere"
        case other
        case unknown
    }
}

/// How a value came into the diary.
public enum EntryMethod: String, DiaryValue, CaseIterable {
    case typed
    case scanned
    case sameAsLast = "same_as_last"
    case fromStock = "from_stock"
    case fromPaper = "from_paper"
    case imported
}
