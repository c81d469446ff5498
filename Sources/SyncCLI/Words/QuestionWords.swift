import FoundationEssentials
import DiaryStore
import DiaryDesk
import DiaryModel
import SyncCore

/// What people wrote differently, and what was recorded twice, in words.
extension DeskWords {
    /// All that waits for a person in this diary.
    func conflictList(and between: [Waiting] = []) throws -> Reply {
        try desk.read("conflicts") { reading in
            let waiting = try waiting(in: reading, and: between)
            var reply = Reply()
            reply.lines = try lines(for: waiting, in: reading)
            if waiting.isEmpty { reply.say(Self.heading(0)) }
            let pages = try reading.conflictPages()
            reply.json["conflicts"] = .array(
                pages.map {
                    [
                        "entry": .string($0.entry.text),
                        "handle": .string(Handle(of: $0.entry).text),
                        "fields": .array($0.questions.map { .string($0.field) }),
                        "view": .string($0.mark),
                    ]
                })
            reply.json["waiting"] = Self.json(waiting)
            if !waiting.isEmpty { reply.note(.waits) }
            return reply
        }
    }

    func conflict(of entry: EntryID) throws -> Reply {
        let handle = Handle(of: entry)
        guard let page = try desk.showConflicts(of: entry) else {
            return Reply("Everything about \(handle) is settled.", json: ["questions": []])
        }
        return try desk.read("conflicts") { reading in
            let people = try reading.people()
            let words = entryWords(page.view)
            var reply = Reply(
                "\(page.view.kind.capitalized), \(words.when(long: true)).   "
                    + "Everything else is settled.   view \(page.mark)")
            var answers: [String] = []
            for question in page.questions {
                reply.say(EntryWords.label(question.field))
                for option in question.options {
                    let candidate = option.candidate
                    let who = people.author(candidate.author, on: candidate.event.replica)
                    reply.say(
                        "  \(option.letter)  \(fieldText(words, question.field, candidate.value))")
                    reply.say("     \(who), \(time(candidate.at)). \(Self.seen(by: option))")
                }
                if question.field == "time", let length = page.lengthWords {
                    reply.say("     \(length)")
                }
                for unseen in question.unseen {
                    reply.say(
                        "     meanwhile corrected \(try correction(unseen, of: page, reading))")
                }
                answers.append(
                    question.field == Vocabulary.status
                        ? "status=active | status=voided"
                        : question.options.map {
                            "\(Self.answerName(question.field, page.view))=\($0.letter)"
                        }.joined(separator: " | "))
            }
            for answer in answers {
                let command = "diary conflicts resolve \(handle) \(answer)"
                reply.say(desk.pen.clinicKey == nil ? command : Output.atClinic(command))
            }
            reply.json = viewJSON(page.view, handle: handle)
            reply.json["view"] = .string(page.mark)
            reply.json["questions"] = .array(
                page.questions.map { question in
                    [
                        "field": .string(question.field),
                        "options": .array(
                            question.options.map {
                                [
                                    "event": $0.candidate.event.json,
                                    "letter": .string($0.letter),
                                    "value": $0.candidate.value.json ?? .null,
                                ]
                            }),
                    ]
                })
            reply.note(.waits)
            return reply
        }
    }

    /// What the writer of a value knew of the others.
    private static func seen(by option: ConflictPage.Option) -> String {
        guard option.hadSeen.isEmpty else {
            return "Had seen \(option.hadSeen.joined(separator: ", "))."
        }
        // Who settled two values was shown both; only the other answer was not there yet.
        return option.isAnswer
            ? "Answered what was open; had not seen the other answer." : "Had seen no other."
    }

    private func correction(
        _ position: Position, of page: ConflictPage, _ reading: Reading
    ) throws -> String {
        let events = try reading.transaction.events(of: page.entry, in: desk.diary)
        guard let line = events.first(where: { $0.line.id == position.id })?.line else { return "" }
        let people = try reading.people()
        let fields = line.envelope.fields.map(EntryWords.label).joined(separator: ", ")
        return "\(fields) (\(people.author(line.envelope.author, on: position.replica)), "
            + "\(time(line.envelope.at)))"
    }

    /// The name a person types for a field: `lot` for the only vial line.
    static func answerName(_ field: String, _ view: EntryView) -> String {
        guard field.hasPrefix("vials.") else { return field }
        let lines = view.fields.keys.filter { $0.hasPrefix("vials.") }
        return lines.count == 1 ? "lot" : field
    }

    // MARK: duplicates

    /// The copies of this diary, and what looks like one in it and in another of the patient's.
    func duplicates(and between: [Waiting] = [], saysNone: Bool = true) throws -> Reply {
        let (reply, shown): (Reply, [EntryView]) = try desk.read("duplicates") { reading in
            let totals = try reading.totals()
            let handles = try reading.handles()
            let people = try reading.people()
            var reply = Reply()
            var shown: [EntryView] = []
            var pairs = totals.probableDuplicates.map {
                ($0.left, $0.right, "look like one infusion")
            }
            for question in totals.openLinks where question.entries.count >= 2 {
                pairs.append((question.entries[0], question.entries[1], question.kind.words))
            }
            for (left, right, why) in pairs {
                reply.say(
                    "\(handles.handle(of: left)) and \(handles.handle(of: right)): \(why)")
                for id in [left, right] {
                    guard let view = try reading.view(of: id) else { continue }
                    let words = entryWords(view)
                    let author = view.fields[Vocabulary.status]?.candidates.first
                    let who = people.shortAuthor(author?.author, on: view.entry.replica)
                    reply.say(
                        "  \(handles.handle(of: id))  \(words.when(long: false))  \(words.what)  (\(who))"
                    )
                    shown.append(view)
                }
                let names = "\(handles.handle(of: left)) \(handles.handle(of: right))"
                reply.say("diary duplicates same \(names)       one infusion; the first counts")
                reply.say("diary duplicates different \(names)  two infusions; do not ask again")
            }
            reply.lines += try lines(for: between, in: reading)
            if pairs.isEmpty, saysNone { reply.say("No two entries look like one.") }
            if !pairs.isEmpty || !between.isEmpty { reply.note(.waits) }
            reply.say("Given in all: \(totals.given.milligrams).")
            reply.json = [
                "highMilligrams": .integer(totals.given.milligrams.high),
                "lowMilligrams": .integer(totals.given.milligrams.low),
                "pairs": .array(
                    pairs.map { [.string($0.0.text), .string($0.1.text)] }),
            ]
            return (reply, shown)
        }
        for view in shown { try desk.markShown(view) }
        return reply
    }

    func link(same: Bool, _ one: EntryID, _ other: EntryID) throws -> Reply {
        let before = try desk.read("duplicates") { try $0.totals().given.milligrams }
        let written =
            same ? try desk.link(same: one, other) : try desk.link(different: one, other)
        let (after, otherwise) = try desk.read("duplicates") { reading in
            (
                try reading.totals().given.milligrams,
                try saidOtherwise(
                    of: Vocabulary.link(one, other).field, in: written.result, reading)
            )
        }
        let both = "\(Handle(of: one)) and \(Handle(of: other))"
        var reply = Reply(
            json: [
                "contested": .bool(!otherwise.isEmpty), "highMilligrams": .integer(after.high),
                "lowMilligrams": .integer(after.low),
            ])
        if !otherwise.isEmpty {
            reply.lines += contested(
                "\(both): you say \(same ? "one infusion" : "two infusions").", otherwise,
                written.result)
        } else if same {
            reply.say(
                "\(Handle(of: one)) counts; \(Handle(of: other)) is set aside. Both stay in every recall."
            )
        } else {
            reply.say("\(both) are two infusions; both count.")
        }
        reply.say("Given in all: \(after)" + (before == after ? "." : ".  (was \(before))"))
        if written.continuedAsNewReplica { reply.say(Self.continuedSentence) }
        return reply
    }

    /// Two infusions in two diaries; the desk is at the one that holds the entry of the smaller id.
    func link(differentInTwoDiaries one: EntryID, _ other: EntryID) throws -> Reply {
        let written = try desk.link(different: min(one, other), elsewhere: max(one, other))
        let otherwise = try desk.read("duplicates") { reading in
            try saidOtherwise(of: Vocabulary.link(one, other).field, in: written.result, reading)
        }
        let both = "\(Handle(of: one)) and \(Handle(of: other))"
        var reply = Reply(json: ["contested": .bool(!otherwise.isEmpty)])
        reply.lines =
            otherwise.isEmpty
            ? ["\(both) are two infusions, each in its diary; both count."]
            : contested("\(both): you say two infusions.", otherwise, written.result)
        if written.continuedAsNewReplica { reply.say(Self.continuedSentence) }
        return reply
    }

    private func contested(_ own: String, _ otherwise: [String], _ entry: EntryID) -> [String] {
        let show = "So it waits for a person.   diary conflicts show \(Handle(of: entry))"
        return [own] + otherwise + [show]
    }

    /// What others say of two copies whom this person had not seen, where the answers differ.
    private func saidOtherwise(
        of field: String, in entry: EntryID, _ reading: Reading
    ) throws -> [String] {
        guard let page = try reading.conflictPage(of: entry),
            let question = page.questions.first(where: { $0.field == field })
        else { return [] }
        let people = try reading.people()
        let words = entryWords(page.view)
        // Their own answer is the last event of the entry here.
        let own = try reading.transaction.events(of: page.view.entry, in: desk.diary).last?.line.id
        return question.options.map(\.candidate).filter { $0.event.id != own }.map {
            "\(people.author($0.author, on: $0.event.replica)), had said: "
                + fieldText(words, field, $0.value) + "."
        }
    }

    // MARK: resolve

    func resolve(
        _ entry: EntryID, _ typed: [String], mark: String?, why: String?
    ) throws -> Reply {
        guard let page = try desk.read("conflicts", { try $0.conflictPage(of: entry) }) else {
            return Reply("Everything about \(Handle(of: entry)) is settled already.")
        }
        let context = try desk.formContext()
        var answers: [String: Desk.Answer] = [:]
        var once = SaidOnce()
        for text in typed {
            guard let change = TypedChange(text) else {
                throw Refused(
                    "“\(text)” is no answer. Type  lot=a  or  lot=\"as printed on the vial\"",
                    code: "no_answer", exit: .usage)
            }
            let field = try self.field(for: change, on: page)
            try once.hear(change, of: field, in: page.view)
            let isLetter =
                change.text.utf8.count == 1 && change.text.first?.isLetter == true
                && field != "status"
            var base = page.view.fields[field]?.candidates.first?.value.json
            switch answers[field] {
            case .value(let said)? where !isLetter: base = said
            case nil: break
            case .value?, .letter?:
                // A letter is the whole value of one person, and leaves nothing else to be said of it.
                throw Refused(
                    "“\(text)” is one answer too many: a letter stands alone.",
                    code: "no_answer", exit: .usage)
            }
            answers[field] =
                isLetter
                ? .letter(change.text.lowercased())
                : .value(
                    try desk.naming(change, page.view)
                        .value(of: field, in: page.view, from: base, context))
        }
        guard !answers.isEmpty else {
            throw Refused("Say which, such as  lot=a", code: "no_answer", exit: .usage)
        }
        let written = try desk.resolve(
            entry, answers, mark: mark, reason: nil, words: why)
        let reply: Reply = try desk.read("show") { reading in
            guard let view = try reading.view(of: entry) else { return Reply() }
            let words = entryWords(view)
            var reply = Reply()
            for field in answers.keys.sorted() {
                let values = view.fields[field]?.candidates.map {
                    fieldText(words, field, $0.value)
                }
                reply.say(
                    "\(Handle(of: entry)) \(EntryWords.label(field)) is "
                        + "\(values?.joined(separator: " | ") ?? "nothing"), decided now. "
                        + "The other stays in the history.")
            }
            if written.continuedAsNewReplica { reply.say(Self.continuedSentence) }
            reply.json = viewJSON(view, handle: Handle(of: entry))
            return reply
        }
        return reply
    }

    private func field(for change: TypedChange, on page: ConflictPage) throws -> String {
        let open = page.questions.map(\.field)
        if let field = open.first(where: { $0.lowercased() == change.name }) { return field }
        let lines = open.filter { $0.hasPrefix("vials.") }
        if ["lot", "count", "expiry", "line"].contains(change.name), let line = lines.first,
            lines.count == 1
        {
            return line
        }
        if let link = open.first(where: { $0.hasPrefix(Vocabulary.linkPrefix) }),
            change.name == "link"
        {
            return link
        }
        let field = try change.field(in: page.view)
        guard open.contains(field) else {
            throw DeskError.notPossible("\(change.name) is settled; diary amend changes it")
        }
        return field
    }
}
