import DiaryModel
import SyncCore

/// Each kind of entry in one line of a list; where people disagree, with every value.
extension EntryWords {
    /// What the candidates of a field say, each once; nil where there are none.
    func values(of field: String) -> String? {
        let texts = (view.fields[field]?.candidates ?? []).map { text(of: field, $0.value) }
        var seen: [String] = []
        for text in texts where !seen.contains(text) { seen.append(text) }
        return seen.isEmpty ? nil : seen.joined(separator: " | ")
    }

    /// The fields of a family that are there, in the order of their names.
    private func family(_ prefix: String) -> [String] {
        view.fields.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// Whether any candidate says something else than that it was not so.
    private func isSaid(_ field: String) -> Bool {
        (view.fields[field]?.candidates ?? []).contains { candidate in
            guard let json = candidate.value.json else { return false }
            return !json.isNull && json != "no"
        }
    }

    // MARK: check

    var checkWords: String {
        let result = values(of: "result") ?? "no result said"
        let vitals = family("vital.").compactMap { values(of: $0) }
        let answers = family("answer.").count
        var words = "check: \(result)"
        if answers > 0 { words += ", \(answers) \(answers == 1 ? "answer" : "answers")" }
        return ([words] + vitals).joined(separator: ", ")
    }

    /// The items of the checklist that nobody was asked, which is not “no”.
    public var notAsked: [String] {
        guard kind == .check else { return [] }
        return CheckForm.items.filter { view.fields["answer.\($0)"] == nil }
            .map { Self.label("answer.\($0)") }
    }

    // MARK: reaction

    var reactionWords: String {
        let symptoms = family("symptom.").filter(isSaid).map { field in
            let text = values(of: field) ?? ""
            return Self.label(field) + (text == "yes" ? "" : " \(text)")
        }
        let local = family("local.").filter(isSaid).map { field in
            let text = values(of: field) ?? ""
            return Self.label(field) + (text == "yes" ? "" : " \(text)")
        }
        let felt = symptoms + local
        var words = "reaction: " + (felt.isEmpty ? "nothing said" : felt.joined(separator: ", "))
        if let grade = values(of: "grade.assessed") { words += ", grade \(grade) by the clinic" }
        return words
    }

    // MARK: measurement

    var measurementWords: String {
        let code = view["measure"]?.stringValue
        let name = code.map(Self.measureLabel) ?? values(of: "measure") ?? "measure not said"
        return "\(name) \(values(of: "value") ?? "not said")"
    }

    /// `grip, left hand`.
    public static func measureLabel(_ code: String) -> String {
        measures[code] ?? spaced(code)
    }

    private static let measures: [String: String] = [
        "grip_l": "grip, left hand", "grip_r": "grip, right hand",
        "grip_force_l": "grip force, left hand", "grip_force_r": "grip force, right hand",
        "mrc_sum": "MRC sum", "incat": "INCAT", "onls": "ONLS", "irods": "I-RODS",
        "walk10m": "10 m walk", "weight": "weight", "igg_trough": "IgG",
        "infections": "infections", "antibiotic_courses": "antibiotic courses",
        "days_off": "days off", "hospital_days": "days in hospital",
        "vas_fatigue": "tiredness, 0 to 10", "vas_pain": "pain, 0 to 10",
        "vas_wearing_off": "wearing off, 0 to 10",
        "wearing_off_days": "days before the next dose that weakness returns",
    ]

    /// A measured value: the number first, then how it was come by.
    func measureValueWords(_ json: JSONValue) -> String {
        if let word = json.stringValue { return word == "unable" ? "unable" : Self.codeWords(word) }
        guard let object = json.objectValue,
            Register.isUnderstood(json, as: "value", of: .measurement)
        else { return Self.newer }
        if let arm = object["armPoints"]?.integerValue, let leg = object["legPoints"]?.integerValue
        {
            let (sum, overflow) = arm.addingReportingOverflow(leg)
            return overflow ? json.canonicalText : "\(sum) (arm \(arm), leg \(leg))"
        }
        let firsts = [
            "gripPascals", "forceGrams", "forcePoundHundredths", "points", "rawPoints",
            "walkMilliseconds", "weightGrams", "iggMilligramsPerLitre", "count", "days",
        ]
        let first = firsts.first { object[$0] != nil }
        var parts: [String] = []
        if let first, let number = object[first] { parts.append(anyWords(number, named: first)) }
        if let attempts = object["attemptsPascals"] {
            parts.append("of \(anyWords(attempts, named: "attemptsPascals"))")
        }
        if let method = object["method"]?.stringValue {
            parts.append(Self.methods[method] ?? Self.codeWords(method))
        }
        if let from = object["from"], let to = object["to"] {
            parts.append("\(anyWords(from, named: "from")) to \(anyWords(to, named: "to"))")
        }
        let said = ["attemptsPascals", "method", "from", "to", "muscles", "entryMethod"]
        for member in object.members where member.key != first && !said.contains(member.key) {
            let text = anyWords(member.value, named: member.key)
            parts.append("\(Self.memberLabel(member.key)) \(text)")
        }
        for muscle in object["muscles"]?.arrayValue ?? [] {
            parts.append(
                "\(muscle["muscle"]?.stringValue ?? "?")-\(muscle["side"]?.stringValue ?? "?") "
                    + (muscle["points"]?.integerValue.map { "\($0)" } ?? "?"))
        }
        return parts.joined(separator: ", ")
    }

    private static let methods = [
        "best_of": "the best", "mean_of": "the mean", "other": "by another method",
    ]

    // MARK: stock

    var stockWords: String {
        let lines = family("vials.").flatMap { field in
            (view.fields[field]?.candidates ?? []).compactMap { candidate in
                candidate.value.json.flatMap { VialLine(json: $0) }
            }
        }
        var vials: [String] = []
        for line in lines {
            let count = line.count?.value.map { "\($0)" } ?? "?"
            let size = line.vialMilligrams?.value.map { Grams(milligrams: $0).description } ?? "? g"
            let lot = line.lot.map { ", lot \($0.text)" } ?? ""
            let words = "\(count) x \(size) \(Self.productName(line, catalogue))\(lot)"
            if !vials.contains(words) { vials.append(words) }
        }
        let movements = (view.fields["movement"]?.candidates ?? []).map {
            $0.value.json?.stringValue ?? "?"
        }
        let act = Set(movements).sorted().map { movement in
            movement == "loss"
                ? (values(of: "loss") ?? "lost") : Self.movements[movement] ?? movement
        }
        return "stock: \(act.joined(separator: " | "))"
            + (vials.isEmpty ? "" : ", " + vials.joined(separator: "; "))
    }

    private static let movements = [
        "receipt": "received", "move": "moved out of the fridge", "count": "counted",
    ]

    // MARK: training, plan, notice, question

    var trainingWords: String {
        let who = values(of: "trainee").map { "\($0), " } ?? ""
        let skill = values(of: "skill") ?? "skill not said"
        return "training: \(who)\(skill), \(values(of: "result") ?? "no result said")"
    }

    /// A question with all its words; how it stands is the reader's to say.
    public var fullQuestion: String { questionText { $0 } }

    var questionWords: String {
        let text = questionText(Self.shortened)
        return "question: \(text)" + (values(of: "answer").map { "  \($0)" } ?? "  not answered")
    }

    private func questionText(_ shown: (String) -> String) -> String {
        let asked = (view.fields["ask"]?.candidates ?? []).map { candidate in
            let json = candidate.value.json
            return json?["text"]?.stringValue ?? json?["code"]?.stringValue.map(Self.codeWords)
                ?? "erased"
        }
        return asked.map(shown).joined(separator: " | ")
    }

    /// A notice in a few words: `lot K551A8441 of Octagam 5 %: do not use`.
    func noticeSummary(_ json: JSONValue) -> String {
        let key = json["product"]?.stringValue.map { ProductKey($0) }
        let product = key.flatMap { catalogue.product($0)?.name } ?? key?.text ?? "?"
        let advice = json["advice"]?.stringValue.map { ": " + Self.codeWords($0) } ?? ""
        return "lot \(json["lot"]?.stringValue ?? "?") of \(product)\(advice)"
    }
}
