import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// One tablet, two children: an infusion is written down in the wrong one's diary.
@Suite struct WrongDiaryTests {
    let world: DeskWorld
    /// The other child's diary, in the same store.
    let other: Desk

    init() throws {
        world = try DeskWorld()
        other = Desk(
            database: world.database, diary: try world.furtherDiary(named: "Mia"), zone: world.zone,
            clock: DeskClock { DeskWorld.noon },
            pen: .init(author: nil, role: .carer, label: "tablet"))
    }

    private func view(_ entry: EntryID, at desk: Desk) throws -> EntryView {
        try world.database.read { try #require(try $0.view(of: entry, in: desk.diary)) }
    }

    @Test
    func `C18: it is entered in the right diary, says from where, and is voided in the wrong one`()
        throws
    {
        let stray = try world.infusion(by: .carer)
        let before = try world.view(stray)
        let moved = try other.takeOver(stray, from: world.desk(.carer)).result.entry
        let here = try view(moved, at: other)
        #expect(here.status == .active)
        for field in ["vials.1", "time", "sites", "outcome"] {
            #expect(here[field] == before[field], "\(field)")
        }
        let events = try world.database.read { try $0.events(of: moved, in: other.diary) }
        #expect(
            events.first?.line.body?.about["movedFrom"]
                == ["diary": .string(world.diary.text), "entry": .string(stray.text)])
        #expect(try world.view(stray).status == .voided)
    }

    @Test func `its void is not undone while it counts in the right diary`() throws {
        let stray = try world.infusion(by: .carer)
        let moved = try other.takeOver(stray, from: world.desk(.carer)).result.entry
        let handle = Handle(of: moved)
        #expect(
            sentences { _ = try world.desk(.carer).undo() } == [
                "\(Handle(of: stray)) was moved to Mia's diary and counts there;"
                    + " diary move \(handle) --for Mia --to Anna  moves it back"
            ])
        #expect(try world.view(stray).status == .voided)
    }

    @Test func `what was moved on is found where it counts`() throws {
        let third = Desk(
            database: world.database, diary: try world.furtherDiary(named: "Max", seed: 13),
            zone: world.zone, clock: DeskClock { DeskWorld.noon }, pen: other.pen)
        let stray = try world.infusion(by: .carer)
        let moved = try other.takeOver(stray, from: world.desk(.carer)).result.entry
        let last = try third.takeOver(moved, from: other).result.entry
        let view = try world.view(stray)
        let copy = try world.desk().read { try $0.copyElsewhere(of: view) }
        #expect(copy?.owner == "Max")
        #expect(copy?.entry == last)
    }

    @Test func `an undo in the right diary says that it stays voided in the wrong one`() throws {
        let stray = try world.infusion(by: .carer)
        let moved = try other.takeOver(stray, from: world.desk(.carer)).result.entry
        let undone = try other.undo().result
        #expect(undone.entry == moved)
        #expect(undone.origin?.owner == "Anna")
        #expect(undone.origin?.entry == stray)
        // Now it counts nowhere, and taking its void back counts it once.
        _ = try world.desk(.carer).undo()
        #expect(try world.view(stray).status == .active)
        #expect(try view(moved, at: other).status == .voided)
    }

    @Test func `a reaction and a note that name it stay, and are named`() throws {
        let stray = try world.infusion(by: .carer)
        let before = try world.infusion(by: .carer, start: "07:05")
        let carer = world.desk(.carer)
        let note = try carer.log(
            "note", set: ["about": ["entry": .string(stray.text)], "text": "slept well"]
        ).result.entry
        let gone = try carer.log(
            "note", set: ["about": ["entry": .string(stray.text)], "text": "slept badly"]
        ).result.entry
        _ = try carer.void(gone, reason: "slip")
        let reaction = try carer.log(
            "reaction",
            set: [
                "infusion": .string(stray.text), "symptom.headache": "yes",
                "time": try #require(world.view(stray)["time"]),
            ]
        ).result.entry
        let naming = try carer.read { try $0.naming(stray) }
        #expect(Set(naming.map(\.entry.id)) == [note, reaction])
        #expect(try carer.read { try $0.naming(before) }.isEmpty)
    }

    @Test func `what does not count is moved nowhere, and nothing is written`() throws {
        let stray = try world.infusion(by: .carer)
        _ = try world.desk(.carer).void(stray, reason: "test")
        #expect(
            sentences { _ = try other.takeOver(stray, from: world.desk(.carer)) }
                == ["\(Handle(of: stray)) does not count where it is"])
        #expect(try world.database.read { try $0.entryCount(in: other.diary, without: []) } == 0)
    }

    @Test func `more than this person was shown is moved by nobody`() throws {
        let stray = try world.infusion(by: .carer)
        #expect(throws: DeskError.self) {
            try other.takeOver(stray, from: world.desk(.nurse))
        }
        #expect(try world.view(stray).status == .active)
    }
}
