public import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// What was noted with an entry as it was saved.
    public struct Saved: Sendable {
        public let entry: EntryID
        public let warnings: [Warning]
    }

    /// What the checks may know besides the entry itself.
    func checkingContext(_ reading: Reading) -> ValidationContext {
        ValidationContext(atMs: clock.now)
    }

    /// Begins an entry of a kind; `words` become a note about it, kept with it or not at all.
    ///
    /// - Throws: `DeskError.refused` with every value that is impossible; `.notAllowed`.
    public func log(
        _ kind: String, set: JSONObject, about: JSONObject = [:],
        kept: [WarningCode: WarningAnswer] = [:], words: String? = nil
    ) throws -> Written<Saved> {
        try authorise(set.keys, of: kind, beginsEntry: true)
        return try write("log \(kind)") { reading, commit, generator in
            guard let known = EntryKind(rawValue: kind) else {
                throw DeskError.notPossible("entries of kind \(kind) need a newer version")
            }
            let validation = Validator(catalogue: catalogue).validate(
                kind: known, set: set, context: checkingContext(reading))
            try Self.check(validation)
            // Where there is no plan at all, that an infusion names none is no news.
            let hasPlan = try !reading.transaction.entries(
                in: diary, kinds: [EntryKind.plan.rawValue], limit: 1
            ).isEmpty
            let warnings = validation.warnings.filter { hasPlan || $0.code != .planAbsent }
            let draft = EventDraft.begin(
                kind, set: set, about: about.noting(warnings, kept: kept),
                author: pen.author)
            let position = try commit.write(draft, using: &generator)
            if let words {
                try note(words, about: position, of: position, &commit, &generator)
            }
            // Its writer has seen what they wrote.
            try reading.transaction.setShown(
                VectorClock([position]), of: position.id, to: reader, in: diary)
            return Saved(entry: position.id, warnings: warnings)
        }
    }

    static func check(_ validation: Validation) throws {
        guard validation.rejections.isEmpty else {
            throw DeskError.refused(
                validation.rejections.map {
                    DeskError.RefusedValue(
                        field: $0.field, code: $0.code.rawValue, sentence: $0.sentence)
                })
        }
    }

    /// Whether this person's role may set these fields; the check is here, where a person types.
    ///
    /// - Throws: `DeskError.notAllowed` with who may.
    func authorise(
        _ fields: [String], of kind: String, beginsEntry: Bool, isOwnEntry: Bool = true,
        isOwnWord: Bool = true
    ) throws {
        guard let kind = EntryKind(rawValue: kind) else {
            throw DeskError.notPossible("entries of kind \(kind) need a newer version")
        }
        for field in fields {
            let isOfEvery = field == Vocabulary.status || field.hasPrefix(Vocabulary.linkPrefix)
            guard isOfEvery || FieldTable.row(kind: kind, field: field) != nil else {
                throw DeskError.notPossible("of \(kind.rawValue) nothing is kept as “\(field)”")
            }
            let write = FieldWrite(
                role: pen.role, kind: kind, field: field, beginsEntry: beginsEntry,
                isOwnEntry: isOwnEntry, isOwnWord: isOwnWord)
            guard case .refused(let whoMay) = write.answer else { continue }
            let who =
                whoMay.isEmpty
                ? "only who wrote it" : whoMay.map(\.rawValue).joined(separator: ", ")
            throw DeskError.notAllowed(
                "\(pen.role.rawValue) may not set \(field) of this \(kind.rawValue); \(who) may")
        }
    }

    /// Adds a person to the diary.
    public func addPerson(name: String, role: Role) throws -> Written<EntryID> {
        try write("add person") { reading, commit, generator in
            let set: JSONObject = ["name": .string(name), "role": .string(role.rawValue)]
            try Self.check(
                Validator(catalogue: catalogue).validate(
                    kind: .person, set: set, context: checkingContext(reading)))
            let draft = EventDraft.begin(Vocabulary.personKind, set: set, author: pen.author)
            return try commit.write(draft, using: &generator).id
        }
    }
}

extension JSONObject {
    /// This `about` with the warnings that were kept, each with why.
    func noting(_ warnings: [Warning], kept: [WarningCode: WarningAnswer] = [:]) -> JSONObject {
        var about = self
        for warning in warnings {
            let (key, value) = warning.kept(because: kept[warning.code] ?? .notSaid)
            about[key] = value
        }
        return about
    }
}
