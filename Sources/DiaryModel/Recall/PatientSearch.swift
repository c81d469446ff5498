import SyncCore

/// Searches all diaries of one patient.
struct PatientSearch {
    private let query: RecallQuery
    private let patient: RecallPatient
    private let catalogue: Catalogue
    private let entries: [SearchedEntry]
    private let expiries: ExpiryEvidence
    private let words: MissingLotWords
    /// The keys that the patient has by barcode.
    private let scannedKeys: Set<LotKey>

    init(
        _ query: RecallQuery, of patient: RecallPatient, catalogue: Catalogue,
        expiries: ExpiryEvidence, words: MissingLotWords
    ) {
        self.query = query
        self.patient = patient
        self.catalogue = catalogue
        self.expiries = expiries
        self.words = words
        entries = SearchedEntry.all(of: patient)
        scannedKeys = Set(
            entries.filter { $0.entry.view.status == .active }.flatMap(\.entry.trace.sightings)
                .filter { $0.isScanned && $0.standing == .current }
                .compactMap { LotKey($0.lot) })
    }

    /// What the diaries answer; nil for a patient whom the search is not about.
    var answer: PatientAnswer? {
        let twice = probableDuplicates
        let doubtful = Set(twice.flatMap { [$0.0, $0.1] })
        let rows = rows(doubtful: doubtful)
        guard isInScope(rows) else { return nil }
        let coverage = patient.coverage
        let late = coverage.late(atMs: query.asOfMs)
        var unknowns: [UnknownReason] = []
        if !late.isEmpty {
            unknowns.append(
                UnknownReason(
                    late.contains(where: \.isBehind) ? .notAllCome : .notHeard,
                    heardMs: coverage.reach.ms))
        }
        let search = UnknownSearch(query: query, words: words)
        unknowns += entries.flatMap(search.reasons)
        var given: [GivenLot] = []
        var stock: [HomeStock] = []
        for (asked, lot) in query.lots.enumerated()
        where entries.contains(where: { $0.stands(lot) }) {
            let amount = GivenLot(asked: asked, lot, in: entries, duplicates: twice)
            if rows.contains(where: { $0.asked == amount.asked && $0.verdict == .infused }) {
                given.append(amount)
            }
            if let home = HomeStock(
                asked: asked, lot, in: entries, used: amount, doubtful: doubtful)
            {
                stock.append(home)
            }
        }
        return PatientAnswer(
            patient.reference, rows: rows, unknowns: unknowns, coverage: coverage, given: given,
            stock: stock)
    }

    /// Infusions that look like one and of which nobody has said what they are.
    ///
    /// Not looked for where no lot was found: nothing rests on them then.
    private var probableDuplicates: [(EntryID, EntryID)] {
        guard entries.contains(where: { query.lots.contains(where: $0.stands) }) else { return [] }
        let views = entries.filter { $0.isInfusion && $0.entry.view.status == .active }
            .map(\.entry.view)
        let answered = Set(
            entries.flatMap(\.entry.view.linkStatements).map { [$0.smaller, $0.larger] })
        let facts = views.map {
            DuplicateFacts(
                entry: $0.entry.id, InfusionReading($0).infusion, planZone: patient.zone)
        }
        return DuplicateSearch(facts).pairs.map { ($0.left.entry, $0.right.entry) }
            .filter { !answered.contains([$0.0, $0.1].sorted()) }
    }

    // MARK: Scope

    /// Domain 5.2: plan, stock or infusion of the product or of free text in the window; or a lot.
    private func isInScope(_ rows: [RecallRow]) -> Bool {
        if !rows.isEmpty || patient.planProducts.contains(where: query.isAskedAbout) { return true }
        let inWindow = entries.filter { $0.entry.occurrence.mayLie(onOrAfter: query.from) }
        if inWindow.contains(where: namesProduct) { return true }
        // Of whom nothing at all is known the product is not known either.
        let isBlank = entries.allSatisfy { !$0.isInfusion && $0.entry.statements.isEmpty }
        return isBlank && patient.planProducts.isEmpty
            && !patient.coverage.isComplete(toMs: query.asOfMs)
    }

    /// A line of a product asked about, or of one that nobody named, or an infusion without lines.
    private func namesProduct(_ searched: SearchedEntry) -> Bool {
        let lines = searched.entry.statements.filter { !$0.isRemoval }
        if lines.isEmpty { return searched.isInfusion && !searched.isOut && searched.mayBeGiven }
        return lines.contains { query.isAskedAbout($0.product) }
    }

    // MARK: Rows

    private struct PlacedRow {
        let row: RecallRow
        let order: TimeOrder
        let event: Position

        static func isBefore(_ left: PlacedRow, _ right: PlacedRow) -> Bool {
            let one = (left.row.verdict ?? .clear, left.row.asked)
            let other = (right.row.verdict ?? .clear, right.row.asked)
            if one != other { return one < other }
            if left.order != right.order { return left.order < right.order }
            if left.event != right.event { return left.event < right.event }
            return left.row.field < right.row.field
        }
    }

    private func rows(doubtful: Set<EntryID>) -> [RecallRow] {
        let queries = query.lots.map {
            LotQuery(product: $0.product, lot: $0.lot, catalogue: catalogue)
        }
        let notices = LotNotices(query, in: entries)
        var rows: [PlacedRow] = []
        for searched in entries {
            for (asked, one) in queries.enumerated() {
                guard let one else { continue }
                for found in searched.entry.trace.matches(one, scannedKeys: scannedKeys) {
                    guard let match = RecallMatch(found.match),
                        let statement = searched.entry.statement(of: found.sighting)
                    else { continue }
                    let row = row(
                        asked: asked, match, statement, of: searched,
                        isDoubtful: doubtful.contains(searched.id),
                        isLate: notices.isAfter(searched.entry.occurrence, asked: asked))
                    rows.append(
                        PlacedRow(
                            row: row, order: searched.entry.occurrence.order,
                            event: statement.event))
                }
            }
        }
        return rows.sorted(by: PlacedRow.isBefore).map(\.row)
    }

    private func row(
        asked: Int, _ match: RecallMatch, _ statement: VialStatement, of searched: SearchedEntry,
        isDoubtful: Bool, isLate: Bool
    ) -> RecallRow {
        let lot = query.lots[asked]
        let verdict = searched.verdict(on: match, statement.standing, of: lot)
        var notes = RecallNote.notes(on: match, statement, of: searched, lot)
        if match == .exact || match == .productDiffers,
            let note = expiries.note(on: statement.expiry, asked: asked)
        {
            notes.append(note)
        }
        let isInfused = verdict == .infused
        if isInfused, isDoubtful { notes.append(.recordedTwice) }
        if isInfused, searched.isSaidNotDone { notes.append(.saidNotDone) }
        if isInfused, isLate { notes.append(.usedAfterNotice) }
        if !searched.entry.occurrence.mayLie(onOrAfter: query.from) { notes.append(.beforeWindow) }
        let reactions =
            isInfused
            ? entries.compactMap { RecallReaction($0.entry, of: searched.entry) } : []
        return RecallRow(
            asked: asked, match, statement, of: searched, verdict: verdict,
            notes: notes.sorted { $0.rank < $1.rank }, reactions: reactions)
    }
}

extension RecallEntry {
    /// All that is said where a lot was seen.
    fileprivate func statement(of sighting: LotSighting) -> VialStatement? {
        statements.first { $0.event == sighting.event && $0.field == sighting.field }
    }
}

extension RecallNote {
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// What the line and its entry give rise to.
    fileprivate static func notes(
        on match: RecallMatch, _ statement: VialStatement, of searched: SearchedEntry,
        _ lot: RecalledLot
    ) -> [RecallNote] {
        let view = searched.entry.view
        let register = view.fields[statement.field]
        var notes: [RecallNote] = []
        switch statement.standing {
        case .current: if register?.isInConflict ?? false { notes.append(.inConflict) }
        case .toReview: notes.append(.toReview)
        case .replaced:
            let now = LaterValue.all(of: register)
            notes.append(now == [.removed] ? .removedLine : .olderValue)
        }
        if view.status == .inQuestion { notes.append(.statusInConflict) }
        if searched.isVoided { notes.append(.voided) }
        if searched.isSetAside { notes.append(.setAside) }
        if match == .knownOtherLot {
            let isScanned = statement.value?["entryMethod"] == EntryMethod.scanned.json
            notes.append(isScanned ? .neighbourScanned : .neighbourKnown)
        }
        if statement.product != lot.product {
            notes.append(
                statement.product == nil
                    ? .productNotSaid
                    : statement.product == .other ? .productInWords : .productDiffers)
        }
        if statement.isHyaluronidase { notes.append(.hyaluronidase) }
        return notes
    }
}
