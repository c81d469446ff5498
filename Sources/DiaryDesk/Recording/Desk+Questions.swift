import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// Whether this person is asked, or is of the staff who may answer (domain 2.10).
    ///
    /// - Throws: `DeskError.notPossible` where it is no question; `.notAllowed` with whom it asks.
    public func mayAnswer(_ entry: EntryID) throws {
        let view = try database.read {
            try Reading($0, diary: diary, zone: zone).view(of: entry)
        }
        guard let view, view.kind == EntryKind.question.rawValue else {
            throw DeskError.notPossible("\(Handle(of: entry)) is no question")
        }
        let asked = (view.fields["ask"]?.candidates ?? []).compactMap {
            $0.value.json?["to"]?.stringValue.flatMap { Role(rawValue: $0) }
        }
        guard !pen.role.isStaff, !asked.isEmpty, !asked.contains(pen.role) else { return }
        throw DeskError.notAllowed(
            "this question is for \(asked.map(\.rawValue).joined(separator: ", ")); say who "
                + "answers with --as NAME")
    }
}
