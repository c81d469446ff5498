/// How exactly a moment is known.
public enum MomentPrecision: String, DiaryValue, CaseIterable {
    case minute, hour, day, month

    /// Whether a moment of this precision has an instant.
    public var hasInstant: Bool { self == .minute || self == .hour }
}

/// Local date and time as a person says it, to the precision they said it with.
public struct WallTime: Hashable, Sendable, CustomStringConvertible {
    /// The day; at month precision its first.
    public let date: CivilDate
    /// Minutes since midnight on the clock's face; 0 at day and month precision.
    public let minuteOfDay: Int
    public let precision: MomentPrecision

    /// A date and a time of day to the minute; nil unless 0 <= minuteOfDay < 1440.
    public init?(date: CivilDate, minuteOfDay: Int, precision: MomentPrecision = .minute) {
        guard (0..<1440).contains(minuteOfDay) else { return nil }
        self.date = date
        self.minuteOfDay = precision.hasInstant ? minuteOfDay : 0
        self.precision = precision
    }

    /// The wall time so many minutes after 1970-01-01T00:00 on the clock's face.
    init(localMinutes: Int64) {
        let days = localMinutes.floorDivided(by: 1440)
        date = CivilDate(daysSinceEpoch: Int(clamping: days))
        minuteOfDay = Int(clamping: localMinutes - days * 1440)
        precision = .minute
    }

    /// Minutes after 1970-01-01T00:00 on the clock's face.
    var localMinutes: Int64 { Int64(date.daysSinceEpoch) * 1440 + Int64(minuteOfDay) }

    /// The wall time of exactly `YYYY-MM-DDTHH:MM`, `YYYY-MM-DDTHH`, `YYYY-MM-DD` or `YYYY-MM`, checked
    /// against the calendar and the years allowed.
    public init?(_ text: String, years: ClosedRange<Int> = 1900...2200) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            DecimalDigits(bytes[range]).map { Int($0.number) }
        }
        func separator(_ index: Int, _ character: Unicode.Scalar) -> Bool {
            bytes[index] == UInt8(ascii: character)
        }
        guard [7, 10, 13, 16].contains(bytes.count), separator(4, "-"),
            let year = number(0..<4), years.contains(year), let month = number(5..<7)
        else { return nil }
        var day = 1
        var minute = 0
        if bytes.count >= 10 {
            guard separator(7, "-"), let value = number(8..<10) else { return nil }
            day = value
        }
        if bytes.count >= 13 {
            guard separator(10, "T"), let hour = number(11..<13), hour < 24 else { return nil }
            minute = hour * 60
        }
        if bytes.count == 16 {
            guard separator(13, ":"), let value = number(14..<16), value < 60 else { return nil }
            minute += value
        }
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        self.date = date
        minuteOfDay = minute
        precision =
            switch bytes.count {
            case 7: .month
            case 10: .day
            case 13: .hour
            default: .minute
            }
    }

    /// `09:05`.
    public var clockFace: String {
        "\((minuteOfDay / 60).padded(to: 2)):\((minuteOfDay % 60).padded(to: 2))"
    }

    /// The text as it stands on the wire.
    public var description: String {
        switch precision {
        case .minute: "\(date)T\(clockFace)"
        case .hour: "\(date)T\((minuteOfDay / 60).padded(to: 2))"
        case .day: "\(date)"
        case .month: "\(date.year.padded(to: 4))-\(date.month.padded(to: 2))"
        }
    }
}

extension Int64 {
    /// The quotient rounded down; the divisor is a positive constant.
    func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
