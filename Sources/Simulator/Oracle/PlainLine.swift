import SyncCore

/// A vial line, read from the list of members in domain 2.2 and 2.10; nil if one has another form.
struct PlainLine {
    let object: JSONObject

    init?(_ json: JSONValue) {
        guard let object = json.objectValue, object["product"] != nil else { return nil }
        for member in object.members {
            guard let isRight = Self.forms[member.key] else { continue }
            guard isRight(member.value) else { return nil }
        }
        self.object = object
    }

    /// Count times vial, less what was thrown away; nil where one of them is not known or makes no sense.
    var milligrams: Int64? {
        let discarded: Int64
        switch object["discardedMilligrams"] {
        case .integer(let number): discarded = number
        default: discarded = 0
        }
        let content: Int128
        if object["component"] == "hy" {
            content = 0
        } else {
            guard let count = object["count"]?.integerValue, count >= 0,
                let vial = object["vialMilligrams"]?.integerValue, vial >= 0
            else { return nil }
            content = Int128(count) * Int128(vial)
        }
        guard discarded >= 0, content <= Int128(Int64.max), content >= Int128(discarded) else {
            return nil
        }
        return Int64(content - Int128(discarded))
    }

    private typealias Form = @Sendable (JSONValue) -> Bool

    /// The form of each member that is known; others are of a newer version and do no harm.
    private static let forms: [String: Form] = [
        "product": { $0.stringValue?.isEmpty == false }, "productRow": isText,
        "productText": isText, "vialMilligrams": isNumber, "vialMicrolitres": isNumber,
        "count": isNumber, "lot": isText,
        "lotMissing": isOne(
            of: "box_thrown_away", "unreadable", "not_noted", "given_elsewhere", "other", "unknown"),
        "expiry": { isWord($0) || isExpiry($0) }, "gtin": isText,
        "serials": { $0.arrayValue?.allSatisfy(isText) ?? false },
        "component": isOne(of: "ig", "hy", "unknown", "declined"),
        "discardedMilligrams": isNumber, "scan": isText,
        "entryMethod": isOne(
            of: "typed", "scanned", "same_as_last", "from_stock", "from_paper", "imported"),
    ]

    private static let isText: Form = { $0.stringValue != nil }
    private static let isWord: Form = { $0 == "unknown" || $0 == "declined" }
    private static let isNumber: Form = { isWord($0) || $0.integerValue != nil }

    private static func isOne(of codes: JSONValue...) -> Form { { codes.contains($0) } }

    private static let isExpiry: Form = { json in
        guard let object = json.objectValue, let date = object["date"]?.stringValue,
            let precision = object["precision"], precision == "day" || precision == "month",
            object.keys.allSatisfy({ ["date", "precision", "printed"].contains($0) }),
            object["printed"].map(isText) ?? true
        else { return false }
        return isDay(Array(date.utf8))
    }

    /// `YYYY-MM-DD` of the calendar.
    private static func isDay(_ text: [UInt8]) -> Bool {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else {
            return false
        }
        func number(_ places: Range<Int>) -> Int? {
            var number = 0
            for byte in text[places] {
                guard (48...57).contains(byte) else { return nil }
                number = number * 10 + Int(byte) - 48
            }
            return number
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 400) || (year.isMultiple(of: 4) && year % 100 != 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}
