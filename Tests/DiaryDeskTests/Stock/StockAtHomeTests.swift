import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What lies at home, read from a diary in a store.
@Suite struct StockAtHomeTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func record(
        _ movement: String, _ vials: String, _ lot: String, expiry: String = "2028-12",
        start: String = "07:00"
    ) throws {
        var form = StockForm(movement: movement)
        form.product = "hizentra"
        form.vials = vials
        form.lots = [lot]
        form.expiries = [expiry]
        form.start = start
        try world.log(.stock) { try form.fields($0, warnings: &$1) }
    }

    private func stock() throws -> StockAtHome {
        try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone)
                .stockAtHome(on: world.desk().today, catalogue: .seed)
        }
    }

    private func signPlan() throws {
        let plan: JSONValue = [
            "doseMilligrams": 32_000, "effectiveFrom": "2026-03-01", "intervalDays": 7,
            "product": "hizentra", "route": "sc", "zone": "Europe/London",
        ]
        _ = try world.desk(.doctor).sign(plan, as: nil, reason: "started")
    }

    @Test func `A14: what is left is held against the plan, and less than one dose says order now`()
        throws
    {
        try record("receipt", "20x4g", "P100423917")
        _ = try world.infusion(start: "08:05")
        _ = try world.infusion(start: "saturday 08:05")
        #expect(try stock().reaches.isEmpty)
        try signPlan()
        let stock = try stock()
        #expect(stock.book.lots.map(\.balance) == [VialRange(4)])
        #expect(
            stock.reaches.map(\.words) == [
                "4 vials left: enough for 0.5 infusions. Order now."
            ])
    }

    @Test func `what must be used first stands first, and what is under recall stands apart`()
        throws
    {
        try record("receipt", "8x4g", "P100423917", expiry: "2028-12")
        try record("receipt", "8x4g", "P200000001", expiry: "2027-06")
        try record("receipt", "8x4g", "P300000001", expiry: "2026-12")
        let notice: JSONValue = ["lot": "p300 000001", "product": "hizentra"]
        _ = try world.desk(.pharmacist).log("notice", set: ["notice": notice])
        let pick = try stock().pick
        #expect(pick.usable.flatMap(\.printed) == ["P200000001", "P100423917"])
        #expect(pick.apart.flatMap(\.printed) == ["P300000001"])
        #expect(pick.apart.map(\.reasons) == [[.underRecall]])
    }

    @Test func `two plans of which neither names the other say nothing of how far it goes`() throws
    {
        try record("receipt", "20x4g", "P100423917")
        try signPlan()
        #expect(try stock().reaches.count == 1)
        // Somebody else's plan, from a device that had not seen the first one.
        let other: JSONValue = [
            "doseMilligrams": 36_000, "effectiveFrom": "2026-03-01", "intervalDays": 7,
            "product": "hizentra", "route": "sc", "zone": "Europe/London",
        ]
        _ = try world.desk(.doctor).log("plan", set: ["plan": other])
        #expect(try stock().reaches.isEmpty)
    }
}
