internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// The vial lines of an infusion: how each lot came in, with slips, gaps and what nobody noted.
extension PatientPlanner {
    mutating func lines(
        of truth: InfusionTruth, isPaper: Bool, in set: inout JSONObject
    ) -> [InfusionRecord.WrittenLot] {
        var written: [InfusionRecord.WrittenLot] = []
        for (index, drawn) in truth.lines.enumerated() {
            let entry = lotEntry(of: truth, isPaper: isPaper)
            let (line, lot) = line(of: drawn, truth, entry, isPaper: isPaper)
            set[LineName(number: index + 1).vials] = line.json
            written.append(lot)
        }
        return written
    }

    private mutating func lotEntry(of truth: InfusionTruth, isPaper: Bool) -> LotEntry {
        let drawn = random.choose(
            isPaper || !facts.habits.keepsStock
                ? CohortTable.entryOfOthers : CohortTable.entryOfStockKeepers)
        // The clerk has no box to scan.
        var entry = isPaper && drawn == .scanned ? LotEntry.typed : drawn
        // Where the lot is looked for, one has none, as the fixture says, and no other.
        if facts.isInScope, entry == .missing { entry = isPaper ? .typed : .scanned }
        guard truth.isExposure else { return entry }
        switch facts.role {
        case .typo: return .typed
        case .sister: return .scanned
        case .missingLot: return .missing
        case .exact, .unsynced, .voided, nil: return entry
        }
    }

    private mutating func line(
        of drawn: DrawnLine, _ truth: InfusionTruth, _ entry: LotEntry, isPaper: Bool
    ) -> (VialLine, InfusionRecord.WrittenLot) {
        var line = drawn.lot.line(of: drawn.count)
        if drawn.discardedMilligrams > 0 {
            line.discardedMilligrams = .value(drawn.discardedMilligrams)
        }
        var slip: LotSlip?
        switch entry {
        case .scanned:
            line.lot = PrintedText(drawn.lot.text)
            line.gtin = PrintedText(drawn.lot.gtin)
            line.scan = PrintedText(drawn.lot.scan)
            line.entryMethod = .scanned
        case .fromStock:
            line.lot = PrintedText(drawn.lot.text)
            line.entryMethod = .fromStock
        case .typed:
            let text: String
            (text, slip) = typed(drawn.lot, truth)
            line.lot = PrintedText(text)
            line.entryMethod = isPaper ? .fromPaper : .typed
        case .missing:
            line.lotMissing = random.choose(CohortTable.lotMissingReasons)
            line.entryMethod = isPaper ? .fromPaper : .typed
        }
        if entry != .missing { line.expiry = expiry(of: drawn.lot, entry) }
        let lot = InfusionRecord.WrittenLot(
            lot: drawn.lot, text: line.lot?.text, entry: entry, slip: slip,
            milligrams: line.doseMilligrams ?? 0)
        return (line, lot)
    }

    private mutating func expiry(of lot: LotPlan, _ entry: LotEntry) -> Said<Expiry>? {
        guard !random.happens(CohortTable.expiryMissing) else { return nil }
        guard !random.happens(CohortTable.saidUnknown) || entry == .scanned else { return .unknown }
        let text = entry == .scanned ? lot.barcodeExpiry : lot.typedExpiry
        return Expiry(typed: text, year: days.last.year).map { .value($0) }
    }

    /// The lot as it is typed, and the slip if there is one.
    private mutating func typed(_ lot: LotPlan, _ truth: InfusionTruth) -> (String, LotSlip?) {
        if truth.isExposure, facts.role == .typo {
            let slip: LotSlip = facts.number.isMultiple(of: 2) ? .eightForB : .transposition
            for slip in [slip, .eightForB, .transposition] {
                if let text = LotText.typed(lot.text, with: slip, using: &random) {
                    return (text, slip)
                }
            }
        }
        let isWrong = random.happens(CohortTable.typedWrongly) && !truth.isExposure
        guard isWrong else { return (LotText.typedRight(lot.text, using: &random), nil) }
        let first = random.choose(CohortTable.slips)
        for slip in [first, .transposition, .truncation] {
            if let text = LotText.typed(lot.text, with: slip, using: &random) {
                return (text, slip)
            }
        }
        return (lot.text, nil)
    }
}
