public import DiaryModel
public import SyncCore

/// An entry in one line, and its fields in words.
public struct EntryWords: Sendable {
    private let view: EntryView
    private let catalogue: Catalogue
    private let zone: TZif

    public init(_ view: EntryView, catalogue: Catalogue, zone: TZif) {
        self.view = view
        self.catalogue = catalogue
        self.zone = zone
    }

    /// When it happened, by all that its candidates say: `Sunday 29 March 09:05`.
    public func when(long: Bool) -> String {
        let moments = starts
        guard let first = moments.first ?? written else { return "no time" }
        let text = long ? WhenWords(first).long : first.words(homeZone: zone.name)
        return moments.count > 1 ? text + " or other" : text
    }

    /// When a note was written, which has no time of its own.
    private var written: Moment? {
        guard view.kind != "infusion" else { return nil }
        let at = view.fields.values.flatMap(\.candidates).map(\.at.milliseconds).min()
        return at.map { Moment(ms: $0, in: zone) }
    }

    private var starts: [Moment] {
        var moments: [Moment] = []
        for candidate in view.fields["time"]?.candidates ?? [] {
            if let start = candidate.value.json.flatMap({ TimeValue(json: $0) })?.start,
                !moments.contains(start)
            {
                moments.append(start)
            }
        }
        return moments
    }

    /// `09:05-10:20`, or the whole moment where they are on different days.
    public var span: String {
        guard let time = view["time"].flatMap({ TimeValue(json: $0) }) else {
            return when(long: true)
        }
        let start = WhenWords(time.start).long
        guard let end = time.end?.value else { return start }
        return end.wall.date == time.start.wall.date
            ? "\(start)-\(end.wall.clockFace)" : "\(start) to \(WhenWords(end).long)"
    }

    /// `infusion 32.0 g Hizentra, lot P100423917`.
    public var what: String {
        let base: String
        switch view.kind {
        case "infusion": base = infusionWords
        case "note": base = noteWords
        case "person": base = "person " + values("name")
        case "replica": base = "device " + values("label")
        default: base = "\(view.kind): needs a newer version to be shown"
        }
        switch view.status {
        case .voided: return base + ", voided"
        case .inQuestion: return base + ", voided?"
        case .none, .active: return base
        }
    }

    private func values(_ field: String) -> String {
        (view.fields[field]?.candidates ?? []).map {
            $0.value.json?.stringValue ?? "(erased)"
        }.joined(separator: " | ")
    }

    private var noteWords: String {
        let text = values("text")
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return "note: " + (line.count > 38 ? String(line.prefix(37)) + "…" : line)
    }

    private var infusionWords: String {
        let reading = InfusionReading(view)
        if let outcome = reading.infusion.outcome, outcome.code == .notDone {
            return "infusion " + outcome.words
        }
        var words = "infusion \(reading.milligrams)"
        let names = reading.infusion.lines.map { Self.productName($0.line, catalogue) }
        var seen: [String] = []
        for name in names where !seen.contains(name) { seen.append(name) }
        if !seen.isEmpty { words += " " + seen.joined(separator: " + ") }
        if !reading.lots.isEmpty {
            words += reading.lots.count == 1 ? ", lot " : ", lots "
            words += reading.lots.joined(separator: ", ")
        }
        return words
    }

    public static func productName(_ line: VialLine, _ catalogue: Catalogue) -> String {
        guard let key = line.product.value else { return "product unknown" }
        if key == .other { return line.productText?.text ?? "other product" }
        return catalogue.product(key)?.name ?? key.text
    }

    /// The fields with their values in words, in the order in which people ask for them.
    public var details: [(label: String, field: String, text: String)] {
        view.fields.keys.sorted { Self.rank($0) < Self.rank($1) }
            .filter { $0 != Vocabulary.status && !$0.hasPrefix(Vocabulary.linkPrefix) }
            .map { field in
                let texts = (view.fields[field]?.candidates ?? []).map {
                    text(of: field, $0.value)
                }
                var seen: [String] = []
                for text in texts where !seen.contains(text) { seen.append(text) }
                return (Self.label(field), field, seen.joined(separator: "  |  "))
            }
    }

    private static func rank(_ field: String) -> String {
        let order = ["time", "vials.", "outcome", "route", "sites", "rates", "infusedBy"]
        let index = order.firstIndex { field.hasPrefix($0) } ?? order.count
        return "\(index)" + field
    }

    public static func label(_ field: String) -> String {
        if field.hasPrefix("vials.") { return "vial line \(field.dropFirst(6))" }
        if field.hasPrefix(Vocabulary.linkPrefix) { return "one infusion or two" }
        if field.hasPrefix("premed.") { return "pre-medication \(field.dropFirst(7))" }
        return switch field {
        case "infusedBy": "infused by"
        case "visualCheck": "solution check"
        case "weightGrams": "weight used"
        case "planVersion": "plan version"
        case "status": "whether it happened"
        case "course": "part"
        default: field
        }
    }

    /// One value in words.
    public func text(of field: String, _ value: Register.Value) -> String {
        guard let json = value.json else { return "erased by order of the clinic" }
        if json.isNull { return "removed" }
        if let word = AnswerWord(json: json), !field.hasPrefix("vials.") { return word.rawValue }
        let infusion = Infusion(fields: [field: json])
        if infusion.notUnderstood.contains(field) { return "needs a newer version to be shown" }
        if let line = infusion.lines.first?.line { return lineWords(line) }
        switch field {
        case "time":
            guard let time = infusion.time else { break }
            let end = time.end?.value.map { " to " + WhenWords($0).long } ?? ", end not recorded"
            let odd = time.start.clock == .ok ? "" : "  (device clock \(time.start.clock.rawValue))"
            return WhenWords(time.start).long + end + odd
        case "outcome": return infusion.outcome?.words ?? "?"
        case "route": return infusion.route?.value?.words ?? "?"
        case "sites": return (infusion.sites ?? []).map(\.label).joined(separator: ", ")
        case "infusedBy", "supervisedBy":
            return InfusedBy(json: json)?.code.words ?? "?"
        case "visualCheck": return infusion.visualCheck.words
        case "weightGrams":
            return infusion.weight.map {
                "\(Grams(milligrams: $0.grams)) ".replacing(" g ", with: " kg")
            }
                ?? "?"
        case "rates":
            return (infusion.rates ?? []).map { step in
                let rate = step.rateMicrolitresPerHour.value.map { "\($0 / 1000) mL/h" } ?? "?"
                let from = step.fromMinutes.value ?? 0
                return from == 0 ? rate : "from minute \(from) \(rate)"
            }.joined(separator: ", ")
        case "place":
            return infusion.place?.name?.text ?? infusion.place?.code.value?.rawValue ?? "?"
        case "pump": return json["model"]?.stringValue ?? "?"
        case "course":
            let numbers = ["part", "parts"].map { json[$0]?.integerValue.map(String.init) ?? "?" }
            return numbers.joined(separator: " of ")
        case "about":
            guard let entry = json["entry"]?.stringValue.flatMap({ EntryID($0) }) else { break }
            return Handle(of: entry).text + (json["event"] == nil ? "" : ", with a change of it")
        default: break
        }
        if let text = json.stringValue { return text }
        if field.hasPrefix("premed."), let dose = infusion.premedications.first {
            return dose.premedication.doseMilligrams?.value.map { "\($0) mg" } ?? "taken"
        }
        return json.canonicalText
    }

    private func lineWords(_ line: VialLine) -> String {
        let count = line.count?.value.map { "\($0)" } ?? "?"
        let size = line.vialMilligrams?.value.map { Grams(milligrams: $0).description } ?? "? g"
        var words = "\(count) x \(size) \(Self.productName(line, catalogue))"
        words += line.lot.map { ", lot \($0.text)" } ?? ", lot not recorded"
        if let missing = line.lotMissing { words += " (\(missing.rawValue))" }
        if let expiry = line.expiry?.value {
            words += ", expires \(expiry.printed?.text ?? expiry.date.description)"
        }
        return words
    }

    /// Findings about the values as they stand together, and warnings kept with them.
    public var findings: [String] {
        guard let kind = EntryKind(rawValue: view.kind) else { return [] }
        var sentences: [String] = []
        let kept = view.fields.values.flatMap(\.candidates).flatMap { candidate in
            candidate.about.keys.filter { $0.hasPrefix("warning.") }.compactMap {
                WarningCode(rawValue: String($0.split(separator: ".").dropFirst().first ?? ""))
            }
        }
        let found = Validator(catalogue: catalogue).findings(kind: kind, values: view.settledFields)
        let codes = kept + found.map(\.code).filter { $0 != .planAbsent }
        for code in codes where !sentences.contains(code.sentence) {
            sentences.append(code.sentence)
        }
        return sentences
    }
}
