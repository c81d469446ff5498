import DiaryModel
import SyncCore

/// Dates and times are read as written or not at all, and a zone file, however hostile, answers every
/// question within its bounds.
enum TimeProperty {
    static func check(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        try checkTyped(text)
        var choices = Choices(bytes)
        try checkReceived(&choices)
        let instants = [choices.integer(), choices.integer()]
        if let zone = TZif(name: "Test/Raw", bytes: bytes) { try checkZone(zone, instants) }
        if let zone = TZif(name: "Test/Rule", bytes: ruleFile(bytes)) {
            try checkZone(zone, instants)
        }
        if let zone = TZif(name: "Test/Rule", bytes: ruleFile(choices.rule())) {
            try checkZone(zone, instants)
        }
    }

    private static func checkTyped(_ text: String) throws {
        if let date = CivilDate(text) {
            try hold(date.description.utf8.elementsEqual(text.utf8), "\(date) from \(text)")
            try hold(CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date, "\(date) moves")
            try hold(
                date.adding(days: 1).adding(days: -1) == date || date.description == "9999-12-31",
                "\(date), a day on and back")
        }
        for years in [1900...2200, 0...9999] {
            guard let wall = WallTime(text, years: years) else { continue }
            try hold(wall.description.utf8.elementsEqual(text.utf8), "\(wall) from \(text)")
        }
        guard let day = CivilDate(year: 2026, month: 3, day: 29) else { return }
        if let wall = WallTime(typed: text, on: day) {
            try hold(WallTime(wall.description) == wall, "\(wall) is not read as written")
        }
        _ = Expiry(typed: text, year: Int.max)
        _ = Expiry(typed: text, year: Int.min)
    }

    private static func checkReceived(_ choices: inout Choices) throws {
        let (ms, offset) = (choices.integer(), Int(choices.integer()))
        let stamp = Timestamp(milliseconds: ms, offset: offset)
        let again = Timestamp(milliseconds: stamp.milliseconds, offset: stamp.offset)
        try hold(again == stamp, "a timestamp is clamped twice")
        let written = try JSONValue(canonical: stamp.json.canonicalBytes)
        try hold(written == stamp.json, "a timestamp is read otherwise")
        let value = choices.time()
        guard let time = TimeValue(json: value) else { return }
        try hold(TimeValue(json: time.json) == time, "a time is not read as written")
        _ = time.length
        let lateness = Lateness(start: time.start, writtenMs: ms)
        _ = (lateness?.label, lateness?.warning)
        let skew = ClockSkew(deviceNowMs: ms, receiptMs: Int64(offset), roundTripMs: ms)
        _ = (skew.label, skew.consequence, skew.corrected(claimedMs: ms))
        _ = time.start.sortingMs()
    }

    private static func checkZone(_ zone: TZif, _ instants: [Int64]) throws {
        for ms in instants + [0, 1_774_775_645_000, .min, .max] {
            let offset = zone.offsetMinutes(atMs: ms)
            try hold(abs(offset) <= 200 * 60, "\(offset) minutes")
            let wall = zone.wall(atMs: ms)
            guard let resolved = zone.resolve(wall) else {
                throw Broken("\(wall) has no instant")
            }
            _ = (resolved.standard, resolved.warning)
        }
        let from = instants.min() ?? 0
        let through = instants.max() ?? 0
        let all = from % 8 == 7 ? [(from, through), (Int64.min, .max)] : [(from, through)]
        for range in all {
            let changes = zone.transitions(fromMs: range.0, throughMs: range.1)
            try hold(changes.count < 40_000, "\(changes.count) changes")
            var last = Int64.min
            for change in changes {
                try hold(
                    change.atMs >= range.0 && change.atMs <= range.1, "a change outside the range")
                try hold(change.atMs >= last, "changes out of order")
                try hold(change.offsetAfter != change.offsetBefore, "a change that changes nothing")
                last = change.atMs
            }
        }
    }

    /// A zone file that is all rule.
    private static func ruleFile(_ rule: [UInt8]) -> [UInt8] {
        func header(_ types: UInt8) -> [UInt8] {
            let counts: [UInt8] = [0, 0, 0, 0, types, types]
            return Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
                + counts.flatMap { [0, 0, 0, $0] }
        }
        return header(0) + header(1) + [0, 0, 0, 0, 0, 0, 0, 0x0A] + rule + [0x0A]
    }
}

extension Choices {
    /// A rule of summer and winter, bent in any of its numbers.
    fileprivate mutating func rule() -> [UInt8] {
        let winter = pick(["0", "5", "-3", "-12:45", "24:59:59", "-24:59:59", "11", "167"], "0")
        let summer = pick(["", "-2", "4", "-167", "167:59:59", "0"], "")
        let rule = "GMT\(winter)BST\(summer),\(day()),\(day())"
        return Array(rule.utf8)
    }

    private mutating func day() -> String {
        let at = pick(["", "/1", "/-1", "/167", "/-167:59:59", "/24", "/0:0:1"], "")
        switch below(4) {
        case 1: return "J\(1 + below(365))\(at)"
        case 2: return "\(below(366))\(at)"
        default: return "M\(1 + below(12)).\(1 + below(5)).\(below(7))\(at)"
        }
    }
}
