package import DiaryModel

/// One lot of one fill size: what is printed on its boxes, and when they are delivered.
package struct LotPlan: Sendable, Hashable {
    package let product: ProductKey
    let size: VialSize
    /// The half of a dual-vial unit; nil for all others.
    let component: VialLine.Component?
    /// As printed.
    package let text: String
    /// The days between which it is delivered.
    let fromDay: Int
    let untilDay: Int
    package let expiry: CivilDate

    /// What a pack's barcode calls the product and its size: a number for demonstrations (prefix 952).
    var gtin: String {
        let kind = LotPlan.productNumber(product) * 1000 + Int(size.milligrams / 250)
        let digits = "0952" + String(repeating: "0", count: max(0, 9 - String(kind).count))
        let body = digits + String(kind)
        return body + String(decoding: [GTIN.checkDigit(Array(body.utf8))], as: UTF8.self)
    }

    private static func productNumber(_ key: ProductKey) -> Int {
        (Catalogue.seed.products.firstIndex { $0.key == key } ?? 0) + 1
    }

    /// The expiry as a barcode has it: `281231`.
    var barcodeExpiry: String {
        [expiry.year % 100, expiry.month, expiry.day].map {
            $0 < 10 ? "0\($0)" : "\($0)"
        }.joined()
    }

    /// The expiry as people type it: `2028-12`.
    var typedExpiry: String { String(expiry.description.prefix(7)) }

    /// What a scanner reads, the lot last so that nothing has to separate it.
    var scan: String { "]d201\(gtin)17\(barcodeExpiry)10\(text)" }
}
