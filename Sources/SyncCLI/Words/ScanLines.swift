import DiaryDesk
import DiaryModel
import SyncCore

/// What the code on a pack says, in words; what it does not say without a doubt is asked.
struct ScanLines {
    let scan: Scan
    let catalogue: Catalogue

    private var product: Product? {
        scan.product(in: catalogue).flatMap { catalogue.product($0) }
    }

    var lines: [String] {
        [sentence] + details + scan.findings.map(\.sentence)
            + [scan.suggestionWords].compactMap(\.self) + (scan.lot.map { [next($0)] } ?? [])
    }

    /// `Hizentra, lot P100423917, expires Sunday 31 December 2028.`
    private var sentence: String {
        let parts = [
            product?.name, scan.lot.map { "\(product == nil ? "Lot" : "lot") \($0)" },
            expiryWords.map { "expires \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "Nothing was filled in." : parts.joined(separator: ", ") + "."
    }

    private var expiryWords: String? {
        guard let expiry = scan.expiry else { return nil }
        guard expiry.precision == .month else { return expiry.date.longWords }
        return "at the end of \(expiry.date.monthWords)"
    }

    private var details: [String] {
        var lines: [String] = []
        if let lot = scan.lot { lines.append("  Read it back:  \(LotWords(lot).spaced)") }
        if let gtin = scan.gtin {
            let size = product?.size(of: gtin).map {
                ", vials of \(Grams(milligrams: $0.milligrams))"
            }
            lines.append(
                "  product number  \(gtin)"
                    + (product == nil
                        ? ": which product? It is not known here." : "\(size ?? "")"))
        }
        if let number = scan.productNumber { lines.append("  pharmacy number  \(number)") }
        if let serial = scan.serial { lines.append("  serial number  \(serial)") }
        if let made = scan.production { lines.append("  made  \(made.date.longWords)") }
        if let count = scan.suggestedCount {
            lines.append("  The code says \(count) vials. Please count them.")
        }
        return lines
    }

    private func next(_ lot: PrintedText) -> String {
        let product = product == nil ? " --product PRODUCT" : ""
        return "diary stock receipt\(product) --vials 8x4g --scan CODE  writes the box down."
    }

    /// What is known of the lot on this device; nil where nothing is.
    func known(at home: DeviceHome) throws -> Reply? {
        guard let key = scan.lot.flatMap({ LotKey($0) }) else { return nil }
        let desk = try home.desk().desk
        let stock = try desk.read("scan") {
            try $0.stockAtHome(on: desk.today, catalogue: catalogue)
        }
        var reply = Reply()
        let lots = stock.book.lots.filter { lot in
            lot.key.lot == key && (product == nil || product?.key == lot.key.product)
        }
        let vials = lots.filter(\.isOfHome).map(\.balance).reduce(.zero) { $0 + $1 }
        if vials.high > 0 { reply.say("At home: \(vials.words) of it.") }
        if stock.names(recalled: key, of: product?.key) {
            reply.say("This lot is under recall. Please telephone the clinic.   diary notices")
            reply.note(.waits)
            reply.json["recalled"] = true
        }
        reply.json["atHome"] = vials.json
        return reply
    }

    var json: JSONObject {
        var object: JSONObject = [
            "elements": .array(
                scan.elements.map { ["id": $0.identifier.json, "value": $0.value.json] }),
            "findings": .array(scan.findings.map { .string($0.rawValue) }),
            "grammar": .string(scan.grammar.rawValue),
        ]
        if let gtin = scan.gtin { object["gtin"] = .string(gtin.description) }
        if let product { object["product"] = product.key.json }
        if let lot = scan.lot { object["lot"] = lot.json }
        if let lot = scan.suggestedLot { object["suggestedLot"] = lot.json }
        if let expiry = scan.expiry { object["expiry"] = expiry.json }
        if let serial = scan.serial { object["serial"] = serial.json }
        if let number = scan.productNumber { object["productNumber"] = number.json }
        if let count = scan.suggestedCount { object["suggestedCount"] = .integer(count) }
        if let printed = scan.printed { object["scan"] = printed.json }
        return object
    }
}
