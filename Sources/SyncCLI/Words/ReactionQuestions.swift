import DiaryDesk
import DiaryModel

/// Asks at a terminal what a reaction still lacks; the emergency number stands above the first question.
struct ReactionQuestions {
    let desk: Desk
    let name: String
    let emergency: EmergencyWords

    /// Asks which infusion it was and how bad it was; Enter leaves a question open.
    func complete(_ form: inout ReactionForm, _ infusion: inout String?) throws {
        let terminal = Terminal.current
        guard terminal.isInteractive else { return }
        Output.complain(Terminal.safe(emergency.sentence))
        Output.complain("A reaction of \(Terminal.safe(name.uppercased())).")
        if infusion == nil {
            infusion = answer("After which infusion? [last, a day, a handle, not_sure]", terminal)
        }
        if form.onset == nil, form.day == nil {
            form.onset = answer("When did it begin? [now, 14:00, sunday 14:00]", terminal)
        }
        // Staff grade in a field of their own; how bad it was is for the patient to say.
        guard !desk.pen.role.isStaff else { return }
        for question in PlainAnswers.questions {
            try ask(question.name, question.text + " [y/n/?]", &form, terminal)
        }
    }

    private func answer(_ question: String, _ terminal: Terminal) -> String? {
        terminal.ask(question).flatMap { $0.isEmpty ? nil : $0 }
    }

    private func ask(
        _ name: String, _ question: String, _ form: inout ReactionForm, _ terminal: Terminal
    ) throws {
        guard form.plain[name] == nil else { return }
        while let typed = answer(question, terminal) {
            if form.plain.answer(name, typed) { return }
            Output.complain("Type y, n, or ? if you do not know; Enter leaves it open.")
        }
    }
}
