import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// Lines of this device's own log that damage took and nobody gave back: what they said, and how to
/// record it again.
struct SetAsideWords {
    let desk: Desk

    /// Adds what waits for a person; nothing where nothing does.
    func add(to reply: inout Reply) throws {
        let (own, others) = try desk.database.read { transaction in
            let mine = Set(try transaction.ownKeys(in: desk.diary).keys)
            let lines = try transaction.setAside(in: desk.diary)
            return (
                lines.filter { mine.contains($0.replica) && !isIntroduction($0) },
                lines.filter { !mine.contains($0.replica) }.count
            )
        }
        if others > 0 {
            reply.say(
                others == 1
                    ? "1 line of another device was cut; whoever holds it brings it with a sync."
                    : "\(others) lines of other devices were cut; whoever holds them brings them with a sync."
            )
        }
        reply.json["setAside"] = .array(own.map(json))
        reply.json["setAsideOfOthers"] = .integer(Int64(others))
        guard !own.isEmpty else { return }
        reply.say(
            own.count == 1
                ? "1 line that was written here is held by nobody else. It is kept aside:"
                : "\(own.count) lines that were written here are held by nobody else. They are kept aside:"
        )
        for line in own { reply.lines += sentences(line) }
        reply.say("Once recorded again:  diary doctor --recorded-again  stops listing them.")
        reply.note(.waits)
    }

    private func isIntroduction(_ line: SetAsideLine) -> Bool {
        line.event?.envelope.kind == Vocabulary.replicaKind
    }

    private func sentences(_ line: SetAsideLine) -> [String] {
        guard let said = Said(line) else {
            let text = String(decoding: line.bytes.prefix(400), as: UTF8.self)
            return ["  a line that cannot be read: \(text)"]
        }
        let words = desk.words(said.view)
        let handle = said.entry.map { Handle(of: $0).text } ?? "----"
        let written = desk.when(said.ms).short
        let damaged = line.event == nil ? "  (damaged: read it with care)" : ""
        var lines: [String] = []
        if said.beginsEntry {
            lines.append("  \(handle)  \(words.when(long: true))  \(words.what)\(damaged)")
        } else {
            lines.append("  a change of \(handle), written \(written)\(damaged)")
        }
        for detail in words.details {
            let text = detail.text.split(whereSeparator: \.isNewline).joined(separator: "; ")
            lines.append("    \(detail.label): \(text)")
        }
        lines.append("    again:  \(again(said, handle))")
        return lines
    }

    private func again(_ said: Said, _ handle: String) -> String {
        guard said.beginsEntry else { return "diary amend \(handle) …" }
        return switch said.view.kind {
        case "infusion", "note": "diary log \(said.view.kind) …"
        case "person": "diary people add NAME"
        default: "record it as it was recorded"
        }
    }

    private func json(_ line: SetAsideLine) -> JSONValue {
        var object: JSONObject = [
            "readable": .bool(line.event != nil), "replica": .string(line.replica.text),
            "seq": .integer(Int64(line.seq)),
        ]
        if let said = Said(line) {
            let words = desk.words(said.view)
            object["entry"] = said.entry.map { .string($0.text) } ?? .null
            object["kind"] = said.beginsEntry ? .string(said.view.kind) : "change"
            object["ms"] = .integer(said.ms)
            object["what"] = .string(words.what)
            object["fields"] = .object(
                JSONObject(words.details.map { ($0.field, JSONValue.string($0.text)) }))
        }
        return .object(object)
    }
}

/// What a line said, as far as it can be read: a damaged one may still be JSON.
private struct Said {
    let entry: EntryID?
    let beginsEntry: Bool
    let ms: Int64
    let view: EntryView

    init?(_ line: SetAsideLine) {
        if let event = line.event {
            guard let body = event.body else { return nil }
            entry = event.entry.id
            beginsEntry = event.envelope.kind != nil
            ms = event.envelope.at.milliseconds
            view = EntryView(
                alone: event.position, kind: event.envelope.kind ?? "", set: body.set,
                author: event.envelope.author, at: event.envelope.at)
            return
        }
        guard let json = try? JSONValue(canonical: line.bytes), let id = line.id,
            let set = json["body"]?["set"]?.objectValue
        else { return nil }
        let event = json["event"]
        let kind = event?["kind"]?.stringValue
        entry = kind != nil ? id : event?["entry"].flatMap { Position(json: $0) }?.id
        beginsEntry = kind != nil
        ms = event?["at"]?["ms"]?.integerValue ?? 0
        view = EntryView(
            alone: Position(replica: line.replica, seq: line.seq, id: id), kind: kind ?? "",
            set: set, at: Timestamp(milliseconds: ms, offset: 0))
    }
}

extension Desk {
    fileprivate func words(_ view: EntryView) -> EntryWords {
        EntryWords(view, catalogue: catalogue, zone: zone, now: clock.now)
    }
}
