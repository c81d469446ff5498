import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// What a sync brought that the clinic wants the patient to know, and the command that shows it.
struct ClinicNews {
    let reading: Reading
    let words: DeskWords

    /// The kinds that only a clinic writes, each with its command.
    static let commands: [EntryKind: String] = [
        .plan: "plan", .notice: "notices", .question: "questions", .training: "training",
    ]

    /// A line for each entry of the clinic's that is new or has changed since an arrival.
    func lines(since arrival: Int) throws -> [String] {
        // A sync that brought nothing costs nothing here.
        guard reading.events.nextArrival > arrival else { return [] }
        let kinds = EntryKind.allCases.filter { Self.commands[$0] != nil }
        let handles = try reading.handles()
        return try reading.transaction.entries(in: reading.diary, kinds: kinds.map(\.rawValue))
            .filter { $0.lastArrival >= arrival }
            .compactMap { summary in
                guard let view = try reading.view(of: summary.position),
                    let command = EntryKind(rawValue: view.kind).flatMap({ Self.commands[$0] })
                else { return nil }
                let handle = handles.handle(of: view.entry.id)
                let what =
                    view.conflicts.isEmpty
                    ? words.entryWords(view).what
                    : "\(view.kind): two people wrote different things"
                return "From the clinic:  \(handle)  \(what).   diary \(command)"
            }
    }
}
