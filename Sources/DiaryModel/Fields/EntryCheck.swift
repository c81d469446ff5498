import SyncCore

/// A check of an entry as a whole, which collects what it finds.
protocol EntryCheck {
    var fields: JSONObject { get }
    var context: ValidationContext { get }
    var catalogue: Catalogue { get }
    var findings: [Finding] { get set }
}

extension EntryCheck {
    mutating func warn(
        _ code: WarningCode, _ field: String, _ seen: JSONValue? = nil, also others: [String] = []
    ) {
        findings.append(.warning(code, field, seen ?? fields[field] ?? .null, also: others))
    }

    mutating func reject(
        _ code: Rejection.Code, _ field: String, _ sentence: String, seen: JSONValue? = nil,
        also others: [String] = [], stored: WarningCode? = .notUnderstood
    ) {
        findings.append(
            .rejection(
                code, field, sentence, seen: seen ?? fields[field] ?? .null, also: others,
                stored: stored))
    }
}

/// What holds of a vial line wherever it stands, in an infusion or in stock.
extension EntryCheck {
    mutating func checkProduct(_ field: String, _ line: VialLine) {
        guard let key = line.product.value else { return }
        if key == .other {
            if line.productText?.text.isEmpty ?? true {
                reject(
                    .missing, "\(field)/productText",
                    "Write the product's name as it stands on the pack.",
                    seen: fields[field],
                    also: [field], stored: nil)
            }
            warn(.productFreeText, field, line.productText?.json)
        } else if let product = catalogue.product(key) {
            if product.isRetired { warn(.productRetired, field, key.json) }
            if line.component?.value != .hy, let size = line.vialMilligrams?.value {
                let listed = product.size(milligrams: size)
                let volume = line.vialMicrolitres?.value
                if listed == nil
                    || (volume != nil && listed?.microlitres.map({ $0 != volume }) ?? false)
                {
                    warn(.sizeNotInCatalogue, field, .integer(size))
                }
            }
        } else {
            reject(
                .notInList, "\(field)/product",
                "This product is not in the catalogue; choose other and write its name.",
                seen: key.json, also: [field])
        }
    }

    mutating func checkGTIN(_ field: String, _ line: VialLine, of product: ProductKey) {
        if let gtin = line.gtin.flatMap({ GTIN($0.text) }),
            let other = catalogue.product(of: gtin), other.key != product
        {
            warn(.gtinOtherProduct, field, .string(gtin.description))
        }
    }

    mutating func checkLot(_ field: String, _ line: VialLine) {
        guard let lot = line.lot else {
            if line.lotMissing == nil {
                reject(
                    .missing, "\(field)/lot",
                    "Copy the lot as printed; if you cannot, say why it is missing.",
                    seen: fields[field], also: [field], stored: nil)
            }
            return
        }
        if LotKey.normalisedByteCount(lot) > 20 { warn(.lotLong, field, lot.json) }
        guard let key = line.lotKey, let product = line.product.value else { return }
        if context.recalled.contains(where: { $0.product == product && $0.lot == key }) {
            warn(.lotUnderRecall, field, lot.json)
        }
    }

    /// Whether a lot is nearly one of those held, of its product's family.
    mutating func checkNearLot(
        _ field: String, _ lot: PrintedText, _ key: LotKey, of product: ProductKey,
        among home: [ValidationContext.HomeLot]
    ) {
        let isNear = home.contains { held in
            (product == .other || catalogue.areFamily(held.product, product))
                && LotNearness(key, held.lot) != nil
        }
        if isNear { warn(.lotNearOther, field, lot.json) }
    }
}
