import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What a diary in a store tells a recall.
@Suite struct RecallReadingTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func told() throws -> RecallDiary {
        try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).recallDiary()
        }
    }

    private func answer(
        _ product: ProductKey, _ lot: String, heardMs: Int64 = DeskWorld.noon
    ) throws -> RecallAnswer {
        let asked = try #require(RecalledLot(product: product, lot: PrintedText(lot)))
        let query = try #require(RecallQuery([asked], asOfMs: DeskWorld.noon))
        let device = EnrolledDevice("laptop", heardMs: heardMs)
        let patient = RecallPatient(
            "P03", diaries: [try told()], coverage: PatientCoverage([device]), zone: world.zone)
        return RecallAnswer(query, patients: [patient], askedMs: DeskWorld.noon)
    }

    @Test func `all entries that may name a lot are told, and those that cannot are not`() throws {
        let infusion = try world.infusion()
        var box = StockForm(movement: "receipt")
        box.product = "hizentra"
        box.vials = "16x4g"
        box.lots = ["P100423917"]
        let stock = try world.log(.stock) { try box.fields($0, warnings: &$1) }.entry
        let note = try world.desk().log("note", set: ["text": "threw box away"]).result.entry
        try world.log(.measurement) { context, warnings in
            try MeasurementForm(measure: "weight", value: "82.4").fields(
                context, warnings: &warnings)
        }
        let found = Set(try told().entries.map(\.view.entry.id))
        #expect(found == [infusion, stock, note])
    }

    @Test func `an entry of a kind that is not known here keeps the patient from being CLEAR`()
        throws
    {
        _ = try world.infusion()
        #expect(try answer("hizentra", "P999999999").totals[.clear] == 1)
        try world.database.write { transaction in
            let at = Timestamp(milliseconds: DeskWorld.noon, offset: 60)
            _ = try transaction.record(in: world.diary, at: at, label: "laptop") {
                commit, generator in
                try commit.write(.begin("dose", set: ["box": "P999999999"]), using: &generator)
            }
        }
        let unknown = try answer("hizentra", "P999999999")
        #expect(unknown.totals[.unknown] == 1)
        #expect(unknown.patients.first?.unknowns.map(\.code) == [.newerForm])
        #expect(!unknown.isNobodyAffected)
    }

    @Test func `a lot that was typed over and an infusion that was voided are both found`() throws {
        let infusion = try world.infusion()
        try world.amend(infusion, "lot=L77A12345")
        #expect(try answer("hizentra", "L77A12345").totals[.infused] == 1)
        #expect(try answer("hizentra", "P100423917").totals[.possible] == 1)
        _ = try world.desk().void(
            infusion, reason: "test", seen: .exactly(world.view(infusion).context))
        #expect(try answer("hizentra", "L77A12345").totals[.voidedMatch] == 1)
    }

    @Test func `the plan says which products are asked about, and where the patient lives`() throws
    {
        let plan: JSONValue = [
            "doseMilligrams": 30_000, "effectiveFrom": "2024-03-01", "intervalDays": 21,
            "product": "kiovig", "route": "iv", "substitutes": ["privigen"],
            "zone": "Pacific/Auckland",
        ]
        let entry = try world.desk(.doctor).sign(plan, as: nil, reason: "started").result.entry
        var next = try #require(plan.objectValue)
        next["effectiveFrom"] = "2025-03-01"
        next["product"] = "octagam10"
        next["substitutes"] = nil
        _ = try world.desk(.doctor).sign(
            .object(next), as: entry, reason: "changed", seen: .exactly(world.view(entry).context))
        func planned(_ day: String) throws -> (products: Set<ProductKey>, zone: PrintedText?) {
            let day = try #require(CivilDate(day))
            return try world.database.read {
                try Reading($0, diary: world.diary, zone: world.zone).planned(onOrAfter: day)
            }
        }
        #expect(try planned("2024-06-01").products == ["kiovig", "privigen", "octagam10"])
        #expect(try planned("2025-03-01").products == ["octagam10"])
        #expect(try planned("2025-03-01").zone == "Pacific/Auckland")
    }
}
