import DiaryModel
import DiaryStore
import SyncCore

/// Writes diaries for other programs, one after the other: all of them, or nothing.
struct ExportWriter {
    private let form: ExportForm
    /// Nil where all goes to one file.
    private let directory: AtomicDirectory?
    private var oneFile = ""
    /// Of each file, how many rows or resources it has.
    private var counts: [String: Int] = [:]

    /// - Throws: `Refused` if something is there already; it is never written over.
    init(_ form: ExportForm) throws {
        self.form = form
        guard !Files.exists(form.place) else {
            throw Refused(
                "\(form.place) is there already. Nothing was written.",
                "Say a name that is not there yet, or move the old one away.", code: "file_exists")
        }
        directory = form.isOneFile ? nil : try AtomicDirectory(path: form.place)
        // Where there is no diary at all a table has its columns' names all the same.
        if case .tables = form { oneFile = CSVTable.header() }
    }

    /// Adds one diary, with the tables that only a clinic has.
    mutating func add(_ diary: ExportedDiary, _ further: [CSVSheet] = []) throws {
        for part in parts(of: diary, further) {
            let isNew = counts[part.name] == nil
            counts[part.name, default: 0] += part.count
            if let directory {
                try directory.append((isNew ? part.header : "") + part.lines, to: part.name)
            } else {
                oneFile += part.lines
            }
        }
    }

    /// Puts everything in its place, and says what there is.
    func finish() throws -> Reply {
        if let directory {
            try directory.finish()
        } else {
            try AtomicFile(path: form.place).write(Array(oneFile.utf8))
        }
        let files = counts.sorted { $0.key < $1.key }
        var reply = Reply(
            json: [
                "files": .object(JSONObject(files.map { ($0.key, .integer(Int64($0.value))) })),
                "form": .string(form.code), "place": .string(form.place),
            ])
        let width = files.map(\.key.utf8.count).max() ?? 0
        reply.lines = files.map { name, count in
            form.isOneFile
                ? "It has \(words(count))."
                : "  \(name)" + spaces(width - name.utf8.count + 2) + words(count)
        }
        reply.say("Nothing of it is encrypted: whoever has it can read it.")
        return reply
    }

    private func words(_ count: Int) -> String {
        switch form {
        case .tables: count == 1 ? "1 row" : "\(count) rows"
        case .resources: count == 1 ? "1 resource" : "\(count) resources"
        case .events: count == 1 ? "1 event" : "\(count) events"
        }
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(1, count)) }

    /// Lines for one file, and what stands above them if they are its first.
    private struct Part {
        let name: String
        var header = ""
        let lines: String
        let count: Int
    }

    private func parts(of diary: ExportedDiary, _ further: [CSVSheet]) -> [Part] {
        switch form {
        case .tables(_, let flavour):
            let table = CSVTable(diary)
            let lots = Part(
                name: "lots.csv", header: CSVTable.header(), lines: table.lines(flavour),
                count: table.rows.count)
            guard !form.isOneFile else { return [lots] }
            return [lots]
                + (diary.sheets + further).map { sheet in
                    Part(
                        name: sheet.name + ".csv", header: sheet.header,
                        lines: sheet.lines(flavour), count: sheet.rowCount)
                }
        case .resources:
            return FHIRExport(diary).files.map { file in
                Part(
                    name: file.name, lines: file.text,
                    count: file.text.utf8.count { $0 == UInt8(ascii: "\n") })
            }
        case .events:
            let events = EventLines(diary)
            return [Part(name: "events.ndjson", lines: events.text, count: events.objects.count)]
        }
    }
}
