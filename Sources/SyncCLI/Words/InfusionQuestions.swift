import DiaryDesk
import DiaryModel
import SyncCore

/// Asks at a terminal for what an infusion still lacks; each answer is kept as a draft at once.
struct InfusionQuestions {
    let desk: Desk
    let diaryName: String
    let yes: Bool

    /// One thing that can be asked.
    private struct Question {
        let name: String
        let text: String
        let path: WritableKeyPath<InfusionForm, String?>
    }

    func complete(_ form: inout InfusionForm, likeLast: Bool) throws {
        let terminal = Terminal.current
        guard terminal.isInteractive, !yes, form.notDone == nil else { return }
        Output.complain("Recording for \(diaryName.uppercased()).")
        try offerDraft(&form, terminal)
        if form.product == nil, form.vials == nil, !likeLast { try offerLast(&form, terminal) }
        let questions = [
            Question(name: "product", text: "Product?", path: \.product),
            Question(name: "vials", text: "Vials? (such as 8x4g)", path: \.vials),
        ]
        for question in questions { try ask(question, &form, terminal) }
        try askLot(&form, terminal)
        let optional = [
            Question(
                name: "looked", text: "How did the solution look? [ok/problem/not checked]",
                path: \.looked),
            Question(name: "start", text: "Start? [now]", path: \.start),
            Question(name: "end", text: "End? [not yet]", path: \.end),
            Question(name: "sites", text: "Sites? (abdomen-L,abdomen-R) [not said]", path: \.sites),
        ]
        for question in optional { try ask(question, &form, terminal) }
    }

    private func ask(
        _ question: Question, _ form: inout InfusionForm, _ terminal: Terminal
    ) throws {
        guard form[keyPath: question.path] == nil,
            let answer = terminal.ask(question.text), !answer.isEmpty
        else { return }
        form[keyPath: question.path] = question.name == "looked" ? Self.look(answer) : answer
        try keep(form)
    }

    private static func look(_ answer: String) -> String {
        switch answer.lowercased() {
        case "y", "yes", "clear": "ok"
        case "n", "no": "problem"
        case "not checked", "not": "not_done"
        default: answer
        }
    }

    private func askLot(_ form: inout InfusionForm, _ terminal: Terminal) throws {
        guard form.lots.isEmpty, form.lotMissing == nil else { return }
        guard let lot = terminal.ask("Lot, as printed? [? if it cannot be read]"), !lot.isEmpty
        else { return }
        if lot == "?" {
            form.lotMissing = "unreadable"
        } else {
            form.lots = [lot]
            let spaced = LotWords(PrintedText(lot)).spaced
            Output.complain("Read it back:  \(spaced)")
        }
        try keep(form)
        if form.expiries.isEmpty, let expiry = terminal.ask("Expiry? (2028-12) [not said]"),
            !expiry.isEmpty
        {
            form.expiries = [expiry]
            try keep(form)
        }
    }

    private func offerLast(_ form: inout InfusionForm, _ terminal: Terminal) throws {
        let copier = LikeLast(desk: desk)
        guard let last = try copier.last() else { return }
        let words = DeskWords(desk: desk).entryWords(last)
        guard terminal.confirm("Like \(words.when(long: true)), \(words.what)?", default: true)
        else { return }
        _ = try copier.copy(into: &form)
        try keep(form)
    }

    // MARK: The draft

    private static var paths: [(String, WritableKeyPath<InfusionForm, String?>)] {
        [
            ("product", \.product), ("vials", \.vials), ("lotMissing", \.lotMissing),
            ("looked", \.looked), ("start", \.start), ("end", \.end), ("sites", \.sites),
            ("route", \.route), ("by", \.by),
        ]
    }

    private func keep(_ form: InfusionForm) throws {
        var draft: JSONObject = [:]
        for (name, path) in Self.paths {
            if let text = form[keyPath: path] { draft[name] = .string(text) }
        }
        draft["lots"] = .array(form.lots.map(JSONValue.string))
        draft["expiries"] = .array(form.expiries.map(JSONValue.string))
        try desk.keepDraft("infusion", .object(draft))
    }

    private func offerDraft(_ form: inout InfusionForm, _ terminal: Terminal) throws {
        guard let draft = try desk.draft("infusion"), form.vials == nil else { return }
        guard terminal.confirm("You had begun one. Go on with it?", default: true) else {
            return try desk.forgetDraft("infusion")
        }
        for (name, path) in Self.paths where form[keyPath: path] == nil {
            form[keyPath: path] = draft[name]?.stringValue
        }
        if form.lots.isEmpty {
            form.lots = draft["lots"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }
        if form.expiries.isEmpty {
            form.expiries = draft["expiries"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }
    }
}
