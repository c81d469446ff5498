/// What a server says of when to come back: seconds, or a date (RFC 9110, 10.2.3).
public enum RetryAfter: Sendable, Equatable {
    case seconds(Int)
    /// Milliseconds since 1970.
    case date(Int64)

    /// Reads the value of the header; nil for anything else than a number or an IMF-fixdate.
    public init?(_ value: String) {
        let bytes = Array(value.utf8)
        if let seconds = Self.number(bytes[...], digits: 1...9) {
            self = .seconds(seconds)
            return
        }
        guard let ms = Self.milliseconds(fixdate: bytes) else { return nil }
        self = .date(ms)
    }

    /// How long to wait from now; never less than nothing.
    public func delay(nowMs: Int64) -> Duration {
        switch self {
        case .seconds(let seconds): .seconds(seconds)
        case .date(let ms): .milliseconds(max(0, ms - nowMs))
        }
    }

    private static func number(_ text: ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.count) else { return nil }
        var number = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func milliseconds(fixdate text: [UInt8]) -> Int64? {
        guard text.count == 29, text[3...4].elementsEqual(", ".utf8),
            text[25...].elementsEqual(" GMT".utf8), text[19] == UInt8(ascii: ":"),
            text[22] == UInt8(ascii: ":"), text[7] == UInt8(ascii: " "),
            text[11] == UInt8(ascii: " "), text[16] == UInt8(ascii: " "),
            let day = number(text[5...6], digits: 2...2), (1...31).contains(day),
            let month = months.firstIndex(of: Array(text[8...10])),
            let year = number(text[12...15], digits: 4...4), year >= 1970,
            let hour = number(text[17...18], digits: 2...2), hour < 24,
            let minute = number(text[20...21], digits: 2...2), minute < 60,
            let second = number(text[23...24], digits: 2...2), second <= 60
        else { return nil }
        let days = daysSince1970(year: year, month: month + 1, day: day)
        return Int64(((days * 24 + hour) * 60 + minute) * 60 + second) * 1000
    }

    /// Days from civil, for years from 1970 on.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
