import DiaryDesk
import DiaryModel
import SyncCore

/// Asks the checklist item by item at a terminal; each answer is kept as a draft at once.
struct CheckQuestions {
    let desk: Desk
    let name: String

    /// Asks what is not answered yet; Enter leaves an item open, which is “not asked”.
    func complete(_ form: inout CheckForm) throws {
        let terminal = Terminal.current
        guard terminal.isInteractive else {
            throw Refused(
                "Nobody can be asked here. Say the answers, such as  diary check feels_well=yes",
                code: "no_terminal", exit: .usage)
        }
        Output.complain("Before an infusion of \(Terminal.safe(name.uppercased())).")
        nameDates(&form)
        try offerDraft(&form, terminal)
        let planned = try desk.plannedChecks().map(\.item.text)
        for item in planned.isEmpty ? CheckForm.items : planned {
            let label = EntryWords.label("answer.\(item)")
            // An item of the clinic's own is typed with the field's first part.
            let name = CheckForm.items.contains(item) ? item : "answer.\(item)"
            try ask(name, "\(label.prefix(1).uppercased() + label.dropFirst())? [y/n/?]", &form)
        }
        for vital in CheckForm.vitals { try ask(vital, Self.asking[vital] ?? vital, &form) }
        try ask("result", "How does it go on? [proceed/proceed_after_advice/postponed]", &form)
    }

    private static let asking = [
        "temperature": "Temperature in °C? [not measured]",
        "bp": "Blood pressure, such as 120/80? [not measured]",
        "pulse": "Pulse a minute? [not counted]",
        "oxygen": "Oxygen in %? [not measured]",
    ]

    /// What a form says is on record: a draft that says no more is done with.
    func conclude(_ form: CheckForm) throws {
        var form = form
        nameDates(&form)
        try desk.forgetDraft("check", saidBy: Self.draft(of: form))
    }

    /// What a form says; no item of a checklist is called `day` or `start`.
    private static func draft(of form: CheckForm) -> Draft {
        let times = [form.day.map { "day=\($0)" }, form.start.map { "start=\($0)" }]
        return Draft(.array((times.compactMap(\.self) + form.answers).map(JSONValue.string)))
    }

    private static func times(of form: CheckForm) -> TypedTimes {
        TypedTimes(start: form.start, day: form.day)
    }

    /// Says the times of a form by their dates: who goes on with it may do so on another day.
    private func nameDates(_ form: inout CheckForm) {
        let times = Self.times(of: form).dated(now: desk.clock.now, zone: desk.zone)
        (form.start, form.day) = (times.start, times.day)
    }

    private func offerDraft(_ form: inout CheckForm, _ terminal: Terminal) throws {
        let offered = try BegunDraft.offered(
            "check", to: Self.draft(of: form), Self.times(of: form), command: "diary check --ask",
            at: desk, terminal)
        guard let begun = offered else { return }
        let times = begun.completing(Self.times(of: form))
        form.start = times.start
        form.day = times.day ?? begun.day(of: times).map { "\($0)" }
        let answers = begun.draft.json.arrayValue?.compactMap(\.stringValue) ?? []
        form.answers += try answers.filter { answer in
            try !form.answers.contains(answer)
                && !BegunDraft.timeNames.contains { answer.hasPrefix("\($0)=") }
                && complaint(about: answer) == nil
        }
        try desk.takeUpDraft("check", as: Self.draft(of: form))
    }

    private func ask(_ name: String, _ question: String, _ form: inout CheckForm) throws {
        guard !form.answers.contains(where: { $0.hasPrefix(name + "=") }) else { return }
        while let answer = Terminal.current.ask(question), !answer.isEmpty {
            form.answers.append("\(name)=\(answer)")
            guard let complaint = try complaint(about: "\(name)=\(answer)") else {
                return try desk.keepDraft("check", Self.draft(of: form))
            }
            form.answers.removeLast()
            Output.complain(Terminal.safe(complaint))
        }
    }

    /// Why one answer cannot be read; nil if it can.
    private func complaint(about answer: String) throws -> String? {
        var alone = CheckForm()
        alone.answers = [answer]
        var warnings: [Warning] = []
        do {
            _ = try alone.fields(try desk.formContext(), warnings: &warnings)
            return nil
        } catch let DeskError.refused(values) {
            return values.first?.sentence
        }
    }
}
