import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// The entries of one kind, in the columns of `diary list`.
extension DeskWords {
    /// - Parameter empty: what is said where there are none.
    func listed(_ kind: EntryKind, empty: String) throws -> Reply {
        try desk.read("list") { reading in
            let handles = try reading.handles()
            let people = try reading.people()
            var reply = Reply()
            var rows: [[String]] = []
            var json: [JSONValue] = []
            for summary in try reading.entries(of: kind) {
                guard let view = try reading.view(of: summary.position) else { continue }
                let words = entryWords(view, people)
                let handle = handles.handle(of: view.entry.id).text
                let open = view.conflicts.isEmpty ? "" : "  (two values)"
                rows.append([handle, words.when(long: false), words.what + open])
                json.append(
                    .object([
                        "conflicts": .array(view.conflicts.map(JSONValue.string)),
                        "entry": .string(view.entry.id.text), "fields": fieldsJSON(view),
                        "handle": .string(handle), "status": .string("\(view.status)"),
                        "what": .string(words.what), "when": .string(words.when(long: false)),
                    ]))
            }
            reply.lines = rows.isEmpty ? [empty] : Self.table(["", "when", "what"], rows)
            reply.json = ["entries": .array(json), "kind": .string(kind.rawValue)]
            return reply
        }
    }

    /// The settled fields of an entry, as the wire has them.
    private func fieldsJSON(_ view: EntryView) -> JSONValue { .object(view.settledFields) }
}
