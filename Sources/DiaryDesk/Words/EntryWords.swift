public import DiaryModel
public import SyncCore

/// An entry in one line, and its fields in words.
public struct EntryWords: Sendable {
    let view: EntryView
    let catalogue: Catalogue
    let zone: TZif
    /// Who is who, where somebody has looked it up; without it people are named by their handles.
    private let people: PeopleBook?
    private let reader: HereAndNow
    /// How the entry stands, in a few words behind what it says.
    private let standing: String

    /// Words for an entry.
    ///
    /// - Parameters:
    ///   - written: what is shown of an entry whose beginning does not count (`Reading.asWritten`);
    ///     nil for what the view says.
    ///   - zone: the zone of whoever reads.
    ///   - now: when they read it.
    public init(
        _ view: EntryView, written: EntryView? = nil, catalogue: Catalogue, zone: TZif, now: Int64,
        people: PeopleBook? = nil
    ) {
        self.view = written ?? view
        self.catalogue = catalogue
        self.zone = zone
        self.people = people
        reader = HereAndNow(zone, atMs: now)
        standing =
            switch view.status {
            case .voided: ", voided"
            case .inQuestion: ", voided?"
            case .none, .active: view.beginsToReview ? ", to review: does not count" : ""
            }
    }

    var kind: EntryKind? { EntryKind(rawValue: view.kind) }

    /// A person, or an entry that is none known, by name or handle.
    func named(_ entry: EntryID) -> String {
        people?.person(entry)?.name ?? Handle(of: entry).text
    }

    /// When it happened, by all that its candidates say: `Sunday 29 March 09:05`.
    public func when(long: Bool) -> String {
        let moments = view.starts
        guard let first = moments.first ?? written else { return "no time" }
        let text = long ? said(first).long : said(first).short
        return moments.count > 1 ? text + " or other" : text
    }

    /// When an entry was written that has no time of its own: a note, a plan, a notice, a question.
    private var written: Moment? {
        guard view.kind != "infusion" else { return nil }
        let at = view.fields.values.flatMap(\.candidates).map(\.at.milliseconds).min()
        return at.map { Moment(ms: $0, in: zone) }
    }

    /// `09:05-10:20`, or the whole moment where they are on different days.
    public var span: String {
        guard let time = view["time"].flatMap({ TimeValue(json: $0) }) else {
            return when(long: true)
        }
        guard let end = time.end?.value else { return said(time.start).long }
        return WhenWords.span(time.start, end, for: reader)
    }

    /// A moment as it is said to whoever reads.
    public func said(_ moment: Moment) -> WhenWords { WhenWords(moment, for: reader) }

    /// `infusion 32.0 g Hizentra, lot P100423917`.
    public var what: String { whatAlone + standing }

    private var whatAlone: String {
        switch kind {
        case .infusion: infusionWords
        case .note: noteWords
        case .person: "person " + values("name")
        case .replica: "device " + values("label")
        case .check: checkWords
        case .reaction: reactionWords
        case .measurement: measurementWords
        case .stock: stockWords
        case .training: trainingWords
        case .plan: "plan: " + each("plan", planSummary)
        case .notice: "notice: " + each("notice", noticeSummary)
        case .question: questionWords
        case .erasure: "order to erase"
        case nil: "\(view.kind): needs a newer version to be shown"
        }
    }

    /// What every candidate of a field comes to in short.
    private func each(_ field: String, _ summary: (JSONValue) -> String) -> String {
        let texts = (view.fields[field]?.candidates ?? []).map {
            $0.value.json.map(summary) ?? "(erased)"
        }
        var seen: [String] = []
        for text in texts where !seen.contains(text) { seen.append(text) }
        return seen.isEmpty ? "does not count here" : seen.joined(separator: " | ")
    }

    private func values(_ field: String) -> String {
        (view.fields[field]?.candidates ?? []).map {
            $0.value.json?.stringValue ?? "(erased)"
        }.joined(separator: " | ")
    }

    private var noteWords: String { "note: " + Self.shortened(values("text")) }

    /// The first line of a text, as much of it as a list has room for.
    static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count > 38 ? String(line.prefix(37)) + "…" : line
    }

    /// The fields with their values in words, in the order in which people ask for them.
    public var details: [(label: String, field: String, text: String)] {
        view.fields.keys.sorted { Self.rank($0) < Self.rank($1) }
            .filter { $0 != Vocabulary.status && !$0.hasPrefix(Vocabulary.linkPrefix) }
            .map { field in
                let texts = (view.fields[field]?.candidates ?? []).map { detail(field, $0.value) }
                var seen: [String] = []
                for text in texts where !seen.contains(text) { seen.append(text) }
                return (Self.label(field), field, seen.joined(separator: "  |  "))
            }
    }

    /// A value as it is shown alone: a plan has a line for each thing it says.
    private func detail(_ field: String, _ value: Register.Value) -> String {
        guard kind == .plan, field == "plan", let json = value.json, !json.isNull else {
            return text(of: field, value)
        }
        return ([planSummary(json)] + planLines(json)).joined(separator: "\n")
    }

    private static func rank(_ field: String) -> String {
        let order = [
            "time", "vials.", "outcome", "route", "sites", "rates", "infusedBy", "infusion",
            "grade.", "symptom.", "local.", "action.", "measure", "value", "movement", "answer.",
            "vital.", "result", "trainee", "skill", "competency.",
        ]
        let index = order.firstIndex { field.hasPrefix($0) } ?? order.count
        return (index < 10 ? "0" : "") + "\(index)" + field
    }

    /// One value in words.
    public func text(of field: String, _ value: Register.Value) -> String {
        guard let json = value.json else { return "erased by order of the clinic" }
        if json.isNull { return "removed" }
        switch kind {
        case .infusion, .person, .replica, .erasure, .note, nil:
            return infusionText(of: field, json)
        case let kind?: return text(of: field, json, kind)
        }
    }

    /// Findings about the values as they stand together, and warnings kept with them.
    public var findings: [String] {
        guard let kind = EntryKind(rawValue: view.kind) else { return [] }
        let kept = view.fields.values.flatMap(\.candidates).flatMap { Warning.kept(in: $0.about) }
        let found = Validator(catalogue: catalogue).findings(kind: kind, values: view.settledFields)
        var sentences: [String] = []
        for warning in kept + found.filter({ $0.code != .planAbsent })
        where !sentences.contains(warning.sentence) {
            sentences.append(warning.sentence)
        }
        return sentences
    }
}
