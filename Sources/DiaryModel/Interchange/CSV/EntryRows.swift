import SyncCore

/// The rows of one entry: one for each lot line, or one for itself.
struct EntryRows {
    private let entry: ExportedEntry
    private let diary: ExportedDiary

    init(_ entry: ExportedEntry, in diary: ExportedDiary) {
        self.entry = entry
        self.diary = diary
    }

    /// What every entry has: whose it is, how it stands, when it was.
    var common: CSVTable.Row {
        var row = CSVTable.Row()
        setIdentity(&row)
        setTime(&row)
        return row
    }

    var rows: [CSVTable.Row] {
        var whole = common
        setInfusion(&whole)
        setPlan(&whole)
        let lines = entry.vialFields
        guard !lines.isEmpty else {
            whole[.warnings] = EntryWarnings(entry).text(line: nil)
            return [whole]
        }
        return lines.map { field in
            var row = whole
            row[.warnings] = EntryWarnings(entry).text(line: field)
            row[.line] = field
            VialColumns(field, of: entry).set(&row, countsGrams: countsGrams)
            if let counted = diary.counted[entry.id, field] {
                row[.countsLowGrams] = "\(ExactDecimal(counted.low, decimals: 3))"
                row[.countsHighGrams] = "\(ExactDecimal(counted.high, decimals: 3))"
            }
            return row
        }
    }

    /// Only what was infused has grams given; vials that came, moved or were lost have none.
    private var countsGrams: Bool { entry.knownKind == .infusion }

    private func setIdentity(_ row: inout CSVTable.Row) {
        row[.exportAsOf] = InstantText.utc(diary.asOfMs) ?? ColumnText.notUnderstood
        row[.coverageTo] = instant(diary.coverageToMs)
        row[.patientRef] = diary.patientRef
        row[.entryID] = entry.id.text
        row[.version] = String(entry.view.eventCount)
        row[.state] = diary.state(of: entry).rawValue
        row[.inConflict] = ColumnText.list(entry.conflicts)
        row[.duplicateGroup] = ColumnText.list(diary.copies.names(of: entry.id))
        row[.kind] = entry.kind
        row[.recordedUTC] = instant(entry.recorded.milliseconds)
        row[.receivedUTC] = instant(diary.receivedMs[entry.id])
        if let author = entry.begun?.envelope.author, let person = diary.people[author] {
            row[.authorRole] = ColumnText.joined(person.roles)
        }
        if let grade = diary.grades.highest(of: entry.id) { row[.reactionGradeMax] = String(grade) }
    }

    private func instant(_ ms: Int64?) -> String {
        guard let ms else { return "" }
        return InstantText.utc(ms) ?? ColumnText.notUnderstood
    }

    private func column(_ field: String, _ read: (JSONValue) -> String?) -> String {
        ColumnText.of(entry.fields[field]) { json, _ in read(json) }
    }

    private func setTime(_ row: inout CSVTable.Row) {
        func time(_ read: (TimeValue) -> String?) -> String {
            column("time") { TimeValue(json: $0).flatMap(read) }
        }
        row[.startLocal] = time { $0.start.wall.description }
        row[.startUTC] = time { instant($0.start.ms) }
        row[.startOffset] = time { $0.start.offset.map(InstantText.offset) ?? "" }
        row[.zone] = time { $0.ofBothEnds { $0.zone?.text } }
        row[.precision] = time { $0.ofBothEnds { $0.precision.rawValue } }
        row[.clock] = time { $0.ofBothEnds { $0.clock.rawValue } }
        row[.endUTC] = time { time in
            switch time.end {
            case nil: ""
            case .unknown: AnswerWord.unknown.rawValue
            case .declined: AnswerWord.declined.rawValue
            // A bare day has no instant, and none is made up for it.
            case .value(let end): end.ms == nil ? end.wall.description : instant(end.ms)
            }
        }
        row[.durationMinutes] = time { $0.length.ms.map { String($0 / 60_000) } ?? "" }
        let recorded = entry.recorded.milliseconds
        row[.lateHours] = time { time in
            Lateness(start: time.start, writtenMs: recorded).map { String($0.ms / 3_600_000) } ?? ""
        }
    }

    private func setInfusion(_ row: inout CSVTable.Row) {
        if entry.knownKind == .stock {
            // What the vials did stands where it stands for an infusion.
            row[.outcome] = column("movement") { $0.stringValue }
            return
        }
        row[.outcome] = column("outcome") {
            ColumnText.member($0, "code", Outcome.Code.self, \.code)
        }
        row[.notDoneReason] = column("outcome") {
            ColumnText.member($0, "reason", NotDoneReason.self, \.code)
        }
        row[.route] = column("route") { Route(json: $0)?.rawValue }
        row[.sites] = column("sites") { [Site](json: $0).map { ColumnText.list($0.map(\.label)) } }
        row[.maxMillilitresPerHour] = column("rates") { [RateStep](json: $0).map(Self.highestRate) }
        row[.infusedBy] = column("infusedBy") {
            ColumnText.member($0, "code", InfusedBy.Code.self, \.code)
        }
        row[.courseID] = column("course") { Course(json: $0)?.id.text }
        row[.coursePart] = column("course") { Course(json: $0).map { "\($0.part)" } }
        row[.courseParts] = column("course") { Course(json: $0).map { "\($0.parts)" } }
        row[.place] = column("place") { ColumnText.member($0, "code", Place.Code.self, \.code) }
        if countsGrams { row[.infusionGrams] = InfusionGrams(entry).text }
    }

    /// The highest rate that is known; a word where none is.
    private static func highestRate(_ steps: [RateStep]) -> String {
        if let most = steps.compactMap(\.rateMicrolitresPerHour.value).max() {
            return ExactDecimal(most, decimals: 3).description
        }
        return steps.isEmpty ? "" : AnswerWord.unknown.rawValue
    }

    private func setPlan(_ row: inout CSVTable.Row) {
        row[.planVersion] = column("planVersion") { Position(json: $0)?.id.text }
        row[.planID] = column("planVersion") { json in
            Position(json: json).map { diary.plans[$0.id]?.text ?? "" }
        }
    }
}

extension TimeValue {
    /// What is said of the start, and of the end where it differs.
    fileprivate func ofBothEnds(_ text: (Moment) -> String?) -> String {
        let first = text(start) ?? ""
        guard let end = end?.value.flatMap(text), end != first else { return first }
        return ColumnText.list([first, end])
    }
}
