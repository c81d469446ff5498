import DiaryModel
import SyncCore
import Testing

@Suite struct PickListTests {
    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func told(_ rows: [PickList.Row]) -> [String] {
        rows.map { row in
            "\(row.key.lot?.description ?? "-") \(row.vials) \(row.usableUntil?.description ?? "?")"
        }
    }

    /// A move to room temperature, with the day that was written on the pack.
    private func move(_ line: JSONValue, _ time: String, by discardBy: String?) -> JSONObject {
        let since = Moment(ms: utc(time), in: HandwrittenZone.london)
        var set = movement("move", time, line)
        let storage = StockEntry.Storage(
            roomTemperatureSince: since, discardBy: discardBy.flatMap { CivilDate($0) })
        set["storage"] = storage.json
        return set
    }

    @Test func `the vials that must be used first come first, those without a day last`() throws {
        var story = StockStory()
        var set = movement("receipt", "2026-03-01T10:00", vials(4, "LATE", expiry: "2028-12-31"))
        set["vials.2"] = vials(5, "SOON", expiry: "2026-04-30")
        set["vials.3"] = vials(6, "NONE")
        set["vials.4"] = vials(7, "MONTH", expiry: "2026-05")
        try story.begin("box", set)
        let list = PickList(try story.book, on: try day("2026-03-29"))
        #expect(
            told(list.usable) == [
                "SOON 5 2026-04-30", "MONTH 7 2026-05-31", "LATE 4 2028-12-31", "NONE 6 ?",
            ])
        #expect(list.apart == [])
        #expect(list.usable.first?.usableUntilWords == "use by Thursday 30 April 2026")
        #expect(list.usable.last?.usableUntilWords == "expiry not known")
    }

    @Test(arguments: [("2026-04-30", true), ("2026-05-01", false)])
    func `the last day is a day of use, and what is past is shown apart`(on: String, isUsable: Bool)
        throws
    {
        var story = StockStory()
        try story.begin(
            "box", movement("receipt", "2026-03-01T10:00", vials(5, "A1", expiry: "2026-04-30")))
        let list = PickList(try story.book, on: try day(on))
        #expect(list.usable.isEmpty != isUsable)
        #expect(list.apart.map(\.reasons) == (isUsable ? [] : [[.expired]]))
    }

    @Test func `a lot under recall is shown apart`() throws {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(5, "A1")))
        let recalled = [
            ValidationContext.RecalledLot(product: "hizentra", lot: try #require(LotKey("a1")))
        ]
        let list = PickList(try story.book, on: scanDay, recalled: recalled)
        #expect(list.usable == [])
        #expect(list.apart.map(\.reasons) == [[.underRecall]])
    }

    @Test func `vials at room temperature are usable until the earlier of two days`() throws {
        var story = StockStory()
        let line = vials(4, "A1", "gammagard_liquid", milligrams: 10_000)
        try story.begin(
            "box",
            movement(
                "receipt", "2026-03-01T10:00",
                vials(10, "A1", "gammagard_liquid", milligrams: 10_000, expiry: "2028-12-31")))
        try story.begin("move", move(line, "2026-03-05T10:00", by: "2026-12-05"))
        let list = PickList(try story.book, on: scanDay)
        #expect(told(list.usable) == ["A1 4 2026-12-05", "A1 6 2028-12-31"])
        #expect(list.usable.map(\.isAtRoomTemperature) == [true, false])
        #expect(try story.book.balances == ["A1: 10"])
        #expect(try story.book.lots.first?.moved == VialRange(4))
    }

    @Test func `which vials were used nobody writes down, so both numbers are ranges`() throws {
        var story = StockStory()
        let product: ProductKey = "gammagard_liquid"
        try story.begin(
            "box",
            movement(
                "receipt", "2026-03-01T10:00",
                vials(10, "A1", product, milligrams: 10_000, expiry: "2028-12-31")))
        try story.begin(
            "move",
            move(
                vials(4, "A1", product, milligrams: 10_000), "2026-03-05T10:00", by: "2026-12-05"))
        try story.begin(
            "dose", "infusion",
            infusion("2026-03-08T09:05", vials(3, "A1", product, milligrams: 10_000)))
        let list = PickList(try story.book, on: scanDay)
        #expect(told(list.usable) == ["A1 1-4 2026-12-05", "A1 3-6 2028-12-31"])
        let later = PickList(try story.book, on: try day("2027-01-01"))
        #expect(told(later.usable) == ["A1 3-6 2028-12-31"])
        #expect(told(later.apart) == ["A1 1-4 2026-12-05"])
    }

    @Test(
        arguments: [
            ("gammagard_liquid", "2026-03-05T10:00", "2026-12-05"),
            ("gammagard_liquid", "2026-05-31T10:00", "2027-02-28"),
            ("gamunex_c", "2026-03-05T10:00", "2026-09-05"),
            ("gamunex_c", "2026-08-31T10:00", "2027-02-28"), ("hizentra", "2026-03-05T10:00", "?"),
        ] as [(ProductKey, String, String)])
    func `without a day on the pack the label's months count`(
        product: ProductKey, moved: String, until: String
    ) throws {
        var story = StockStory()
        let line = vials(4, "A1", product, milligrams: 10_000)
        try story.begin("box", movement("receipt", "2026-03-01T10:00", line))
        try story.begin("move", move(line, moved, by: nil))
        #expect(told(PickList(try story.book, on: scanDay).usable) == ["A1 4 \(until)"])
    }

    @Test func `a printed expiry before the day to discard by stays the earlier`() throws {
        var story = StockStory()
        let line = vials(4, "A1", "gamunex_c", milligrams: 10_000, expiry: "2026-06-30")
        try story.begin("box", movement("receipt", "2026-03-01T10:00", line))
        try story.begin("move", move(line, "2026-03-05T10:00", by: "2026-09-05"))
        #expect(told(PickList(try story.book, on: scanDay).usable) == ["A1 4 2026-06-30"])
    }

    @Test func `the label's rules are data of their products`() {
        let rules = Catalogue.seed.products.filter { $0.roomTemperature != nil }
        #expect(rules.map(\.key) == ["gammagard_liquid", "gamunex_c"])
        #expect(rules.map { $0.roomTemperature?.months } == [9, 6])
        #expect(rules.first?.roomTemperature?.withinMonthsOfManufacture == 24)
    }

    @Test func `one lot with two expiries says so, and the earlier counts`() throws {
        var story = StockStory()
        try story.begin(
            "box", movement("receipt", "2026-03-01T10:00", vials(4, "A1", expiry: "2028-12-31")))
        try story.begin(
            "more", movement("receipt", "2026-03-02T10:00", vials(4, "A1", expiry: "2028-11-30")))
        let book = try story.book
        #expect(book.lots.first?.expiriesDiffer == true)
        #expect(told(PickList(book, on: scanDay).usable) == ["A1 8 2028-11-30"])
    }
}
