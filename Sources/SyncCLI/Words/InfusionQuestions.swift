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

    /// Asks for what is missing; returns the fields that were copied whole from the last infusion.
    func complete(_ form: inout InfusionForm, copied: JSONObject) throws -> JSONObject {
        let terminal = Terminal.current
        guard terminal.isInteractive, !yes, form.notDone == nil else { return copied }
        var copied = copied
        Output.complain("Recording for \(Terminal.safe(diaryName.uppercased())).")
        nameDates(&form)
        let begun = try offerDraft(&form, terminal)
        if form.product == nil, form.vials == nil, copied.keys.isEmpty {
            copied = try offerLast(&form, terminal)
        }
        if form.scans.isEmpty {
            try ask(Question(name: "product", text: "Product?", path: \.product), &form, terminal)
        }
        try ask(
            Question(name: "vials", text: "Vials? (such as 8x4g)", path: \.vials), &form, terminal)
        try askLots(&form, terminal)
        if copied["infusedBy"] == nil {
            let who = "Who infused? [self/carer/nurse/other]"
            try ask(Question(name: "by", text: who, path: \.by), &form, terminal)
        }
        let look = "How did the solution look? [ok/problem/not checked]"
        try ask(Question(name: "looked", text: look, path: \.looked), &form, terminal)
        try askStart(&form, begun: begun, terminal)
        try ask(Question(name: "end", text: "End? [not yet]", path: \.end), &form, terminal)
        let sites = "Sites? (abdomen-L,abdomen-R) [not said]"
        try ask(Question(name: "sites", text: sites, path: \.sites), &form, terminal)
        return copied
    }

    /// Asks for the start; of what was begun on another day a bare time is that day's, as is Enter.
    private func askStart(
        _ form: inout InfusionForm, begun: CivilDate?, _ terminal: Terminal
    ) throws {
        guard let begun else {
            let text = form.day == nil ? "Start? [now]" : "Start? [not said]"
            return try ask(Question(name: "start", text: text, path: \.start), &form, terminal)
        }
        while let answer = terminal.ask("Start? [\(begun.longWords)]"), !answer.isEmpty {
            var tried = form
            tried.start = answer
            tried.day = TypedTimes.isBare(answer) ? "\(begun)" : nil
            guard let complaint = complaint(about: \.start, tried) else {
                form = tried
                nameDates(&form)
                return try keep(form)
            }
            Output.complain(Terminal.safe(complaint))
        }
        form.day = "\(begun)"
        try keep(form)
    }

    /// Asks until the answer can be read; Enter leaves it open.
    private func ask(
        _ question: Question, _ form: inout InfusionForm, _ terminal: Terminal
    ) throws {
        guard form[keyPath: question.path] == nil else { return }
        while let answer = terminal.ask(question.text), !answer.isEmpty {
            form[keyPath: question.path] = question.name == "looked" ? Self.look(answer) : answer
            guard let complaint = complaint(about: question.path, form) else {
                nameDates(&form)
                return try keep(form)
            }
            Output.complain(Terminal.safe(complaint))
            form[keyPath: question.path] = nil
        }
    }

    /// Why one answer cannot be read; nil if it can.
    func complaint(
        about path: WritableKeyPath<InfusionForm, String?>, _ form: InfusionForm
    ) -> String? {
        var alone = InfusionForm()
        alone[keyPath: path] = form[keyPath: path]
        alone.day = form.day
        if path == \InfusionForm.end { alone.start = form.start }
        return Self.sentences(of: alone, desk).first
    }

    /// What is wrong with what a form says, whatever it does not say.
    private static func sentences(of form: InfusionForm, _ desk: Desk) -> [String] {
        var warnings: [Warning] = []
        do {
            _ = try form.fields(
                now: desk.clock.now, zone: desk.zone, catalogue: desk.catalogue,
                warnings: &warnings)
            return []
        } catch let DeskError.refused(values) {
            return values.filter { $0.code != Rejection.Code.missing.rawValue }.map(\.sentence)
        } catch {
            return []
        }
    }

    private static func look(_ answer: String) -> String {
        switch answer.lowercased() {
        case "y", "yes", "clear": "ok"
        case "n", "no": "problem"
        case "not checked", "not": "not_done"
        default: answer
        }
    }

    /// Asks for the lot of each size of vials.
    private func askLots(_ form: inout InfusionForm, _ terminal: Terminal) throws {
        guard form.lotMissing == nil, form.scans.isEmpty else { return }
        let sizes = form.vials.flatMap { VialSpecification.list(typed: $0) } ?? []
        for (index, size) in sizes.enumerated().dropFirst(form.lots.count) {
            let grams = Grams(milligrams: size.vialMilligrams)
            let which = sizes.count == 1 ? "" : " of the \(size.count) x \(grams)"
            let question = "Lot\(which), as printed? [? if it cannot be read]"
            guard let lot = terminal.ask(question), !lot.isEmpty else { return }
            if lot == "?" {
                // What a reason stands for comes after the lots that are known.
                form.lotMissing = "unreadable"
                while form.expiries.count < sizes.count { form.expiries.append("") }
                if index < sizes.count - 1 {
                    Output.complain(
                        "The lots after it are kept as unreadable, too.   diary amend says them.")
                }
                return try keep(form)
            }
            form.lots.append(lot)
            Output.complain(Terminal.safe("Read it back:  \(LotWords(PrintedText(lot)).spaced)"))
            try keep(form)
            guard form.expiries.count == index else { continue }
            try askExpiry(&form, terminal)
        }
    }

    private func askExpiry(_ form: inout InfusionForm, _ terminal: Terminal) throws {
        while let typed = terminal.ask("Expiry? (2028-12) [not said]"), !typed.isEmpty {
            if Expiry(typed: typed, year: desk.today.year) != nil {
                form.expiries.append(typed)
                return try keep(form)
            }
            Output.complain("Type it as printed, such as 2028-12 or 2028-12-31.")
        }
        // Its place is kept, so that the next expiry is the next lot's.
        form.expiries.append("")
    }

    private func offerLast(
        _ form: inout InfusionForm, _ terminal: Terminal
    ) throws -> JSONObject {
        let copier = LikeLast(desk: desk)
        guard let last = try copier.last() else { return [:] }
        let words = DeskWords(desk: desk).entryWords(last)
        guard terminal.confirm("Like \(words.when(long: true)), \(words.what)?", default: true)
        else { return [:] }
        let copied = try copier.copy(into: &form)
        if let by = copied["infusedBy"].flatMap({ InfusedBy(json: $0) }) {
            form.by = form.by ?? by.code.rawValue
        }
        try keep(form)
        return copied
    }
}
