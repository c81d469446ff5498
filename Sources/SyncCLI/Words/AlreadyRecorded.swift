import DiaryDesk
import DiaryStore
import SyncCore

/// What looks like the infusion that somebody is about to save, and what they say of it.
///
/// At a terminal it is asked before anything is saved; elsewhere, and with `--yes`, what was typed is
/// saved and the question stays open.
struct AlreadyRecorded {
    let desk: Desk
    let asks: Bool
    private let alike: [EntryView]
    private var isAnother = false

    init(_ set: JSONObject, at desk: Desk, yes: Bool) throws {
        self.desk = desk
        asks = Terminal.current.isInteractive && !yes
        alike = try desk.alreadyRecorded(set)
    }

    /// The entry as it is on record, where the person says that it is the same one; nothing is saved then.
    ///
    /// - Throws: `Refused.unanswered` where nobody says whether it is.
    mutating func opened() throws -> Reply? {
        guard asks else { return nil }
        for view in alike {
            let (words, who) = try said(of: view)
            let question = "\(who) recorded \(words). Is it the same one?"
            guard let isSame = Terminal.current.answer(question, default: true) else {
                throw Refused.unanswered
            }
            if isSame {
                var reply = try DeskWords(desk: desk).show(view.entry.id)
                reply.lines.insert("It is recorded already; nothing new was saved.", at: 0)
                return reply
            }
        }
        isAnother = !alike.isEmpty
        return nil
    }

    /// Says it of what has been saved: keeps the answer, or names the question.
    func conclude(_ entry: EntryID, _ reply: inout Reply) {
        guard !alike.isEmpty else { return }
        let handle = Handle(of: entry)
        for view in alike {
            let other = Handle(of: view.entry.id)
            // The infusion is saved, whatever becomes of the answer: without one the question stays.
            if isAnother, (try? desk.link(different: view.entry.id, entry)) != nil {
                reply.say("Kept with it: \(handle) and \(other) are two infusions.")
            } else {
                let known = try? said(of: view)
                let words = known.map { ": \($0.words), recorded by \($0.who)" } ?? ""
                reply.say("It looks like \(other)\(words).")
                reply.say("diary duplicates  asks whether they are one.")
            }
        }
        reply.json["looksLike"] = .array(alike.map { .string($0.entry.id.text) })
    }

    private func said(of view: EntryView) throws -> (words: String, who: String) {
        try desk.read("show") { reading in
            let words = DeskWords(desk: desk).entryWords(view)
            let who = try reading.people().shortAuthor(
                reading.recorder(of: view.entry.id), on: view.entry.replica)
            return ("\(words.what), \(words.when(long: true))", who)
        }
    }
}
