/// Instants as ISO 8601 texts; nil beyond the years 1 to 9999, which no such text can say.
enum InstantText {
    /// `2026-03-29T09:05:00Z`; thousandths of a second only where there are some.
    static func utc(_ ms: Int64) -> String? { face(ms).map { $0 + "Z" } }

    /// `2026-03-29T10:05:00+01:00`, the offset in minutes; nil for an offset beyond 14 hours, too.
    static func local(_ ms: Int64, offsetMinutes: Int64) -> String? {
        guard (-840...840).contains(offsetMinutes) else { return nil }
        let (shifted, overflow) = ms.addingReportingOverflow(offsetMinutes * 60_000)
        return overflow ? nil : face(shifted).map { $0 + offset(offsetMinutes) }
    }

    /// `+01:00`, `-03:30`.
    static func offset(_ minutes: Int64) -> String {
        let (hours, rest) = (minutes.magnitude / 60, minutes.magnitude % 60)
        let sign = minutes < 0 ? "-" : "+"
        return sign + Int(clamping: hours).padded(to: 2) + ":" + Int(clamping: rest).padded(to: 2)
    }

    private static func face(_ ms: Int64) -> String? {
        let days = ms.floorDivided(by: dayMs)
        guard let day = Int(exactly: days), daysOfYears.contains(day) else { return nil }
        let ofDay = Int(clamping: ms - days * dayMs)
        let (seconds, thousandths) = (ofDay / 1000, ofDay % 1000)
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0.padded(to: 2) }
        let tail = thousandths == 0 ? "" : "." + thousandths.padded(to: 3)
        return "\(CivilDate(daysSinceEpoch: day))T" + time.joined(separator: ":") + tail
    }

    private static let dayMs: Int64 = 86_400_000
    /// 0001-01-01 to 9999-12-31.
    private static let daysOfYears = -719_162...2_932_896
}
