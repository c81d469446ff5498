import SyncCore

extension Choices {
    /// A value shaped like those of the diary, in which any part may be anything.
    mutating func diaryValue() -> JSONValue {
        switch below(8) {
        case 0: return vialLine()
        case 1: return time()
        case 2: return .array((0...below(3)).map { _ in part("site", 1) })
        case 3: return .array((0...below(3)).map { _ in part("rate", 2) })
        case 4: return .string(Self.words[below(Self.words.count)])
        case 5: return .integer(Self.numbers[below(Self.numbers.count)])
        default: return json(depth: 6)
        }
    }

    private mutating func vialLine() -> JSONValue {
        var line: JSONObject = [
            "count": 8, "expiry": ["date": "2028-12-31", "precision": "month"], "lot": "K551A8441",
            "product": "hizentra", "vialMicrolitres": 20_000, "vialMilligrams": 4000,
        ]
        bend(&line, ["discardedMilligrams", "component", "gtin", "serials", "scan", "lotMissing"])
        return .object(line)
    }

    mutating func time() -> JSONValue {
        var start = moment()
        bend(&start, ["clock"])
        var end = moment()
        bend(&end, ["clock"])
        var time: JSONObject = ["end": .object(end), "start": .object(start)]
        bend(&time, ["timerMs"])
        return .object(time)
    }

    func moment() -> JSONObject {
        [
            "clock": "ok", "ms": 1_774_775_640_000, "offset": 60, "precision": "minute",
            "wall": "2026-03-29T10:14", "zone": "Europe/London",
        ]
    }

    private mutating func part(_ name: String, _ number: Int64) -> JSONValue {
        var part: JSONObject = [name: .integer(number)]
        bend(&part, ["side", "value", "unit", "ms", "mlPerHour", "fromMs"])
        return .object(part)
    }

    private mutating func bend(_ object: inout JSONObject, _ further: [String]) {
        for _ in 0..<below(4) {
            let name = pick(object.keys + further, "x")
            if oneIn(8) { object[name] = .none } else { object[name] = json(depth: 2) }
        }
    }
}
