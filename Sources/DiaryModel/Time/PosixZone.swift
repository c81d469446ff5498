/// The rule at the end of a zone file: `GMT0BST,M3.5.0/1,M10.5.0` (POSIX TZ, with RFC 8536's wider hours).
struct PosixZone: Sendable {
    /// Seconds ahead of UTC.
    private let standard: Int64
    private let summer: Summer?

    private struct Summer {
        let offset: Int64
        let start: PosixDay
        let end: PosixDay
    }

    init?(_ text: [UInt8]) {
        guard text.count <= 128 else { return nil }
        var scanner = PosixScanner(text)
        guard scanner.name(), let west = scanner.duration() else { return nil }
        standard = -west
        if scanner.isAtEnd {
            summer = nil
            return
        }
        guard scanner.name() else { return nil }
        var offset = standard + 3600
        if !scanner.isNext(",") {
            guard let west = scanner.duration() else { return nil }
            offset = -west
        }
        guard scanner.accept(","), let start = PosixDay(&scanner), scanner.accept(","),
            let end = PosixDay(&scanner), scanner.isAtEnd
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    func offsetMinutes(atSecond second: Int64) -> Int {
        guard let summer else { return Self.minutes(standard) }
        let year = Self.year(ofSecond: second.addingSaturating(standard))
        let start = summer.start.localSecond(year: year) - standard
        let end = summer.end.localSecond(year: year) - summer.offset
        let isSummer =
            start < end ? second >= start && second < end : second >= start || second < end
        return Self.minutes(isSummer ? summer.offset : standard)
    }

    /// The seconds since 1970 at which the offset changes, in order; a span of centuries is cut off.
    func changes(fromSecond: Int64, throughSecond: Int64) -> [Int64] {
        guard let summer, fromSecond <= throughSecond else { return [] }
        let first = Self.year(ofSecond: fromSecond) - 1
        let last = min(Self.year(ofSecond: throughSecond) + 1, first + 600)
        var changes: [Int64] = []
        for year in first...max(first, last) {
            changes.append(summer.start.localSecond(year: year) - standard)
            changes.append(summer.end.localSecond(year: year) - summer.offset)
        }
        return changes.filter { $0 >= fromSecond && $0 <= throughSecond }.sorted()
    }

    private static func minutes(_ seconds: Int64) -> Int {
        Int((seconds + 30).floorDivided(by: 60))
    }

    private static func year(ofSecond second: Int64) -> Int {
        CivilDate(daysSinceEpoch: Int(clamping: second.floorDivided(by: 86_400))).year
    }
}

/// A day of every year and the seconds after its midnight on the clock's face.
struct PosixDay: Sendable {
    private enum Rule {
        case monthWeekday(month: Int, week: Int, weekday: Int)
        case julianWithoutLeapDay(Int)
        case dayOfYear(Int)
    }
    private let rule: Rule
    private let second: Int64

    init?(_ scanner: inout PosixScanner) {
        if scanner.accept("M") {
            guard let month = scanner.number(1...12), scanner.accept("."),
                let week = scanner.number(1...5), scanner.accept("."),
                let weekday = scanner.number(0...6)
            else { return nil }
            rule = .monthWeekday(month: month, week: week, weekday: weekday)
        } else if scanner.accept("J") {
            guard let day = scanner.number(1...365) else { return nil }
            rule = .julianWithoutLeapDay(day)
        } else {
            guard let day = scanner.number(0...365) else { return nil }
            rule = .dayOfYear(day)
        }
        if scanner.accept("/") {
            guard let duration = scanner.duration() else { return nil }
            second = duration
        } else {
            second = 7200
        }
    }

    /// Seconds from 1970-01-01T00:00 to that moment of the year, both on the clock's face.
    func localSecond(year: Int) -> Int64 {
        let year = min(max(year, 0), 9999)
        let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
        let days: Int
        switch rule {
        case .dayOfYear(let index): days = newYear + index
        case .julianWithoutLeapDay(let index):
            let isLeap = CivilDate.dayCount(year: year, month: 2) == 29
            days = newYear + index - 1 + (isLeap && index >= 60 ? 1 : 0)
        case .monthWeekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? newYear
            let ahead = (weekday - Weekday(daysSinceEpoch: first).rawValue + 7) % 7
            var index = ahead + (week - 1) * 7
            while index >= CivilDate.dayCount(year: year, month: month) { index -= 7 }
            days = first + index
        }
        return Int64(days) * 86_400 + second
    }
}
