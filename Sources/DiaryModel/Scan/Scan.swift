/// What one barcode said (domain 8.3): GS1 element strings, a bare trade item number, or the German PPN.
///
/// The raw bytes are kept whatever is read of them. A field is filled only where the code says it
/// without a doubt; everything else is a finding and a question. The bytes come from outside: no more
/// than `byteLimit` of them are read, and no bytes make it trap.
public struct Scan: Hashable, Sendable {
    /// Exactly as they came.
    public let raw: [UInt8]
    public private(set) var grammar = Grammar.unknown
    /// All that was read, in the order in which it stands there, counts and further numbers among it.
    public private(set) var elements: [ScanElement] = []
    /// What was not read, from the first byte that was not understood.
    public private(set) var remainder: [UInt8] = []
    public private(set) var gtin: GTIN?
    /// The German pharmacy product number, as it stands there.
    public private(set) var productNumber: PrintedText?
    public private(set) var lot: PrintedText?
    /// What the lot may be where the scanner sends no separator; only a person may confirm it.
    public private(set) var suggestedLot: PrintedText?
    public private(set) var expiry: Expiry?
    public private(set) var serial: PrintedText?
    public private(set) var production: Expiry?
    /// The vials that the code says a pack holds; a person is asked, it never fills a count.
    public private(set) var suggestedCount: Int64?
    /// Each at most once, in the order in which they were found.
    public private(set) var findings: [ScanFinding] = []

    /// The language a code is written in.
    public enum Grammar: String, Sendable, CaseIterable {
        case elementString = "gs1"
        /// Typed from the print below a code, identifiers in parentheses.
        case parenthesised = "gs1_typed"
        /// A bare number of 12 to 14 digits, as it stands below the bars of a shop.
        case tradeItem = "gtin"
        case pharmacyProduct = "ppn"
        case unknown
    }

    /// Longer ones are kept and not read; a pack's code has some 60 bytes.
    public static let byteLimit = 512
    /// GS1 allows a lot or a serial number no more characters.
    static let longestNumber = 20

    /// Reads a code.
    ///
    /// - Parameter today: the century of an expiry lies around its year, and what is past is past by it.
    public init(_ raw: [UInt8], on today: CivilDate) {
        self.raw = raw
        guard raw.count <= Self.byteLimit else {
            find(.tooLong)
            return
        }
        let code = ScanEnvelope(raw)
        grammar = code.grammar
        if grammar == .tradeItem {
            read(tradeItem: PrintedText(String(decoding: code.content, as: UTF8.self)))
        } else {
            let found = code.elements
            elements = found.elements
            remainder = Array(found.remainder)
            if elements.isEmpty {
                grammar = .unknown
                remainder = raw
                find(.notUnderstood)
            } else if let stopped = found.stopped {
                find(stopped)
            }
        }
        readElements(today)
        // A lot that is not said may stand in what was swallowed.
        if grammar != .unknown, !isSaid(.lot), !findings.contains(.separatorMissing) {
            find(.lotAbsent)
        }
    }

    /// Reads a code that a person typed.
    public init(typed: String, on today: CivilDate) { self.init(Array(typed.utf8), on: today) }

    private mutating func find(_ finding: ScanFinding) {
        if !findings.contains(finding) { findings.append(finding) }
    }
}

extension Scan {
    /// What an element of either grammar may mean here; of all others only what stands there is kept.
    private enum Meaning {
        case gtin, productNumber, lot, expiry, serial, production, count

        /// In a grammar's own identifiers.
        func identifiers(_ grammar: Grammar) -> [PrintedText] {
            switch (self, grammar == .pharmacyProduct) {
            case (.gtin, false): ["01"]
            case (.lot, false): ["10"]
            case (.expiry, false): ["17"]
            case (.serial, false): ["21"]
            case (.production, false): ["11"]
            case (.count, false): ["30", "37"]
            case (.productNumber, true): ["9N"]
            case (.lot, true): ["1T"]
            case (.expiry, true): ["D"]
            case (.serial, true): ["S"]
            default: []
            }
        }
    }

    private func values(_ meaning: Meaning) -> Set<PrintedText> {
        let identifiers = meaning.identifiers(grammar)
        return Set(elements.filter { identifiers.contains($0.identifier) }.map(\.value))
    }

    private func isSaid(_ meaning: Meaning) -> Bool { !values(meaning).isEmpty }

    /// The one value that the code says; two that differ are nobody's to choose from.
    private mutating func value(_ meaning: Meaning) -> PrintedText? {
        let values = values(meaning)
        if values.count > 1 { find(.saidTwice) }
        return values.count == 1 ? values.first : nil
    }

    private mutating func read(tradeItem number: PrintedText) {
        gtin = GTIN(number.text)
        guard gtin == nil else { return }
        find(.checkDigitWrong)
        remainder = raw
    }

    private mutating func readElements(_ today: CivilDate) {
        if let number = value(.gtin) {
            gtin = GTIN(number.text)
            // One wrong digit may be a lost one, and then everything behind it has slipped.
            guard gtin != nil else { return find(.checkDigitWrong) }
        }
        productNumber = value(.productNumber)
        readExpiry(today)
        if let made = value(.production) { production = date(made, today) }
        readLot(today)
        if let number = value(.serial) {
            if isShortEnough(number) { serial = number } else { find(.separatorMissing) }
        }
        if let number = value(.count), number.byteCount <= 8 {
            suggestedCount = DecimalDigits(Array(number.text.utf8))?.number
        }
    }

    private mutating func readExpiry(_ today: CivilDate) {
        guard let printed = value(.expiry) else { return }
        expiry = date(printed, today)
        guard let expiry else { return find(.expiryUnreadable) }
        if expiry.date < today { find(.expiryPast) }
    }

    private mutating func readLot(_ today: CivilDate) {
        guard let printed = value(.lot) else { return }
        if isShortEnough(printed) {
            lot = printed
            return
        }
        find(.separatorMissing)
        suggestedLot =
            LotSuggestion(
                in: printed, besides: Set(elements.map(\.identifier)), year: today.year)?.lot
    }

    /// Six digits `YYMMDD`, day 00 for the month's last.
    private func date(_ printed: PrintedText, _ today: CivilDate) -> Expiry? {
        printed.byteCount == 6 ? Expiry(typed: printed.text, year: today.year) : nil
    }

    /// What a person typed has no separator that could be missing.
    private func isShortEnough(_ number: PrintedText) -> Bool {
        number.byteCount <= Self.longestNumber || grammar == .parenthesised
    }
}
