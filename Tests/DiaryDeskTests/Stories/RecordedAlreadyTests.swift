import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// What looks like an infusion on record is asked about before it is saved.
@Suite struct RecordedAlreadyTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func fields(
        start: String, notDone: String?
    ) throws -> JSONObject {
        var form = InfusionForm()
        form.notDone = notDone
        if notDone == nil {
            form.product = "hizentra"
            form.vials = "8x4g"
            form.lots = ["P100423917"]
        }
        form.start = start
        var warnings: [Warning] = []
        return try form.fields(
            now: DeskWorld.noon, zone: world.zone, catalogue: .seed, warnings: &warnings)
    }

    private func known(
        start: String = "08:05", notDone: String? = nil
    ) throws -> [EntryID] {
        let set = try fields(start: start, notDone: notDone)
        return try world.desk().alreadyRecorded(set).map(\.entry.id)
    }

    @Test func `C14: the second tap of the same infusion finds the first`() throws {
        let first = try world.infusion(start: "08:05")
        #expect(try known(start: "08:06") == [first])
    }

    @Test func `what a carer recorded is found when the patient records it`() throws {
        let carers = try world.infusion(by: .carer, start: "08:00")
        #expect(try known(start: "08:10") == [carers])
    }

    @Test func `the dose of a week ago is another infusion`() throws {
        _ = try world.infusion(start: "2026-03-22T08:05")
        #expect(try known().isEmpty)
    }

    @Test func `another part of the same day is asked about, a not done never`() throws {
        let first = try world.infusion(start: "08:05")
        #expect(try known(start: "11:00") == [first])
        #expect(try known(notDone: "fever").isEmpty)
    }

    @Test func `what is voided asks nobody`() throws {
        let first = try world.infusion(start: "08:05")
        _ = try world.desk().void(
            first, reason: "duplicate", seen: .exactly(world.view(first).context))
        #expect(try known().isEmpty)
    }
}
