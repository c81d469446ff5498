import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// What a code is made of: a number with its right check digit, and some of the rest.
private struct Pack {
    var gtin: String
    var lot: String?
    var expiry: CivilDate?
    var serial: String?
    var others: [String] = []

    init(using random: inout SplitMix64) {
        let digits = (0..<13).map { _ in "\(random.below(10))" }.joined()
        gtin = (0..<10).map { "\(digits)\($0)" }.first { GTIN($0) != nil } ?? ""
        if random.chance(0.9) { lot = Self.text(using: &random) }
        if random.chance(0.8) { expiry = scanDay.adding(days: random.below(7000) - 1000) }
        if random.chance(0.6) { serial = Self.text(using: &random) }
        if random.chance(0.3) { others = ["240" + Self.text(using: &random)] }
        if random.chance(0.3) { others.append("7101234567") }
    }

    /// One to twenty characters that GS1 allows, parentheses left out: they begin an identifier when typed.
    private static func text(using random: inout SplitMix64) -> String {
        let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz!\"%&'*+,-./:;<=>?_")
        return String((0..<1 + random.below(20)).map { _ in random.pick(characters) })
    }

    private var six: String? {
        expiry.map { String($0.description.filter { $0 != "-" }.dropFirst(2)) }
    }

    /// Fixed and variable elements in any order, a separator after the variable ones.
    func elementString(using random: inout SplitMix64) -> String {
        var elements = [("01" + gtin, true)]
        if let six { elements.append(("17" + six, true)) }
        if let lot { elements.append(("10" + lot, false)) }
        if let serial { elements.append(("21" + serial, false)) }
        elements += others.map { ($0, false) }
        elements.shuffle(using: &random)
        let stray = random.chance(0.2)
        let joined = elements.map { $0.0 + ($0.1 && !stray ? "" : "\u{1D}") }.joined()
        let isEnded = joined.hasSuffix("\u{1D}") && random.chance(0.5)
        return random.pick(["]d2", "]C1", "]Q3", "\u{1D}", ""])
            + (isEnded ? String(joined.dropLast()) : joined)
    }

    func typed() -> String {
        let parts = [("01", gtin), ("17", six), ("10", lot), ("21", serial)]
        return parts.map { name, value in value.map { "(\(name))\($0)" } ?? "" }.joined()
    }

    func pharmacy() -> String {
        let parts = [("9N", "110375286414"), ("1T", lot), ("D", six), ("S", serial)]
        let fields = parts.compactMap { name, value in value.map { name + $0 } }
        return "[)>\u{1E}06\u{1D}" + fields.joined(separator: "\u{1D}") + "\u{1E}\u{04}"
    }

    func isSaid(by scan: Scan) -> Bool {
        scan.lot == lot.map { PrintedText($0) } && scan.serial == serial.map { PrintedText($0) }
            && scan.expiry?.date == expiry
    }
}

@Suite struct ScanLawTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `an element string reads back to what it was made of`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let pack = Pack(using: &random)
            let text = pack.elementString(using: &random)
            let code = Scan(typed: text, on: scanDay)
            #expect(pack.isSaid(by: code), "\(text.debugDescription)")
            #expect(code.gtin?.description == pack.gtin)
            #expect(code.remainder == [])
        }
    }

    @Test func `so do the typed form and the German one`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<500 {
            let pack = Pack(using: &random)
            let typed = Scan(typed: pack.typed(), on: scanDay)
            #expect(pack.isSaid(by: typed), "\(pack.typed())")
            #expect(typed.gtin?.description == pack.gtin)
            #expect(pack.isSaid(by: Scan(typed: pack.pharmacy(), on: scanDay)))
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `no bytes trap, and all are kept`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Bytes of which codes are made are drawn more often than others.
        let usual = Array("010203101117213037()]d2[)>9NS1T\u{1D}\u{1E}\u{04}".utf8)
        for _ in 0..<500 {
            let bytes = (0..<random.below(60)).map { _ in
                random.chance(0.8) ? random.pick(usual) : UInt8(random.below(256))
            }
            let code = Scan(bytes, on: scanDay)
            #expect(code.raw == bytes)
            let line = VialLine(code, of: "hizentra", in: .seed)
            #expect(VialLine(json: line.json) == line)
            #expect(code.printed.map { Scan(printed: $0, on: scanDay) } ?? code == code)
        }
    }

    @Test func `a code cut anywhere never fills another lot than a beginning of its own`() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let pack = Pack(using: &random)
            let text = pack.elementString(using: &random)
            for length in 0...text.utf8.count {
                let cut = Scan(Array(text.utf8.prefix(length)), on: scanDay)
                guard let lot = cut.lot, cut.gtin != nil else { continue }
                #expect(pack.lot?.hasPrefix(lot.text) == true, "\(text.debugDescription) \(length)")
            }
        }
    }

    @Test func `without its separators a code fills its own lot or one with the rest stuck to it`()
    {
        var random = SplitMix64(seed: 13)
        for _ in 0..<500 {
            let pack = Pack(using: &random)
            let text = "01\(pack.gtin)10\(pack.lot ?? "A")17281231"
            let code = Scan(typed: text, on: scanDay)
            if let lot = code.lot {
                #expect(lot.text.hasPrefix(pack.lot ?? "A"))
            } else {
                #expect(code.findings.contains(.separatorMissing))
            }
        }
    }
}
