import SyncCore

extension ExportedDiary {
    /// A row for each vial line that was written and stands there no more, or is to be reviewed.
    ///
    /// A recall looks at them like at all others: the box in the hand may be the one named first.
    var earlierLotSheet: CSVSheet {
        CSVSheet(
            "earlier_lots",
            [
                .patientRef, .entryID, .state, .kind, .startLocal, .startUTC, .zone, .precision,
            ],
            [
                "line", "event_id", "standing", "written_utc", "product_key",
                .printed("product_text"), "component", .number("vial_count"), .number("line_g"),
                .printed("lot_printed"), .printed("lot_key"), "lot_missing_reason",
                .printed("expiry_printed"), "expiry_date", "entry_method",
            ],
            rows: (rows(of: .infusion) { $0.earlierLines } + rows(of: .stock) { $0.earlierLines }))
    }
}

extension ExportedEntry {
    /// What is told in the table of lot lines is not told again; a line taken out says nothing.
    fileprivate var earlierLines: [[String]] {
        VialStatement.all(in: events, of: view).filter { statement in
            let isShown = fields[statement.field]?.candidates.contains {
                $0.event == statement.event
            }
            return !(isShown ?? false) && !statement.isRemoval
        }.map(columns)
    }

    private func columns(_ statement: VialStatement) -> [String] {
        let written = events.first { $0.line.position == statement.event }?.line.envelope.at
        var row = CSVTable.Row()
        let candidate = Candidate(
            event: statement.event, value: statement.value.map { .said($0) } ?? .erased,
            author: nil, at: written ?? recorded, about: about(statement.event))
        VialColumns(Register(candidates: [candidate])).set(&row, countsGrams: true)
        return [
            statement.field, statement.event.id.text,
            statement.standing == .toReview ? "to_review" : "replaced",
            written.flatMap { InstantText.utc($0.milliseconds) } ?? "", row[.productKey],
            row[.productText], row[.component], row[.vialCount], row[.lineGrams],
            row[.lotPrinted], row[.lotKey], row[.lotMissingReason], row[.expiryPrinted],
            row[.expiryDate], row[.entryMethod],
        ]
    }

    private func about(_ event: Position) -> JSONObject {
        events.first { $0.line.position == event }?.line.body?.about ?? [:]
    }
}
