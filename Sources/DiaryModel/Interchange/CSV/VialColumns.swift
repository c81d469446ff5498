import SyncCore

/// The columns of one lot line; each member is read alone, so an odd one hides no other.
struct VialColumns {
    private let register: Register?

    init(_ field: String, of entry: ExportedEntry) { self.init(entry.fields[field]) }

    init(_ register: Register?) { self.register = register }

    /// - Parameter countsGrams: whether the vials were given to somebody.
    func set(_ row: inout CSVTable.Row, countsGrams: Bool) {
        row[.productKey] = member("product", ProductKey.self) { $0.text }
        row[.productText] = text("productText")
        row[.component] = member("component", VialLine.Component.self, \.code)
        row[.vialGrams] = decimal("vialMilligrams")
        row[.vialMillilitres] = decimal("vialMicrolitres")
        row[.vialCount] = member("count", Int64.self) { String($0) }
        row[.discardedGrams] = decimal("discardedMilligrams")
        row[.lotPrinted] = text("lot")
        row[.lotKey] = each { json in
            json["lot"]?.stringValue.flatMap { LotKey($0) }?.description ?? ""
        }
        row[.lotMissingReason] = member("lotMissing", VialLine.LotMissing.self, \.code)
        row[.expiryPrinted] = expiry { $0.printed?.text ?? "" }
        row[.expiryDate] = expiry(\.partialDate)
        row[.gtin] = text("gtin")
        row[.serials] = each { json in
            guard let serials = json["serials"], !serials.isNull else { return "" }
            return [PrintedText](json: serials).map { ColumnText.list($0.map(\.text)) }
        }
        row[.entryMethod] = ColumnText.of(register) { json, candidate in
            let own = ColumnText.member(json, "entryMethod", EntryMethod.self, \.code)
            return own?.isEmpty == true ? candidate.about["entryMethod"]?.stringValue ?? "" : own
        }
        guard countsGrams else { return }
        row[.lineGrams] = each { json in
            VialLine(json: json)?.doseMilligrams.map { "\(ExactDecimal($0, decimals: 3))" } ?? ""
        }
    }

    private func each(_ read: (JSONValue) -> String?) -> String {
        ColumnText.of(register) { json, _ in json.objectValue == nil ? nil : read(json) }
    }

    private func member<Value: DiaryValue>(
        _ key: String, _ type: Value.Type, _ text: (Value) -> String?
    ) -> String {
        each { ColumnText.member($0, key, type, text) }
    }

    /// Printed text is never a word of answer.
    private func text(_ key: String) -> String {
        each { json in
            guard let member = json[key], !member.isNull else { return "" }
            return member.stringValue
        }
    }

    private func decimal(_ key: String) -> String {
        member(key, Int64.self) { "\(ExactDecimal($0, decimals: 3))" }
    }

    private func expiry(_ text: (Expiry) -> String?) -> String {
        member("expiry", Expiry.self, text)
    }
}

extension Expiry {
    /// `2028-12-31`, or `2028-12` where only the month is printed.
    var partialDate: String? {
        let day = date.description
        return precision == .day ? day : String(decoding: day.utf8.dropLast(3), as: UTF8.self)
    }
}
