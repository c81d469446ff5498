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
