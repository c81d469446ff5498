import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// What is printed alike by the device's commands and by the clinic's.
struct DeskWords {
    let desk: Desk

    func entryWords(_ view: EntryView, _ people: PeopleBook? = nil) -> EntryWords {
        EntryWords(
            view, catalogue: desk.catalogue, zone: desk.zone, now: desk.clock.now, people: people)
    }

    /// The same with what an entry holds whose beginning does not count: it is to review, not empty.
    func entryWords(
        _ view: EntryView, in reading: Reading, _ people: PeopleBook? = nil
    ) throws -> EntryWords {
        EntryWords(
            view, written: try reading.asWritten(view), catalogue: desk.catalogue,
            zone: desk.zone, now: desk.clock.now, people: people)
    }

    /// `Sun 29 Mar 18:02`, in the diary's zone.
    func time(_ at: Timestamp) -> String { desk.when(at.milliseconds).short }

    /// `Sun 29 Mar 2026 18:02`, for what may be years old.
    func timeWithYear(_ at: Timestamp) -> String {
        let wall = desk.zone.wall(atMs: at.milliseconds)
        return "\(wall.date.weekday.name.prefix(3)) \(wall.date.shortWords) \(wall.clockFace)"
    }

    func clockFace(_ milliseconds: Int64) -> String {
        desk.zone.wall(atMs: milliseconds).clockFace
    }

    // MARK: list

    func list(limit: Int?, confirmed: VectorClock?) throws -> Reply {
        try desk.read("list") { reading in
            let handles = try reading.handles()
            let coverage = try reading.events.coverage(of: confirmed?.positions ?? [])
            let unconfirmed = Set(try reading.entries(beyond: coverage).map(\.position))
            var reply = Reply()
            var rows: [[String]] = []
            // What the clinic has not confirmed may be there, or on another device, all the same.
            let hasClinic = try reading.transaction.pinnedClinic(in: desk.diary) != nil
            let here = hasClinic ? "not yet confirmed" : "here"
            var onlyHere = 0
            var json: [JSONValue] = []
            let entries = try reading.entries().filter {
                try desk.sees($0.position.id, in: reading)
            }
            for summary in entries {
                guard let view = try reading.view(of: summary.position) else { continue }
                let words = try entryWords(view, in: reading)
                let isHere = unconfirmed.contains(summary.position)
                if isHere { onlyHere += 1 }
                let handle = handles.handle(of: view.entry.id).text
                rows.append([
                    handle, words.when(long: false), words.what + Self.mark(view),
                    desk.pen.clinicKey != nil ? "" : isHere ? here : "clinic",
                ])
                json.append([
                    "confirmed": .bool(!isHere),
                    "conflicts": .array(view.conflicts.map(JSONValue.string)),
                    "entry": .string(view.entry.id.text), "handle": .string(handle),
                    "kind": .string(view.kind), "status": .string("\(view.status)"),
                    "toReview": .integer(Int64(view.toReview.count)),
                    "what": .string(words.what), "when": .string(words.when(long: false)),
                ])
            }
            if let limit, limit >= 0, rows.count > limit { rows = Array(rows.prefix(limit)) }
            reply.lines = Self.table(["", "when", "what", "where"], rows)
            let count = entries.count
            if count == 0, desk.pen.clinicKey == nil {
                reply.say("No entry yet.   diary log infusion  records the first.")
            } else if rows.count < count {
                reply.say("Shown are the newest \(rows.count).")
            }
            let counted = "\(count) \(count == 1 ? "entry" : "entries")."
            if desk.pen.clinicKey != nil || count == 0 {
                reply.say(counted)
            } else if !hasClinic {
                reply.say(counted + " This diary has joined no clinic.")
            } else if onlyHere == 0 {
                reply.say(counted + " All are confirmed by the clinic.")
            } else {
                let are = onlyHere == 1 ? "is" : "are"
                reply.say(counted + " \(onlyHere) \(are) not yet confirmed by the clinic.")
            }
            reply.json = [
                "entries": .array(json), "count": .integer(Int64(count)),
                "onlyHere": .integer(Int64(onlyHere)),
            ]
            return reply
        }
    }

    /// What of an entry is open, behind its line in a list.
    private static func mark(_ view: EntryView) -> String {
        var marks = view.conflicts.isEmpty ? [] : ["two values"]
        if !view.toReview.isEmpty, !view.beginsToReview { marks.append("a change to review") }
        return marks.isEmpty ? "" : "  (\(marks.joined(separator: ", ")))"
    }

    /// Columns of even width, handles first.
    static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    // MARK: show

    func show(_ entry: EntryID) throws -> Reply {
        let (reply, printed): (Reply, EntryView) = try desk.read("show") { reading in
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            let handle = try reading.handles().handle(of: entry)
            let people = try reading.people()
            let words = try entryWords(view, in: reading, people)
            var reply = Reply("\(handle)  \(words.when(long: true))  \(words.what)")
            for detail in words.details {
                let lines = detail.text.split(
                    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                reply.say("  \(detail.label): \(lines.first ?? "")")
                for line in lines.dropFirst() { reply.say("    \(line)") }
            }
            if view.kind == "infusion", view.fields["visualCheck"] == nil {
                reply.say("  solution check: not asked")
            }
            if !words.notAsked.isEmpty {
                reply.say("  not asked: \(words.notAsked.joined(separator: ", "))")
            }
            for finding in words.findings { reply.say("  Noted: \(finding)") }
            for note in try notes(about: entry, in: reading) {
                reply.say(
                    "  Note: \(note.split(whereSeparator: \.isNewline).joined(separator: " / "))")
            }
            if !view.toReview.isEmpty {
                reply.say("  " + review(of: view, called: handle.text, in: reading, people))
            }
            if let first = try reading.transaction.events(of: entry, in: desk.diary).first?.line {
                reply.say(
                    "  Written \(time(first.envelope.at)) by "
                        + people.author(first.envelope.author, on: first.envelope.replica) + ".")
            }
            if !view.conflicts.isEmpty {
                reply.say(
                    "Waits for a person: \(view.conflicts.map(EntryWords.label).joined(separator: ", "))."
                        + "   diary conflicts show \(handle)")
                reply.note(.done)
            }
            reply.json = viewJSON(view, handle: handle)
            return (reply, view)
        }
        try desk.markShown(printed)
        return reply
    }

    private func notes(about entry: EntryID, in reading: Reading) throws -> [String] {
        try reading.transaction.entries(in: desk.diary, kinds: ["note"], newestFirst: false)
            .compactMap { summary in
                guard let view = try reading.view(of: summary.position),
                    view["about"]?["entry"]?.stringValue == entry.text, view.status == .active
                else { return nil }
                return view["text"]?.stringValue
            }
    }

    func viewJSON(_ view: EntryView, handle: Handle) -> JSONObject {
        let fields = view.fields.map { name, register in
            (
                name,
                JSONValue.array(
                    register.candidates.map { candidate in
                        var object: JSONObject = [
                            "at": candidate.at.json, "event": candidate.event.json,
                        ]
                        if let value = candidate.value.json {
                            object["value"] = value
                        } else {
                            object["erased"] = true
                        }
                        if let author = candidate.author {
                            object["author"] = .string(author.text)
                        }
                        return .object(object)
                    })
            )
        }
        return [
            "conflicts": .array(view.conflicts.map(JSONValue.string)),
            "entry": .string(view.entry.id.text), "fields": .object(JSONObject(fields)),
            "handle": .string(handle.text), "kind": .string(view.kind),
            "status": .string("\(view.status)"),
            "toReview": .array(view.toReview.map(\.json)),
        ]
    }

    // MARK: history

    func history(_ entry: EntryID) throws -> Reply {
        try desk.read("history") { reading in
            let events = try reading.transaction.events(of: entry, in: desk.diary)
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            let people = try reading.people()
            let words = try entryWords(view, in: reading)
            let handle = try reading.handles().handle(of: entry)
            var reply = Reply("\(handle)  \(words.when(long: true)). Every change stays.")
            var json: [JSONValue] = []
            for event in events {
                let line = event.line
                let who = people.author(line.envelope.author, on: line.envelope.replica)
                let counts = reading.standing.counts(event.held.place) ? "" : "  (to review)"
                reply.say("\(time(line.envelope.at))  \(who)\(counts)")
                let seen = try reading.view(before: event, among: events)
                for field in line.envelope.fields {
                    let value: Register.Value =
                        line.body?.set[field].map { .said($0) } ?? .erased
                    let now = fieldText(words, field, value)
                    let old = seen?.fields[field]?.candidates.map {
                        fieldText(words, field, $0.value)
                    }
                    let from = old.map { $0.joined(separator: " | ") + " -> " } ?? ""
                    reply.say("    \(EntryWords.label(field)): \(from)\(now)")
                }
                if line.body?.about["movedFrom"] != nil {
                    let origin = try reading.origin(of: entry)
                    let place = origin.map { "\($0.owner)'s diary, where it is \($0.handle)" }
                    reply.say("    moved here from \(place ?? "another diary")")
                }
                if line.body?.about["undoes"] != nil {
                    reply.say("    taken back")
                } else if let reason = line.body?.about["reason"]?.stringValue {
                    reply.say("    reason: \(reason)")
                }
                json.append([
                    "at": line.envelope.at.json, "by": .string(who),
                    "event": line.position.json,
                    "fields": .array(line.envelope.fields.map(JSONValue.string)),
                    "set": line.body.map { .object($0.set) } ?? .null,
                ])
            }
            reply.json = ["entry": .string(entry.text), "events": .array(json)]
            return reply
        }
    }

    func fieldText(_ words: EntryWords, _ field: String, _ value: Register.Value) -> String {
        if field == Vocabulary.status { return value.json?.stringValue ?? "erased" }
        if field.hasPrefix(Vocabulary.linkPrefix) {
            let other = EntryID(String(field.dropFirst(Vocabulary.linkPrefix.count)))
            let name = other.map { Handle(of: $0).text } ?? "?"
            guard let said = value.json?["value"]?.stringValue else {
                return "with \(name): erased"
            }
            let counts = value.json?["counts"]?.stringValue.flatMap { EntryID($0) }
            return "with \(name): \(said)" + (counts.map { ", \(Handle(of: $0)) counts" } ?? "")
        }
        return words.text(of: field, value)
    }
}
