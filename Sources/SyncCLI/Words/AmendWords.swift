import DiaryStore
import DiaryDesk
import DiaryModel
import SyncCore

/// Amending from a line of text, at home and at the clinic.
struct Amendment {
    let desk: Desk
    let entry: EntryID
    /// Go on without asking, although more has come than was shown.
    let yes: Bool

    /// Sets what `changes` say; asks first where a sync has brought more than was printed.
    func run(_ typed: [String], why: String?, reason: String?) throws -> Reply {
        guard !typed.isEmpty else {
            throw Refused(
                "Say what to change, such as  lot=P100423971", code: "no_change", exit: .usage)
        }
        let changes = try typed.map { text in
            guard let change = TypedChange(text) else {
                throw Refused(
                    "“\(text)” is no change. Type  name=value,  such as  lot=P100423971",
                    code: "no_change", exit: .usage)
            }
            return change
        }
        let plan = try desk.read("show") { try self.plan(changes, in: $0) }
        guard !plan.set.keys.isEmpty else { return nothingToDo }
        return try carryOut(plan, why: why, reason: reason)
    }

    struct Plan {
        var set: JSONObject = [:]
        var said: [String] = []
        var context: [Position] = []
        var more: [String] = []
    }

    private func plan(_ changes: [TypedChange], in reading: Reading) throws -> Plan {
        guard let view = try reading.view(of: entry) else {
            throw DeskError.noSuchEntry(Handle(of: entry).text)
        }
        try desk.requireCounting(view)
        let context = try reading.formContext(at: desk)
        var plan = Plan(context: view.context)
        var once = SaidOnce()
        for typed in changes {
            let change = try typed.naming(in: reading, view, today: desk.today)
            let field = try change.field(in: view)
            try once.hear(change, of: field, in: view)
            let base = plan.set[field] ?? view.fields[field]?.candidates.first?.value.json
            let value = try change.value(of: field, in: view, from: base, context)
            say(change.name, field, value, change, of: view, in: &plan)
        }
        plan.more = try Unseen(desk: desk, reading: reading, view: view).sentences
        return plan
    }

    /// Takes one change into the plan, with what the field says now and will say.
    private func say(
        _ name: String, _ field: String, _ value: JSONValue, _ change: TypedChange?,
        of view: EntryView, in plan: inout Plan
    ) {
        if plan.set[field] == nil, view[field] == value { return }
        let words = DeskWords(desk: desk)
        let entryWords = words.entryWords(view)
        func text(_ value: Register.Value) -> String {
            let whole = words.fieldText(entryWords, field, value)
            return change.map { short($0, whole, value.json) } ?? whole
        }
        plan.set[field] = value
        let old = (view.fields[field]?.candidates ?? []).map { text($0.value) }
        plan.said.append(
            "\(name)  \(old.isEmpty ? "not said" : old.joined(separator: " | ")) -> "
                + text(.said(value)))
    }

    /// Sets whole fields that a command has read already; asks first as `run` does.
    func set(_ fields: JSONObject, why: String?, reason: String?) throws -> Reply {
        let plan = try desk.read("show") { reading -> Plan in
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            var plan = Plan(context: view.context)
            for field in fields.members {
                say(EntryWords.label(field.key), field.key, field.value, nil, of: view, in: &plan)
            }
            plan.more = try Unseen(desk: desk, reading: reading, view: view).sentences
            return plan
        }
        guard !plan.set.keys.isEmpty else { return nothingToDo }
        return try carryOut(plan, why: why, reason: reason)
    }

    private var nothingToDo: Reply {
        Reply(
            "\(Handle(of: entry)) says that already. Nothing was written.",
            json: ["entry": .string(entry.text), "fields": []])
    }

    /// The part of a value that this change is about.
    private func short(_ change: TypedChange, _ text: String, _ json: JSONValue?) -> String {
        if let time = json.flatMap({ TimeValue(json: $0) }) {
            guard change.name == "end" else { return desk.when(time.start).long }
            return time.end?.value.map { desk.when($0).long } ?? "not recorded"
        }
        guard let line = json.flatMap({ VialLine(json: $0) }) else { return text }
        return switch change.name.split(separator: ".").last {
        case "lot": line.lot?.text ?? "no lot"
        case "count": line.count?.value.map(String.init) ?? "?"
        case "expiry": line.expiry?.value?.printed?.text ?? "no expiry"
        default: text
        }
    }

    private func carryOut(_ plan: Plan, why: String?, reason: String?) throws -> Reply {
        let handle = Handle(of: entry)
        var seen = Desk.Seen.lastPrinted
        if !plan.more.isEmpty {
            let terminal = Terminal.current
            guard
                yes
                    || terminal.confirm(
                        (plan.more + ["Amend it all the same?"]).joined(separator: "\n"))
            else {
                var refused = Refused(code: "more_has_come", exit: .waits)
                refused.lines =
                    plan.more + [
                        "Nothing was done. Look first:  diary show \(handle)"
                    ]
                throw refused
            }
            seen = .exactly(plan.context)
        }
        let written = try desk.amend(
            entry, set: plan.set, reason: reason ?? (why == nil ? "slip" : "other"), words: why,
            seen: seen)
        var reply = Reply()
        for said in plan.said { reply.say("\(handle)  \(said).") }
        let place = desk.pen.clinicKey == nil ? "Saved here." : "Saved at the clinic."
        reply.say("\(place) What it said before stays in the history and in every recall.")
        for warning in written.result.warnings {
            reply.say("Noted with it: \(warning.sentence)")
        }
        if written.continuedAsNewReplica { reply.say(DeskWords.continuedSentence) }
        reply.json = [
            "entry": .string(entry.text), "fields": .array(plan.set.keys.map(JSONValue.string)),
            "handle": .string(handle.text),
        ]
        return reply
    }
}

/// What has come to an entry since it was last printed for this person.
struct Unseen {
    let desk: Desk
    let reading: Reading
    let view: EntryView

    var sentences: [String] {
        get throws {
            let id = view.entry.id
            let handle = Handle(of: id)
            guard
                let shown = try reading.transaction.shown(
                    of: id, to: desk.reader, in: desk.diary)
            else { return ["\(handle) has not been shown to you yet."] }
            let words = DeskWords(desk: desk)
            let people = try reading.people()
            var lines: [String] = []
            for event in try reading.broughtSince(shown, to: view) {
                let line = event.line
                let values = line.envelope.fields.map { field in
                    let value: Register.Value = line.body?.set[field].map { .said($0) } ?? .erased
                    return EntryWords.label(field) + " "
                        + words.fieldText(words.entryWords(view), field, value)
                }
                lines.append(
                    "\(handle) also says \(values.joined(separator: ", ")) since "
                        + "\(words.time(line.envelope.at)) "
                        + "(\(people.shortAuthor(line.envelope.author, on: line.envelope.replica)))."
                )
            }
            return lines
        }
    }
}
