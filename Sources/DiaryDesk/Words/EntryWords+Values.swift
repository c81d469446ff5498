import DiaryModel
import SyncCore

/// Values in words, as their row of the field table says what they are.
extension EntryWords {
    /// A value of any kind of entry but an infusion.
    func text(of field: String, _ json: JSONValue, _ kind: EntryKind) -> String {
        if field.hasPrefix("vials.") {
            return VialLine(json: json).map(lineWords) ?? Self.newer
        }
        if field == "time" { return timeWords(json) }
        if kind == .measurement, field == "value" { return measureValueWords(json) }
        return tableText(of: field, json, kind) ?? Self.newer
    }

    static let newer = "needs a newer version to be shown"

    /// A value by the shape of its row; nil where this version cannot read it.
    func tableText(of field: String, _ json: JSONValue, _ kind: EntryKind) -> String? {
        guard let row = FieldTable.row(kind: kind, field: field),
            Register.isUnderstood(json, as: field, of: kind)
        else { return nil }
        return words(json, as: row.shape, named: field)
    }

    private func timeWords(_ json: JSONValue) -> String {
        if let word = AnswerWord(json: json) { return word.rawValue }
        guard let time = TimeValue(json: json) else { return Self.newer }
        let end = time.end?.value.map { " to " + said($0).long } ?? ""
        return said(time.start).long + end + Self.clockWords(time)
    }

    /// A value of this shape.
    func words(_ json: JSONValue, as shape: ValueShape, named member: String) -> String {
        switch shape {
        case .either(let shapes):
            let shape = shapes.first { Self.fits(json, $0) }
            return shape.map { words(json, as: $0, named: member) } ?? anyWords(json, named: member)
        case .object(let members):
            guard let object = json.objectValue else { return anyWords(json, named: member) }
            return objectWords(object, members)
        case .list(let item, _):
            guard let items = json.arrayValue else { return anyWords(json, named: member) }
            return items.map { words($0, as: item, named: member) }.joined(separator: ", ")
        case .text:
            let text = json.stringValue ?? json.canonicalText
            return Self.codeMembers.contains(member) ? Self.codeWords(text) : text
        case .date, .moment, .entry, .event:
            return AnswerWord(json: json)?.rawValue ?? reference(json, as: shape)
        case .code, .exactly, .answer, .integer, .gtin, .anything:
            return anyWords(json, named: member)
        }
    }

    /// Texts that are codes of the clinic's and read better without their underscores.
    private static let codeMembers: Set<String> = ["code", "advice", "technique", "answer"]

    static func codeWords(_ code: String) -> String { code.replacing("_", with: " ") }

    private static func fits(_ json: JSONValue, _ shape: ValueShape) -> Bool {
        switch (json, shape) {
        case (.object(let object), .object(let members)):
            object.keys.allSatisfy { key in members.contains { $0.name == key } }
        case (.object, .moment): Moment(json: json) != nil
        case (.integer, .integer), (.array, .list): true
        case (.string(let text), .code(let codes)), (.string(let text), .exactly(let codes)):
            codes.contains(text)
        case (.string, .answer): Answer(json: json) != nil
        case (.string, .entry): EntryID(json: json) != nil
        case (.string, .text): true
        default: false
        }
    }

    /// A day, a moment, a person or an entry.
    private func reference(_ json: JSONValue, as shape: ValueShape) -> String {
        if case .date = shape, let text = json.stringValue, let wall = WallTime(text) {
            return wall.date.longWords
        }
        if let moment = Moment(json: json) { return said(moment).long }
        if let entry = EntryID(json: json) { return named(entry) }
        if let position = Position(json: json) { return Handle(of: position.id).text }
        return json.stringValue ?? json.canonicalText
    }

    private func objectWords(_ object: JSONObject, _ members: [ValueMember]) -> String {
        // Of blood pressure people say one over the other, without names.
        if let upper = object["systolicMmHg"]?.integerValue,
            let lower = object["diastolicMmHg"]?.integerValue
        {
            return "\(upper)/\(lower) mmHg"
        }
        let present = members.filter { object[$0.name] != nil }
        let required = members.filter(\.isRequired)
        return present.map { member in
            guard let value = object[member.name] else { return "" }
            let text = words(value, as: member.shape, named: member.name)
            // The one thing that has to be said needs no name beside it.
            let isPlain = required.count == 1 && member.isRequired
            return isPlain ? text : "\(Self.memberLabel(member.name)) \(text)"
        }.joined(separator: ", ")
    }

    /// A value by what it is, where no shape says more.
    func anyWords(_ json: JSONValue, named member: String) -> String {
        switch json {
        case .integer(let number): return WireUnit.of(member)?.words(number) ?? "\(number)"
        case .string(let text):
            if let wall = WallTime(text), wall.precision == .day {
                return wall.date.longWords
            }
            if let entry = EntryID(text) { return named(entry) }
            return Self.codeWords(text)
        case .bool(let flag): return flag ? "yes" : "no"
        case .null: return "removed"
        case .array(let items):
            return items.map { anyWords($0, named: member) }.joined(separator: ", ")
        case .object(let object):
            if let moment = Moment(json: json) { return said(moment).long }
            return object.members.map { one in
                "\(Self.memberLabel(one.key)) \(anyWords(one.value, named: one.key))"
            }.joined(separator: " ")
        }
    }
}

extension Register {
    /// Whether this version can read a value of a field.
    static func isUnderstood(_ json: JSONValue, as field: String, of kind: EntryKind) -> Bool {
        !Validator().findings(kind: kind, values: [field: json]).contains {
            $0.code == .notUnderstood && $0.field == field
        }
    }
}
