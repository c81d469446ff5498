import DiaryModel
public import SyncCore

/// The changes of one entry that were typed together: of one thing nobody says two.
public struct SaidOnce {
    private var heard: [String: TypedChange] = [:]

    public init() {}

    /// Takes the next change, of this field.
    ///
    /// - Throws: `DeskError.refused` where another said something else of the same.
    public mutating func hear(
        _ change: TypedChange, of field: String, in view: EntryView
    ) throws {
        let place = change.place(in: field, of: view)
        guard let before = heard.updateValue(change, forKey: place), before.text != change.text
        else { return }
        throw DeskError.refused([
            .init(
                field: place, code: Rejection.Code.malformed.rawValue,
                sentence: "It was said twice, “\(before.said)=\(before.text)” and "
                    + "“\(change.said)=\(change.text)”. Say it once.")
        ])
    }
}

extension TypedChange {
    /// The field, and the part of its value that this says, by whatever name it was typed.
    fileprivate func place(in field: String, of view: EntryView) -> String {
        let bareName = name.split(separator: ".").last.map(String.init) ?? name
        if field == "time" { return bareName == "end" ? "time/end" : "time/start" }
        if field.hasPrefix("vials.") {
            return bareName == "vials" || bareName == "line" ? field : "\(field)/\(bareName)"
        }
        guard let kind = EntryKind(rawValue: view.kind) else { return field }
        if kind == .measurement, field == "value" {
            let isNumber = bareName == view["measure"]?.stringValue
            return isNumber ? "value/value" : "value/\(TypedValue.folded(said))"
        }
        let found = TypedName(said, in: kind, present: [field])
        guard let found, found.field == field, let member = found.member else { return field }
        return "\(field)/\(member.name)"
    }
}
