import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// Whom a notice is told.
@Suite struct NoticeReachTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func reach(_ product: String, _ lot: String) throws -> NoticeReach {
        let query = try #require(
            NoticeQuery(["lot": .string(lot), "product": .string(product)]))
        return try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).reach(of: query)
        }
    }

    @Test func `a lot is found under any spelling and product, a product under any lot`() throws {
        _ = try world.infusion()
        let exact = try reach("hizentra", "p100 423917")
        #expect(exact.lot && exact.product && !exact.plan && !exact.isTold)
        let elsewhere = try reach("cuvitru", "P100423917")
        #expect(elsewhere.lot && !elsewhere.product)
        let otherLot = try reach("hizentra", "P999")
        #expect(!otherLot.lot && otherLot.product)
        #expect(try !reach("octagam5", "K551A8441").isSomething)
    }

    @Test func `what was voided or typed over still counts`() throws {
        let infusion = try world.infusion()
        try world.amend(infusion, "lot=P100423971")
        _ = try world.desk().void(
            infusion, reason: "test", seen: .exactly(world.view(infusion).context))
        #expect(try reach("hizentra", "P100423917").lot)
        #expect(try reach("hizentra", "P100423971").lot)
    }

    @Test func `a box at home and a plan are reasons, too, and nobody is told twice`() throws {
        var form = StockForm(movement: "receipt")
        form.product = "octagam5"
        form.vials = "6x5g"
        form.lots = ["K551A8441"]
        try world.log(.stock) { try form.fields($0, warnings: &$1) }
        #expect(try reach("octagam5", "K551A8441").lot)
        let plan: JSONValue = [
            "doseMilligrams": 30_000, "effectiveFrom": "2026-03-01", "intervalDays": 21,
            "product": "kiovig", "route": "iv", "substitutes": ["privigen"],
            "zone": "Europe/London",
        ]
        _ = try world.desk(.doctor).sign(plan, as: nil, reason: "started")
        #expect(try reach("privigen", "X1").plan)
        let notice: JSONValue = ["lot": "K551A8441", "product": "octagam5"]
        _ = try world.desk(.pharmacist).log("notice", set: ["notice": notice])
        #expect(try reach("octagam5", "k551-a8441").isTold)
        #expect(
            try reach("octagam5", "K551A8441").words
                == "the lot stands in the diary, the product stands in the diary")
    }
}
