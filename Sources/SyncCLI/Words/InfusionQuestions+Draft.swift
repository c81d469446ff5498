import DiaryDesk
import DiaryModel
import SyncCore

/// What was answered of an infusion is kept as a draft until it is saved.
extension InfusionQuestions {
    static var paths: [(String, WritableKeyPath<InfusionForm, String?>)] {
        [
            ("product", \.product), ("vials", \.vials), ("lotMissing", \.lotMissing),
            ("looked", \.looked), ("day", \.day), ("start", \.start), ("end", \.end),
            ("sites", \.sites), ("route", \.route), ("by", \.by), ("rate", \.rate),
            ("weight", \.weight), ("pump", \.pump), ("part", \.part), ("outcome", \.outcome),
            ("elsewhere", \.elsewhere),
        ]
    }

    private static var listPaths: [(String, WritableKeyPath<InfusionForm, [String]>)] {
        [
            ("lots", \.lots), ("expiries", \.expiries), ("scans", \.scans),
            ("premedications", \.premedications),
        ]
    }

    /// What a form says.
    private func draft(of form: InfusionForm) -> Draft {
        var draft: JSONObject = [:]
        for (name, path) in Self.paths {
            if let text = form[keyPath: path] { draft[name] = .string(text) }
        }
        for (name, path) in Self.listPaths {
            draft[name] = .array(form[keyPath: path].map(JSONValue.string))
        }
        return Draft(.object(draft))
    }

    /// Says the times of a form by their dates: who goes on with it may do so on another day.
    func nameDates(_ form: inout InfusionForm) {
        let times = Self.times(of: form).dated(now: desk.clock.now, zone: desk.zone)
        (form.start, form.end, form.day) = (times.start, times.end, times.day)
    }

    private static func times(of form: InfusionForm) -> TypedTimes {
        TypedTimes(start: form.start, end: form.end, day: form.day)
    }

    /// Keeps what was answered so far.
    func keep(_ form: InfusionForm) throws {
        try desk.keepDraft("infusion", draft(of: form))
    }

    /// What a form says is on record: a draft that says no more is done with.
    func conclude(_ form: InfusionForm) throws {
        var form = form
        nameDates(&form)
        try desk.forgetDraft("infusion", saidBy: draft(of: form))
    }

    /// What is refused is asked again, and does not stand in the way of the rest.
    func reopening<Answer>(_ form: InfusionForm, _ save: () throws -> Answer) throws -> Answer {
        do {
            return try save()
        } catch DeskError.refused(let values) {
            try reopen(form, refused: values)
            throw DeskError.refused(values)
        }
    }

    /// The answers of a draft that a field was made of, where they are not called as the field is.
    private static let answers: [Substring: [String]] = [
        "course": ["part"], "infusedBy": ["by"], "place": ["elsewhere"],
        "premed": ["premedications"], "rates": ["rate"], "time": ["start", "end", "day"],
        "vials": ["vials", "lotMissing", "lots", "expiries", "scans"],
        "visualCheck": ["looked"], "weightGrams": ["weight"],
    ]

    private func reopen(_ form: InfusionForm, refused values: [DeskError.RefusedValue]) throws {
        var form = form
        nameDates(&form)
        guard let kept = try desk.draft("infusion"), kept.isPart(of: draft(of: form)),
            let said = kept.json.objectValue
        else { return }
        let refused = Set(
            values.filter { $0.code != Rejection.Code.missing.rawValue }.flatMap { value in
                let name = value.field.prefix { $0 != "." }
                return Self.answers[name] ?? [String(name)]
            })
        var left: JSONObject = [:]
        for member in said.members where !refused.contains(member.key) {
            left[member.key] = member.value
        }
        guard left != said else { return }
        try desk.takeUpDraft("infusion", as: Draft(.object(left)))
    }

    /// - Returns: the day on which it was begun, where it was on another and nothing says when.
    func offerDraft(_ form: inout InfusionForm, _ terminal: Terminal) throws -> CivilDate? {
        let offered = try BegunDraft.offered(
            "infusion", to: draft(of: form), Self.times(of: form), command: "diary log infusion",
            at: desk, terminal
        ) { [scans = form.scans] draft in
            // Who scans what was typed there is about another one, too.
            !scans.isEmpty && (draft.json["product"] != nil || draft.json["vials"] != nil)
        }
        guard let begun = offered else { return nil }
        let times = begun.completing(Self.times(of: form))
        (form.start, form.end, form.day) = (times.start, times.end, times.day)
        let json = begun.draft.json
        for (name, path) in Self.paths where form[keyPath: path] == nil {
            form[keyPath: path] =
                BegunDraft.timeNames.contains(name) ? nil : json[name]?.stringValue
            if complaint(about: path, form) != nil { form[keyPath: path] = nil }
        }
        for (name, path) in Self.listPaths where form[keyPath: path].isEmpty {
            form[keyPath: path] = json[name]?.arrayValue?.compactMap(\.stringValue) ?? []
        }
        try desk.takeUpDraft("infusion", as: draft(of: form))
        return begun.day(of: times)
    }
}
