import SyncCore

extension Choices {
    /// A value that can be written: no U+0000, keys of printable ASCII, at most so deep.
    mutating func json(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 10 : 7) {
        case 0: return .string(text())
        case 1: return .string(Self.words[below(Self.words.count)])
        case 2: return .integer(Self.numbers[below(Self.numbers.count)])
        case 3:
            let limit = JSONValue.integerLimit
            return .integer(min(max(integer(), -limit), limit))
        case 4: return .bool(oneIn(2))
        case 5: return .null
        case 6: return .string(Self.times[below(Self.times.count)])
        case 7:
            var items: [JSONValue] = []
            for _ in 0..<below(5) { items.append(json(depth: depth - 1)) }
            return .array(items)
        default:
            var object = JSONObject()
            for _ in 0..<below(6) { object[key()] = json(depth: depth - 1) }
            return .object(object)
        }
    }

    /// The name of a member: one the model knows, or any.
    mutating func key() -> String {
        if below(4) < 3 { return Self.names[below(Self.names.count)] }
        let letters = take(below(8)).map { 0x20 + $0 % 0x5F }.filter { $0 != 0x22 && $0 != 0x5C }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Any text without U+0000.
    mutating func text() -> String {
        let bytes = take(below(24)).filter { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    static let words = [
        "", "unknown", "declined", "yes", "no", "active", "voided", "typed", "scanned", "hy", "ig",
        "other", "iv", "sc", "fsc", "minute", "hour", "day", "month", "ok", "suspect", "A-123/4",
        "LOT K551A8441", "4", "e\u{301}", "\u{E9}", "\u{1F}\"\\", "\u{202E}abc\u{202C}",
        "\u{FFFE}", "\u{10FFFF}", "Europe/London", "hizentra", "octagam_5", "03660853000011",
    ]
    static let times = [
        "2026-03-29T01:30", "2026-03-29T01", "2026-03-29", "2026-03", "2026-02-30", "0000-01-01",
        "9999-12-31", "2200-12-31T23:59", "1900-01-01T00:00", "2028-12", "281231", "281200",
    ]
    static let numbers: [Int64] = [
        0, 1, -1, 2, 59, 60, 1000, 10_000, 99_999_999, 1_774_775_645_000, Int64(Int32.max),
        JSONValue.integerLimit, -JSONValue.integerLimit, 1440, -1560, 1560, 1561,
    ]
    static let names = [
        "product", "productRow", "productText", "vialMilligrams", "vialMicrolitres", "count", "lot",
        "lotMissing", "expiry", "gtin", "serials", "component", "discardedMilligrams", "scan",
        "entryMethod", "printed", "date", "precision", "ms", "offset", "zone", "wall", "clock",
        "start", "end", "timerMs", "site", "side", "rate", "value", "unit", "text", "given", "note",
        "mlPerHour", "microlitresPerHour", "fromMs", "code", "role", "person", "grams", "route",
    ]
}
