import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// Enters here what was written in the wrong patient's diary, and voids it there as `wrong_patient`.
    ///
    /// What is entered says where it came from (`movedFrom`). It is written before the other is voided, so
    /// what stops in between leaves it in both diaries, for everybody to see, and in neither is it lost. A
    /// recall goes on finding its lots in the diary that it was in (domain C18).
    ///
    /// - Throws: `DeskError.notPossible` where it does not count there, or people disagree about it;
    ///   `.moreHasCome` if it says more than was printed for this person; `.refused`, `.notAllowed`.
    public func takeOver(_ entry: EntryID, from other: Desk) throws -> Written<Saved> {
        let view = try other.database.read { transaction in
            let reading = try Reading(transaction, diary: other.diary, zone: other.zone)
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            // Asked before anything is written.
            _ = try other.context(for: view, seen: .lastPrinted, in: reading)
            return view
        }
        guard view.status == .active else {
            throw DeskError.notPossible("\(Handle(of: entry)) does not count where it is")
        }
        guard view.conflicts.isEmpty else {
            throw DeskError.notPossible(
                "people disagree about \(Handle(of: entry)); settle that first")
        }
        let moved = try log(
            view.kind, set: view.fieldsToMove,
            about: [
                "entryMethod": EntryMethod.typed.json,
                "movedFrom": ["diary": .string(other.diary.text), "entry": .string(entry.text)],
            ])
        _ = try other.void(entry, reason: "wrong_patient")
        return moved
    }
}

extension EntryView {
    /// What happened, without what only means something in the diary that it stands in.
    fileprivate var fieldsToMove: JSONObject {
        var fields: JSONObject = [:]
        for member in settledFields.members
        where !Self.staying.contains(member.key)
            && !Self.stayingPrefixes.contains(where: member.key.hasPrefix)
        {
            fields[member.key] = member.value
        }
        // Who infused stays known as nurse, carer or the patient; the person is of the other diary.
        if let code = fields["infusedBy"]?["code"] { fields["infusedBy"] = ["code": code] }
        return fields
    }

    /// People, plans and entries are named by ids of their own diary.
    private static let staying: Set = [
        Vocabulary.status, "planVersion", "infusion", "supervisedBy", "person", "about",
    ]
    private static let stayingPrefixes = [Vocabulary.linkPrefix, "proposed."]
}
