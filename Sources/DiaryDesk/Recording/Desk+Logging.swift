public import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// What was noted with an entry as it was saved.
    public struct Saved: Sendable {
        public let entry: EntryID
        public let warnings: [Warning]
    }

    /// Begins an entry of a kind; `words` become a note about it, kept with it or not at all.
    ///
    /// An infusion names the version of the plan that this device shows (domain 2.10).
    ///
    /// - Throws: `DeskError.refused` with every value that is impossible; `.notAllowed`.
    public func log(
        _ kind: String, set: JSONObject, about: JSONObject = [:],
        kept: [WarningCode: WarningAnswer] = [:], words: String? = nil
    ) throws -> Written<Saved> {
        let isFromPaper = about["entryMethod"].flatMap { EntryMethod(json: $0) } == .fromPaper
        try authorise(set.keys, of: kind, beginsEntry: true, isFromPaper: isFromPaper)
        try authorise(values: set, of: kind)
        return try write("log \(kind)") { reading, commit, generator in
            guard let known = EntryKind(rawValue: kind) else {
                throw DeskError.notPossible("entries of kind \(kind) need a newer version")
            }
            let hand = try AtHand(at: self, reading, known, set)
            var set = set
            if let version = hand.planVersion, set["planVersion"] == nil {
                set["planVersion"] = version.json
            }
            let validation = Validator(catalogue: catalogue).validate(
                kind: known, set: set, context: hand.context)
            try Self.check(validation)
            // Where there is no plan at all, that an infusion names none is no news.
            let warnings = validation.warnings.filter { hand.hasPlan || $0.code != .planAbsent }
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
    ///
    /// - Parameters:
    ///   - isFromPaper: it is said of the event that it was copied from paper.
    ///   - asks: of a question, the roles that it asks.
    func authorise(
        _ fields: [String], of kind: String, beginsEntry: Bool, isOwnEntry: Bool = true,
        isOwnWord: Bool = true, isFromPaper: Bool = false, asks: [Role] = []
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
                isOwnEntry: isOwnEntry, isOwnWord: isOwnWord,
                nursesMaySignPlans: pen.nursesMaySignPlans, asks: asks)
            switch write.answer {
            case .allowed: continue
            case .allowedFromPaper where isFromPaper: continue
            case .allowedFromPaper:
                throw DeskError.notAllowed(
                    "\(pen.role.rawValue) records what stands on paper; say so with --from-paper")
            case .refused(let whoMay):
                let others = whoMay.filter { $0 != pen.role }
                let who =
                    others.isEmpty
                    ? "only who wrote it" : others.map(\.rawValue).joined(separator: ", ")
                throw DeskError.notAllowed(
                    "\(pen.role.rawValue) may not set \(field) of this \(kind.rawValue); \(who) may"
                )
            }
        }
    }

    /// Values that not everybody may say who may set their field.
    func authorise(values set: JSONObject, of kind: String) throws {
        let isFatal = kind == EntryKind.reaction.rawValue && set["outcome"]?["code"] == "fatal"
        guard !isFatal || [.nurse, .pharmacist, .doctor].contains(pen.role) else {
            throw DeskError.notAllowed(
                "that somebody died is for the clinic to record; nurse, pharmacist, doctor may")
        }
    }

    /// Adds a person to the diary.
    public func addPerson(name: String, role: Role) throws -> Written<EntryID> {
        let set: JSONObject = ["name": .string(name), "role": .string(role.rawValue)]
        try authorise(set.keys, of: Vocabulary.personKind, beginsEntry: true)
        return try write("add person") { _, commit, generator in
            try Self.check(
                Validator(catalogue: catalogue).validate(
                    kind: .person, set: set, context: ValidationContext(atMs: clock.now)))
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
