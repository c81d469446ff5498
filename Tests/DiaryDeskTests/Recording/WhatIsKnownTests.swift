import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// What is written is held against what lies at home and who is trained; all of it is saved.
@Suite struct WhatIsKnownTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func receive(_ vials: String, _ lot: String) throws {
        var form = StockForm(movement: "receipt")
        form.product = "hizentra"
        form.vials = vials
        form.lots = [lot]
        form.start = "07:00"
        try world.log(.stock) { try form.fields($0, warnings: &$1) }
    }

    private func warnings(_ lot: String, _ vials: String = "8x4g") throws -> Set<WarningCode> {
        let saved = try world.log(.infusion) { context, warnings in
            var form = InfusionForm()
            form.product = "hizentra"
            form.vials = vials
            form.lots = [lot]
            form.by = "self"
            form.start = "08:05"
            return try form.fields(
                now: context.now, zone: context.zone, catalogue: context.catalogue,
                warnings: &warnings)
        }
        return Set(saved.warnings.map(\.code))
    }

    @Test func `a lot that is nearly the one at home is said at once`() throws {
        try receive("16x4g", "P100423917")
        let swapped = try warnings("P100423971")
        #expect(swapped.isSuperset(of: [.lotNotInStock, .lotNearOther]))
        #expect(try warnings("P100423917").isDisjoint(with: [.lotNotInStock, .lotNearOther]))
    }

    @Test func `A15: more used than lies at home is saved with a word`() throws {
        try receive("4x4g", "P100423917")
        #expect(try warnings("P100423917").contains(.countAboveStock))
    }

    @Test func `where nobody keeps stock nothing is compared`() throws {
        #expect(try warnings("P100423917").isDisjoint(with: [.lotNotInStock, .countAboveStock]))
    }

    @Test func `who infuses without a sign-off is told, once the clinic signs trainings at all`()
        throws
    {
        #expect(try !warnings("P100423917").contains(.noTrainingSignoff))
        var form = TrainingForm()
        form.trainee = "carer"
        form.route = "sc"
        form.result = "signed_off"
        form.signer = world.people[.nurse]
        form.day = "2026-03-01"
        try world.log(.training, by: .nurse) { try form.fields($0, warnings: &$1) }
        #expect(try warnings("P100423918").contains(.noTrainingSignoff))
        form.trainee = "patient"
        try world.log(.training, by: .nurse) { try form.fields($0, warnings: &$1) }
        #expect(try !warnings("P100423919").contains(.noTrainingSignoff))
    }
}
