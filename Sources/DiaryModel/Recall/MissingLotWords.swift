public import SyncCore

/// What people said about lots that are missing: words stand in notes, never in the entry itself.
public struct MissingLotWords: Sendable {
    /// Asked for the diary, the entry, the event that set the line, and the line's field.
    public typealias Lookup = @Sendable (DiaryID, EntryID, Position, String) -> PrintedText?
    private let lookup: Lookup

    public init(_ lookup: @escaping Lookup) { self.lookup = lookup }

    /// No words are known.
    public static let none = MissingLotWords { _, _, _, _ in nil }

    /// The words of notes about that very event or field that stand in the same diaries.
    ///
    /// A note about the entry as a whole is left out: it may say anything.
    public init(notesIn diaries: [RecallDiary]) {
        var notes: [Note] = []
        for diary in diaries {
            for entry in diary.entries where entry.view.kind == EntryKind.note.rawValue {
                guard entry.view.status != .voided,
                    let text = entry.view["text"].flatMap({ PrintedText(json: $0) }),
                    let about = entry.view["about"]
                else { continue }
                notes.append(
                    Note(
                        diary: diary.id, entry: about["entry"]?.stringValue,
                        event: about["event"].flatMap(Position.init(json:)),
                        field: about["field"]?.stringValue, text: text,
                        id: entry.view.entry.id))
            }
        }
        let sorted = notes.sorted { $0.id < $1.id }
        self.init { diary, entry, event, field in
            sorted.first { $0.isAbout(diary, entry, event, field) }?.text
        }
    }

    func words(for statement: VialStatement, of searched: SearchedEntry) -> PrintedText? {
        lookup(searched.diary, searched.id, statement.event, statement.field)
    }

    private struct Note {
        let diary: DiaryID
        let entry: String?
        let event: Position?
        let field: String?
        let text: PrintedText
        let id: EntryID

        func isAbout(_ diary: DiaryID, _ entry: EntryID, _ event: Position, _ field: String) -> Bool
        {
            guard self.diary == diary, self.field == nil || self.field == field else {
                return false
            }
            if let about = self.event { return about == event }
            return self.field == field && self.entry == entry.text
        }
    }
}
