import DiaryDesk
import DiaryModel
import SyncCore

/// One entry in one line, and what stands in it already.
extension DeskWords {
    /// `k7q2  Sunday 29 March 09:05  infusion 32.0 g Hizentra, lot P100423917`.
    func line(of entry: EntryID) throws -> String {
        try desk.read("show") { reading in
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            let words = try entryWords(view, in: reading)
            let handle = try reading.handles().handle(of: entry)
            return "\(handle)  \(words.when(long: true))  \(words.what)"
        }
    }

    /// What these fields of an entry say now.
    func said(_ fields: [String], in entry: EntryID) throws -> String {
        try desk.read("show") { reading in
            guard let view = try reading.view(of: entry) else { return "" }
            let words = entryWords(view)
            return fields.map { field in
                let texts = (view.fields[field]?.candidates ?? []).map {
                    $0.value.json?.isNull == true ? "not said" : fieldText(words, field, $0.value)
                }
                return field.hasPrefix(Vocabulary.linkPrefix)
                    ? "nothing of being one with another"
                    : "\(EntryWords.label(field)) \(texts.joined(separator: " | "))"
            }.joined(separator: "; ")
        }
    }

    /// An answer without writing anything, where an entry has this status and nothing is open.
    func already(_ status: EntryView.Status, _ entry: EntryID) throws -> Reply? {
        let isSo = try desk.read("show") { try $0.view(of: entry)?.status == status }
        guard isSo else { return nil }
        return Reply(
            "\(try line(of: entry))",
            "It \(status == .voided ? "is voided" : "counts") already. Nothing was written.",
            json: ["entry": .string(entry.text), "status": .string("\(status)")])
    }
}
