import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// The clinic's questions, on a device and at the clinic.
extension DeskWords {
    /// All questions, those without an answer first; what is printed has been shown.
    func questions(of patient: String? = nil) throws -> Reply {
        let (reply, shown): (Reply, [EntryView]) = try desk.read("questions") { reading in
            let handles = try reading.handles()
            let people = try reading.people()
            let views = try reading.transaction.entries(
                in: desk.diary, kinds: [EntryKind.question.rawValue]
            ).compactMap { try reading.view(of: $0.position) }
            let open = views.filter { $0.fields["answer"] == nil && $0.status == .active }
            let others = views.filter { view in !open.contains { $0.entry == view.entry } }
            var reply = Reply()
            for view in open + others {
                let handle = handles.handle(of: view.entry.id)
                let words = entryWords(view, people)
                let whose = patient.map { "\($0)  " } ?? ""
                reply.say("\(handle)  \(whose)\(words.when(long: false))  \(words.fullQuestion)")
                if open.contains(where: { $0.entry == view.entry }) {
                    reply.say("      " + answerCommand(handle))
                    reply.note(.waits)
                }
            }
            if views.isEmpty { reply.say("The clinic asks nothing.") }
            reply.json["questions"] = .array(
                views.map { view in
                    .object([
                        "answer": view["answer"] ?? .null, "ask": view["ask"] ?? .null,
                        "conflicts": .array(view.conflicts.map(JSONValue.string)),
                        "entry": .string(view.entry.id.text),
                        "handle": .string(handles.handle(of: view.entry.id).text),
                        "status": .string("\(view.status)"),
                    ])
                })
            return (reply, views)
        }
        for view in shown { try desk.markShown(view) }
        return reply
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
