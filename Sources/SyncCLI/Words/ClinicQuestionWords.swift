import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// The clinic's questions, on a device and at the clinic.
extension DeskWords {
    /// All questions, those that wait for somebody first; what is printed has been shown.
    func questions(of patient: String? = nil) throws -> Reply {
        let (reply, shown): (Reply, [EntryView]) = try desk.read("questions") { reading in
            let handles = try reading.handles()
            let people = try reading.people()
            let views = try reading.transaction.entries(
                in: desk.diary, kinds: [EntryKind.question.rawValue]
            ).compactMap { try reading.view(of: $0.position) }
            let questions = views.map { (view: $0, question: Question($0)) }
            let waiting = questions.filter(\.question.isWaiting)
            var reply = Reply()
            for (view, question) in waiting + questions.filter({ !$0.question.isWaiting }) {
                let handle = handles.handle(of: view.entry.id)
                let words = entryWords(view, people)
                let whose = patient.map { "\($0)  " } ?? ""
                reply.say("\(handle)  \(whose)\(words.when(long: false))  \(words.fullQuestion)")
                guard question.isWaiting else {
                    reply.say("      \(question.state.words)")
                    continue
                }
                reply.say("      \(question.state.words); waits for \(question.asks)")
                reply.say("      " + nextCommand(question, handle))
                reply.note(.waits)
            }
            if views.isEmpty { reply.say("The clinic asks nothing.") }
            reply.json["questions"] = .array(
                questions.map { view, question in
                    json(view, question, handles.handle(of: view.entry.id))
                })
            return (reply, views)
        }
        for view in shown { try desk.markShown(view) }
        return reply
    }

    private func json(_ view: EntryView, _ question: Question, _ handle: Handle) -> JSONValue {
        .object([
            "answer": view["answer"] ?? .null, "ask": view["ask"] ?? .null,
            "conflicts": .array(view.conflicts.map(JSONValue.string)),
            "entry": .string(view.entry.id.text), "handle": .string(handle.text),
            "state": .string(question.state.code), "status": .string("\(view.status)"),
            "waitsFor": question.isWaiting ? .string(question.asks) : .null,
        ])
    }

    /// What is typed next: an answer, or the choice between two that stand there.
    private func nextCommand(_ question: Question, _ handle: Handle) -> String {
        guard question.state == .open else {
            return desk.pen.clinicKey == nil
                ? "diary conflicts show \(handle)" : "diary clinic conflicts \(handle)"
        }
        return answerCommand(handle)
    }

    private func answerCommand(_ handle: Handle) -> String {
        desk.pen.clinicKey == nil
            ? "diary questions answer \(handle) yes | no | unknown | declined"
            : "diary clinic question close \(handle) --answer yes | no | unknown"
    }

    /// Answers a question, if it is this person's to answer.
    func answer(_ entry: EntryID, _ typed: String, note: String?, yes: Bool) throws -> Reply {
        let answer = try AnswerForm(typed).answer()
        try desk.mayAnswer(entry)
        return try Amendment(desk: desk, entry: entry, yes: yes)
            .set(["answer": answer], why: note, reason: "asked")
    }
}

extension Question {
    /// Whose turn it is, while it waits.
    fileprivate var asks: String {
        switch ask?.to?.value {
        case nil: "the patient or a carer"
        case .patient: "the patient"
        case let role?: "a \(role.rawValue)"
        }
    }
}

extension Question.State {
    /// The stable form for programs.
    fileprivate var code: String {
        switch self {
        case .open: "open"
        case .answered: "answered"
        case .contested: "contested"
        case .voided: "voided"
        case .inQuestion: "in_question"
        case .toReview: "to_review"
        }
    }
}
