import DiaryStore
import DiaryModel
public import SyncCore

extension Desk {
    /// Prints nothing, but remembers that an entry's open page was shown, with its mark.
    public func showConflicts(of entry: EntryID) throws -> ConflictPage? {
        let page = try read("conflicts") { try $0.conflictPage(of: entry) }
        if let page {
            try markShown(page.view)
            try database.write {
                try $0.setSetting("mark.\(reader).\(entry.text)", .string(page.mark), in: diary)
            }
        }
        return page
    }

    /// How one question is answered.
    public enum Answer: Sendable {
        /// The option of this letter.
        case letter(String)
        case value(JSONValue)
    }

    /// Settles fields by an ordinary amendment whose context covers the candidates shown.
    ///
    /// - Parameter mark: the mark of the page that was shown; nil for the one shown last.
    /// - Throws: `DeskError.movedOn` if candidates have come or gone since.
    public func resolve(
        _ entry: EntryID, _ answers: [String: Answer], mark: String?, reason: String?,
        words: String?
    ) throws -> Written<Saved> {
        let (page, remembered) = try read("conflicts") { reading in
            (
                try reading.conflictPage(of: entry),
                try reading.transaction.setting("mark.\(reader).\(entry.text)", in: diary)?
                    .stringValue
            )
        }
        guard let page else {
            throw DeskError.notPossible("nothing about \(Handle(of: entry)) waits for a person")
        }
        guard let shown = mark ?? remembered else { throw DeskError.moreHasCome(entry) }
        guard shown == page.mark else { throw DeskError.movedOn(entry, shown: shown) }
        var set: JSONObject = [:]
        for (field, answer) in answers {
            switch answer {
            case .value(let value): set[field] = value
            case .letter(let letter):
                let question = page.questions.first { $0.field == field }
                guard let option = question?.options.first(where: { $0.letter == letter }) else {
                    throw DeskError.notPossible("\(field) has no option \(letter)")
                }
                guard let value = option.candidate.value.json else {
                    throw DeskError.notPossible(
                        "option \(letter) was erased; say the value instead")
                }
                set[field] = value
            }
        }
        return try amend(
            entry, set: set, reason: reason ?? "read_again", words: words,
            seen: .exactly(page.view.context))
    }
}
