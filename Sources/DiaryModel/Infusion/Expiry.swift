public import SyncCore

/// The expiry of a lot: as printed, and the last day it may be used.
public struct Expiry: DiaryValue {
    /// As it stands on the pack.
    public var printed: PrintedText?
    /// The day; at month precision the month's last.
    public var date: CivilDate
    public var precision: Precision

    public enum Precision: String, DiaryValue, CaseIterable { case day, month }

    /// An expiry as a person types it or a barcode has it: `2028-12`, `2028-12-31`, `281231`.
    ///
    /// In the barcode form day 00 is the month's last, and the century is the one in which the year lies
    /// between 49 years before and 50 after `year` (GS1).
    public init?(typed: String, year: Int = 2026) {
        let bytes = Array(typed.utf8)
        if let wall = WallTime(typed), !wall.precision.hasInstant {
            precision = wall.precision == .month ? .month : .day
            date = wall.precision == .month ? wall.date.endOfMonth : wall.date
        } else if bytes.count == 6, let two = DecimalDigits(bytes[0..<2]),
            let month = DecimalDigits(bytes[2..<4]), let day = DecimalDigits(bytes[4..<6])
        {
            let full = Self.fullYear(Int(two.number), near: year)
            let first = CivilDate(year: full, month: Int(month.number), day: 1)
            let whole = CivilDate(year: full, month: Int(month.number), day: Int(day.number))
            guard let found = day.number == 0 ? first?.endOfMonth : whole else { return nil }
            date = found
            precision = day.number == 0 ? .month : .day
        } else {
            return nil
        }
        printed = PrintedText(typed)
    }

    private static func fullYear(_ two: Int, near year: Int) -> Int {
        let year = min(max(year, 100), 9900)
        let guess = year - year % 100 + two
        if guess - year > 50 { return guess - 100 }
        return guess - year < -49 ? guess + 100 : guess
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        printed = reader.member("printed")
        let text: PrintedText? = reader.member("date")
        let precision: Precision? = reader.member("precision")
        guard reader.isWhole, let precision, let text, let date = CivilDate(text.text) else {
            return nil
        }
        self.date = date
        self.precision = precision
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("printed", printed)
        object.set("date", PrintedText(date.description))
        object.set("precision", precision)
        return .object(object)
    }

    /// Whether two say the same, as far as the less exact of them goes.
    public func agrees(with other: Expiry) -> Bool {
        if precision == .day, other.precision == .day { return date == other.date }
        return date.year == other.date.year && date.month == other.date.month
    }
}
