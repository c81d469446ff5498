import DiaryModel
import SyncCore

extension FormReader {
    init(_ context: FormContext) {
        self.init(now: context.now, zone: context.zone, catalogue: context.catalogue)
    }

    /// What was read, or every value that could not be read.
    func result(warnings: inout [Warning]) throws -> JSONObject {
        warnings += self.warnings
        guard refused.isEmpty else { throw DeskError.refused(refused) }
        return set
    }

    /// `name=value` words as the field table reads them; a name said twice with two values is refused.
    mutating func read(_ words: [TypedChange], of kind: EntryKind, _ reading: TypedValue) {
        for word in words {
            guard let name = TypedName(word.said, in: kind) else {
                let known = TypedName.known(in: kind).joined(separator: ", ")
                refuse(word.said, .notInList, "“\(word.said)” is not known. Known are: \(known).")
                continue
            }
            do {
                put(
                    try name.value(word.text, from: set[name.field], reading: reading),
                    in: name.field, isPart: name.member != nil)
            } catch let DeskError.refused(values) {
                refused += values
            } catch {
                refuse(name.field, name.row.sentence)
            }
        }
    }

    /// Sets a field once; two answers to one question are nobody's guess.
    mutating func put(_ value: JSONValue, in field: String, isPart: Bool = false) {
        if !isPart, let before = set[field], before != value {
            return refuse(
                field, "\(EntryWords.label(field)) was said twice. Say it once.")
        }
        set[field] = value
    }

    /// What is typed as `name=value`; anything else is refused with an example.
    mutating func words(_ typed: [String], such example: String) -> [TypedChange] {
        typed.compactMap { text -> TypedChange? in
            if let word = TypedChange(text) { return word }
            refuse(text, "“\(text)” says no value. Type name=value, such as \(example).")
            return nil
        }
    }

    /// A text that has to be printable, in a member of an object.
    mutating func text(_ typed: String?, _ place: String) -> JSONValue? {
        guard let typed else { return nil }
        guard TypedText.isPrintable(typed) else {
            refuse(place, "A text has letters, digits or signs that can be printed.")
            return nil
        }
        return .string(typed.trimmed)
    }

    /// A number with its unit, in units of the wire.
    mutating func number(
        _ typed: String?, _ member: String, in field: String, such example: String,
        unit: WireUnit? = nil
    ) -> JSONValue? {
        guard let typed else { return nil }
        let read =
            (unit ?? WireUnit.of(member)).map { $0.read(typed) }
            ?? TypedDecimal.units(typed.trimmed, decimals: 0)
        guard let read else {
            refuse("\(field)/\(member)", "“\(typed)” is no number I can read. Type \(example).")
            return nil
        }
        return .integer(read)
    }

    /// A day as people name it.
    mutating func date(_ typed: String?, _ member: String, in field: String) -> CivilDate? {
        guard let typed else { return nil }
        guard let date = DayName.date(typed.trimmed, today: zone.day(atMs: now)) else {
            refuse(
                "\(field)/\(member)", "“\(typed)” is no day I can read. Type 2026-03-29 or today.")
            return nil
        }
        return date
    }

    /// A moment as people name it.
    mutating func moment(_ typed: String?, _ member: String, in field: String) -> JSONValue? {
        guard let typed else { return nil }
        do {
            return try TypedMoment(typed, day: zone.day(atMs: now), now: now, zone: zone)
                .moment.json
        } catch let DeskError.refused(values) {
            refused += values.map {
                .init(field: "\(field)/\(member)", code: $0.code, sentence: $0.sentence)
            }
        } catch {
            refuse("\(field)/\(member)", "\(error)")
        }
        return nil
    }

    /// A code of a list.
    mutating func code(
        _ typed: String?, _ codes: [String], _ place: String, _ what: String
    ) -> JSONValue? {
        guard let typed else { return nil }
        if let code = TypedValue.code(typed, among: codes) { return code }
        refuse(place, .notInList, "\(what) is one of \(codes.joined(separator: ", ")).")
        return nil
    }

    /// The person of this name in the diary.
    mutating func person(
        _ typed: String?, _ place: String, _ context: FormContext
    ) -> JSONValue? {
        guard let typed else { return nil }
        if let person = context.person(named: typed) { return person.entry.json }
        let names = context.people.map(\.name).joined(separator: ", ")
        refuse(
            place, .notInList,
            "Nobody in this diary is called “\(typed)”, or several are. It knows: \(names).")
        return nil
    }
}
