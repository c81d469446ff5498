import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// An undo takes back the whole of one change, or nothing, and settles nothing by the way.
@Suite struct UndoTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    /// Both change what they were shown of the infusion as it was recorded.
    private func bothChange(
        _ entry: EntryID, patient: JSONObject, nurse: JSONObject
    ) throws {
        let shown = try world.view(entry)
        for (role, set) in [(Role.patient, patient), (.nurse, nurse)] {
            _ = try world.desk(role).amend(
                entry, set: set, reason: "test", seen: .exactly(shown.context))
        }
        #expect(try !world.view(entry).conflicts.isEmpty)
    }

    private func lot(_ printed: String, of entry: EntryID) throws -> JSONObject {
        let view = try world.view(entry)
        let change = try #require(TypedChange("lot=\(printed)"))
        let value = try change.value(
            of: "vials.1", in: view, from: view.fields["vials.1"]?.candidates.first?.value.json,
            try world.desk().formContext())
        return ["vials.1": value]
    }

    @Test func `a change is taken back, and what it said before is said again`() throws {
        let entry = try world.infusion()
        let before = try world.view(entry)
        try world.amend(entry, "lot=P100423971", "sites=thigh-L")
        #expect(try world.desk().undo().result.fields == ["sites", "vials.1"])
        let after = try world.view(entry)
        #expect(after["vials.1"] == before["vials.1"])
        #expect(after["sites"] == before["sites"])
    }

    @Test func `whether it happened, once settled by a person, is not unsettled by an undo`() throws
    {
        let entry = try world.infusion()
        let handle = Handle(of: entry)
        try bothChange(
            entry, patient: [Vocabulary.status: Vocabulary.voided],
            nurse: try lot("P100423971", of: entry))
        _ = try world.desk().reinstate(
            entry, reason: "read_again", seen: .exactly(world.view(entry).context))
        #expect(
            sentences { _ = try world.desk().undo() } == [
                "people disagreed about \(handle) before it (whether it happened), and an undo"
                    + " settles nothing, so all of it stays; diary void \(handle)"
                    + " or diary reinstate \(handle)  says what is right"
            ])
        #expect(try world.view(entry).status == .active)
    }

    @Test
    func `a change of several fields stays whole where one of them was in conflict before it`()
        throws
    {
        let entry = try world.infusion()
        let handle = Handle(of: entry)
        try bothChange(
            entry, patient: try lot("LA", of: entry), nurse: try lot("LB", of: entry))
        var set = try lot("LC", of: entry)
        set["infusedBy"] = ["code": "nurse"]
        _ = try world.desk().amend(
            entry, set: set, reason: "slip", seen: .exactly(world.view(entry).context))
        let settled = try world.view(entry)
        // A second undo does not step over it to what both had called wrong.
        for _ in 1...2 {
            #expect(
                sentences { _ = try world.desk().undo() } == [
                    "people disagreed about \(handle) before it (vial line 1), and an undo settles"
                        + " nothing, so all of it stays; diary amend \(handle) lot=…"
                        + "  says what is right"
                ])
        }
        #expect(try world.view(entry) == settled)
    }

    @Test func `where all was taken back nothing is, and a person who wrote nothing is told so`()
        throws
    {
        _ = try world.infusion()
        _ = try world.desk().undo()
        #expect(
            sentences { _ = try world.desk().undo() }
                == ["all that you wrote here is taken back already"])
        #expect(
            sentences { _ = try world.desk(.carer).undo() }
                == ["you have written nothing here yet"])
    }
}
