public import DiaryModel
public import SyncCore

/// What a person says of a reaction: `headache=2 wheeze=yes`, what was done, and how bad it was.
///
/// How bad is asked in plain words, and the grade follows from the answers (domain 2.4); staff grade in a
/// field of their own.
public struct ReactionForm: Sendable {
    /// Symptoms and other things as `name=value`: `headache=2`, `abdomen-L.pain=4`, `1.lump=20mm`.
    public var words: [String] = []
    /// What was done, with commas between: `slowed,paracetamol`.
    public var did: String?
    /// The infusion it belongs to; nil where nobody was asked.
    public var infusion: Of?
    public var plain = PlainAnswers()
    public var outcome: String?
    public var onset: String?
    public var end: String?
    public var day: String?

    public init() {}

    /// What a reaction belongs to.
    public enum Of: Sendable {
        case infusion(EntryID, sites: [Site])
        case notSure
    }

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func fields(_ context: FormContext, warnings: inout [Warning]) throws -> JSONObject {
        var reader = FormReader(context)
        reader.readTime(start: onset, end: end, day: day)
        switch infusion {
        case .infusion(let entry, _): reader.set["infusion"] = entry.json
        case .notSure: reader.set["infusion"] = "not_sure"
        case nil: break
        }
        var plain = plain
        var further: [TypedChange] = []
        for word in reader.words(words, such: "headache=2") where !plain.take(word) {
            if !readLocal(word, &reader) { further.append(word) }
        }
        readActions(&reader)
        if let outcome { further.append(TypedChange(name: "outcome", text: outcome)) }
        reader.read(further, of: .reaction, TypedValue(context))
        for problem in plain.problems { reader.refuse("grade.said", .notInList, problem) }
        if reader.set["grade.said"] == nil, let said = plain.said(doing: actions(in: reader.set)) {
            reader.set["grade.said"] = said
        }
        if reader.refused.isEmpty, reader.set.keys.allSatisfy({ $0 == "time" || $0 == "infusion" })
        {
            reader.refuse(
                "symptom", .missing,
                "Say what was felt, such as headache=2, or other=yes with a note.")
        }
        return try reader.result(warnings: &warnings)
    }

    // MARK: What was done

    private func readActions(_ reader: inout FormReader) {
        guard let did else { return }
        let row = FieldTable.row(kind: .reaction, field: "action.none")
        for typed in did.split(separator: ",").map({ String($0).trimmed }) where !typed.isEmpty {
            let keys = row?.pattern.keys ?? []
            guard let code = TypedValue.code(typed, among: keys)?.stringValue else {
                reader.refuse(
                    "action", .notInList,
                    "“\(typed)” is none of what can be done: \(keys.joined(separator: ", ")). "
                        + "Say anything else in a note.")
                continue
            }
            reader.set["action.\(code)"] = "yes"
        }
    }

    private func actions(in set: JSONObject) -> [String] {
        set.members.filter { $0.key.hasPrefix("action.") && $0.value == "yes" }
            .map { String($0.key.dropFirst(7)) }
    }

    // MARK: At the site

    /// Reads `SITE.CODE=…`; false where the word is something else.
    private func readLocal(_ word: TypedChange, _ reader: inout FormReader) -> Bool {
        let parts = word.said.split(separator: ".").map(String.init)
        let codes =
            FieldTable.row(kind: .reaction, field: "local.1.pain")?.pattern.keys ?? []
        guard let last = parts.last, parts.count == 2 || (parts.count == 3 && parts[0] == "local"),
            let code = TypedValue.code(last, among: codes)?.stringValue
        else { return false }
        let typed = parts[parts.count - 2]
        guard let site = siteName(typed) else {
            let known = sites.map { "\($0.label) (\($0.id?.text ?? "?"))" }
            reader.refuse(
                "local", .notInList,
                "“\(typed)” is no site of that infusion. It has: \(known.joined(separator: ", ")).")
            return true
        }
        guard let value = Self.localValue(word.text, of: code) else {
            reader.refuse(
                "local.\(site).\(code)",
                code == "pain"
                    ? "Pain is 0 to 10, or yes, no, unknown."
                    : "Type yes, no, unknown, or how large it was, such as 20mm.")
            return true
        }
        reader.put(value, in: "local.\(site).\(code)")
        return true
    }

    private var sites: [Site] {
        if case .infusion(_, let sites) = infusion { sites } else { [] }
    }

    /// The name by which the infusion's sites call what a person typed; as typed where it names none.
    private func siteName(_ typed: String) -> String? {
        guard !sites.isEmpty else { return typed }
        let wanted = TypedValue.folded(typed)
        return sites.first {
            $0.id?.text == typed || TypedValue.folded($0.label) == wanted
        }?.id?.text
    }

    /// `yes`, `4` for a pain, `20mm` for a size.
    static func localValue(_ text: String, of code: String) -> JSONValue? {
        if let answer = TypedValue.answer(text) { return .string(answer) }
        if code == "pain" {
            return TypedDecimal.units(text, decimals: 0).map { ["painPoints": .integer($0)] }
        }
        // A bare number could be a pain or a size, so the unit has to be there.
        guard text.lowercased().hasSuffix("mm") else { return nil }
        return WireUnit.of("sizeMillimetres")?.read(text).map { ["sizeMillimetres": .integer($0)] }
    }
}
