import DiaryModel
import SyncCore

/// Reads what a person typed into the form that the field table says a value has.
///
/// So a field that is a row can be typed and amended without further code. Nothing is guessed: what
/// does not read is nil, and whoever asked says what was expected.
struct TypedValue {
    let context: FormContext
    /// The day that a bare time of day belongs to.
    var day: CivilDate
    /// The entry of this handle or name, where a value is one.
    var entry: (String) -> EntryID?

    init(_ context: FormContext, day: CivilDate? = nil) {
        self.context = context
        self.day = day ?? context.today
        entry = { EntryID($0) ?? context.person(named: $0)?.entry }
    }

    /// The value of this shape that a text means.
    ///
    /// - Parameter member: the name under which it stands, which ends in its unit.
    func read(_ typed: String, as shape: ValueShape, named member: String) -> JSONValue? {
        let text = typed.trimmed
        switch shape {
        case .text:
            guard TypedText.isPrintable(text) else { return nil }
            return .string(text)
        case .answer: return Self.answer(text).map { .string($0) }
        case .code(let codes): return word(text) ?? Self.code(text, among: codes)
        case .exactly(let codes): return Self.code(text, among: codes)
        case .integer: return word(text) ?? number(text, named: member)
        case .date: return word(text) ?? date(text).map { .string($0.description) }
        case .moment: return word(text) ?? moment(text)
        case .gtin: return GTIN(text).map { .string($0.description) }
        case .entry: return word(text) ?? entry(text).map(\.json)
        case .object(let members): return word(text) ?? object(text, members)
        case .list(let item, _): return list(text, item, named: member)
        case .either(let shapes):
            return word(text) ?? shapes.lazy.compactMap { read(text, as: $0, named: member) }.first
        case .event, .anything: return nil
        }
    }

    /// Yes, no, unknown or declined, by word or first letter.
    static func answer(_ text: String) -> String? {
        switch text.lowercased() {
        case "y", "yes": "yes"
        case "n", "no": "no"
        case "unknown", "?": "unknown"
        case "declined": "declined"
        default: nil
        }
    }

    /// The code of a list that a text can only mean: that code, or the one that begins so.
    static func code(_ typed: String, among codes: [String]) -> JSONValue? {
        let wanted = folded(typed)
        guard !wanted.isEmpty else { return nil }
        let same = codes.filter { folded($0) == wanted }
        let begun =
            wanted.utf8.count < 3 ? [] : codes.filter { folded($0).hasPrefix(wanted) }
        let meant = same.isEmpty ? begun : same
        guard meant.count == 1, let one = meant.first else { return nil }
        return .string(one)
    }

    /// A name without what people spell as they like: case, spaces, dashes and underscores.
    static func folded(_ text: String) -> String {
        text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    }

    /// `unknown` and `declined` may stand for any value but printed text.
    private func word(_ text: String) -> JSONValue? {
        AnswerWord(rawValue: text.lowercased())?.json
    }

    private func number(_ text: String, named member: String) -> JSONValue? {
        let unit = WireUnit.of(member)
        let units = unit.map { $0.read(text) } ?? TypedDecimal.units(text, decimals: 0)
        return units.map { .integer($0) }
    }

    private func date(_ text: String) -> CivilDate? {
        DayName.date(text, today: context.today)
    }

    private func moment(_ text: String) -> JSONValue? {
        try? TypedMoment(text, day: day, now: context.now, zone: context.zone).moment.json
    }

    /// The value of an object's required members, with slashes between them: `120/80`.
    private func object(_ text: String, _ members: [ValueMember]) -> JSONValue? {
        let required = members.filter(\.isRequired)
        let parts =
            required.count == 1
            ? [text] : text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !required.isEmpty, parts.count == required.count else { return nil }
        var object: JSONObject = [:]
        for (member, part) in zip(required, parts) {
            guard let value = read(part, as: member.shape, named: member.name) else { return nil }
            object[member.name] = value
        }
        return .object(object)
    }

    private func list(
        _ text: String, _ item: ValueShape, named member: String
    ) -> JSONValue? {
        var values: [JSONValue] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = read(String(part), as: item, named: member) else { return nil }
            values.append(value)
        }
        return .array(values)
    }
}
