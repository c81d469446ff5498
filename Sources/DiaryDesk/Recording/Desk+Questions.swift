import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// Whether this person is asked, or is of the staff who may answer (domain 2.10): for who is about
    /// to ask them for words. Writing the answer is held to the same rule, `FieldWrite`.
    ///
    /// - Throws: `DeskError.notPossible` where it is no question; `.notAllowed` with whom it asks.
    public func mayAnswer(_ entry: EntryID) throws {
        let view = try database.read {
            try Reading($0, diary: diary, zone: zone).view(of: entry)
        }
        guard let view, view.kind == EntryKind.question.rawValue else {
            throw DeskError.notPossible("\(Handle(of: entry)) is no question")
        }
        let asked = Ask.roles(askedBy: view)
        let write = FieldWrite(
            role: pen.role, kind: .question, field: "answer", beginsEntry: false, asks: asked)
        guard case .refused(let whoMay) = write.answer else { return }
        let whom = asked.isEmpty ? whoMay : asked
        throw DeskError.notAllowed(
            "this question is for \(whom.map(\.rawValue).joined(separator: ", ")); say who "
                + "answers with --as NAME")
    }
}
