import DiaryModel
import SyncCore

/// The field, and the member of its value, that a typed name stands for in entries of one kind.
///
/// Found in the field table: `temperature` is the field `vital.temperature`, `headache` is
/// `symptom.headache`, `supplier` the member of `delivery`, `dose` the member `doseMilligrams` of `plan`.
struct TypedName {
    let field: String
    let row: FieldRow
    /// The member that is set alone; nil for the whole value.
    let member: ValueMember?

    /// - Parameter present: the fields that the entry has already.
    /// - Returns: nil where no field of this kind is called so.
    init?(_ typed: String, in kind: EntryKind, present: [String] = []) {
        let name = Self.aliases[kind]?[TypedValue.folded(typed)] ?? typed
        guard let found = Self.wholeField(name, in: kind, present) ?? Self.member(name, in: kind)
        else { return nil }
        self = found
    }

    /// A field, or a member of its value.
    init(_ field: String, _ row: FieldRow, _ member: ValueMember? = nil) {
        self.field = field
        self.row = row
        self.member = member
    }

    /// What people say instead of a field's own name.
    private static let aliases: [EntryKind: [String: String]] = [
        .check: [
            "bp": "vital.blood_pressure", "temp": "vital.temperature", "spo2": "vital.oxygen",
        ],
        .plan: [
            "every": "intervalDays", "from": "effectiveFrom", "ends": "effectiveUntil",
            "due": "dueMode",
            "grace": "graceDays", "weight": "weightGrams",
        ],
        .training: ["until": "validUntil"],
    ]

    private static func rows(_ kind: EntryKind) -> [FieldRow] {
        FieldTable.rows.filter { $0.kinds.contains(kind) && !$0.isOfAll }
    }

    private static func wholeField(
        _ name: String, in kind: EntryKind, _ present: [String]
    ) -> TypedName? {
        if let row = FieldTable.row(kind: kind, field: name), !row.isOfAll {
            return TypedName(name, row)
        }
        let wanted = TypedValue.folded(name)
        let rows = rows(kind)
        // A field by its own name, or by the last part of it.
        for isWhole in [true, false] {
            for row in rows where row.pattern.isSingle {
                let field = row.pattern.description
                let part = isWhole ? field : field.split(separator: ".").last.map(String.init)
                if part.map(TypedValue.folded) == wanted { return TypedName(field, row) }
            }
        }
        // A family by one of its keys.
        for row in rows {
            guard let keys = row.pattern.keys ?? freeKeys(of: row, kind) else { continue }
            for key in keys where TypedValue.folded(key) == wanted {
                if let field = row.pattern.field(ofKey: key) { return TypedName(field, row) }
            }
        }
        let own = present.first {
            $0.split(separator: ".").last.map { TypedValue.folded(String($0)) } == wanted
        }
        return own.flatMap { field in
            FieldTable.row(kind: kind, field: field).map { TypedName(field, $0) }
        }
    }

    /// The keys that people may type of a family whose keys the table leaves open.
    private static func freeKeys(of row: FieldRow, _ kind: EntryKind) -> [String]? {
        kind == .check && row.pattern.matches("answer.pregnancy") ? CheckForm.items : nil
    }

    private static func member(_ name: String, in kind: EntryKind) -> TypedName? {
        // A member is said by its name alone, or with its field: `supplier`, `delivery.supplier`.
        let parts = name.split(separator: ".").map { TypedValue.folded(String($0)) }
        guard let wanted = parts.last, parts.count <= 2 else { return nil }
        for row in rows(kind) where row.pattern.isSingle {
            guard case .object(let members) = row.shape else { continue }
            if parts.count == 2, parts[0] != TypedValue.folded(row.pattern.description) { continue }
            let found = members.first {
                TypedValue.folded($0.name) == wanted
                    || TypedValue.folded(WireUnit.bare($0.name)) == wanted
            }
            if let found { return TypedName(row.pattern.description, row, found) }
        }
        return nil
    }

    /// The value of the field when this is said of it.
    ///
    /// - Parameter base: what it says now, of which the other members stay.
    /// - Throws: `DeskError.refused` with what was expected.
    func value(_ text: String, from base: JSONValue?, reading: TypedValue) throws -> JSONValue {
        guard let member else {
            if let value = reading.read(text, as: row.shape, named: field) { return value }
            throw refusal(text, row.sentence)
        }
        guard let value = reading.read(text, as: member.shape, named: member.name) else {
            throw refusal(text, member.sentence.map { "Expected \($0)." } ?? row.sentence)
        }
        var object = base?.objectValue ?? [:]
        object[member.name] = value
        return .object(object)
    }

    private func refusal(_ text: String, _ sentence: String) -> DeskError {
        let place = member.map { "\(field)/\($0.name)" } ?? field
        return .refused([
            .init(
                field: place, code: Rejection.Code.malformed.rawValue,
                sentence: "“\(text)” was not understood. \(sentence)")
        ])
    }

    /// A name that people make up, as a key of the wire: lower case, with underscores for spaces.
    static func key(_ typed: String) -> String {
        typed.trimmed.lowercased().replacing(" ", with: "_").replacing("-", with: "_")
    }

    /// The names that are known of a kind, for whoever typed another.
    static func known(in kind: EntryKind) -> [String] {
        rows(kind).flatMap { row -> [String] in
            if row.isVialLine { return ["lot", "count", "expiry", "product", "size"] }
            if let keys = row.pattern.keys ?? freeKeys(of: row, kind) {
                return row.pattern.field(ofKey: "x") == nil ? [] : keys
            }
            guard row.pattern.isSingle else { return [] }
            let field = row.pattern.description
            return field == "time" ? ["start", "end"] : [field]
        }
    }
}

extension FieldRow {
    /// Of every kind of entry: status and links, which have commands of their own.
    var isOfAll: Bool { kinds.count == EntryKind.allCases.count }
    var isVialLine: Bool { pattern.matches("vials.1") }
}
