public import DiaryModel
import SyncCore

extension EntryWords {
    var infusionWords: String {
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

    /// A value of an infusion, of a note, or of an entry of a kind that is not known here.
    func infusionText(of field: String, _ json: JSONValue) -> String {
        if let word = AnswerWord(json: json), !field.hasPrefix("vials.") { return word.rawValue }
        let infusion = Infusion(fields: [field: json])
        if infusion.notUnderstood.contains(field) { return "needs a newer version to be shown" }
        if let line = infusion.lines.first?.line { return lineWords(line) }
        switch field {
        case "time":
            guard let time = infusion.time else { break }
            let end = time.end?.value.map { " to " + said($0).long } ?? ", end not recorded"
            return said(time.start).long + end + Self.clockWords(time)
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
        case "planVersion":
            guard let version = Position(json: json) else { break }
            return "signed as \(Handle(of: version.id))"
        case "about":
            guard let entry = json["entry"]?.stringValue.flatMap({ EntryID($0) }) else { break }
            return Handle(of: entry).text + (json["event"] == nil ? "" : ", with a change of it")
        default: break
        }
        if let text = json.stringValue { return text }
        if field.hasPrefix("premed."), let dose = infusion.premedications.first {
            return dose.premedication.doseMilligrams?.value.map { "\($0) mg" } ?? "taken"
        }
        if kind == .infusion, let words = tableText(of: field, json, .infusion) { return words }
        return json.canonicalText
    }

    static func clockWords(_ time: TimeValue) -> String {
        time.start.clock == .ok ? "" : "  (device clock \(time.start.clock.rawValue))"
    }

    func lineWords(_ line: VialLine) -> String {
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
}
