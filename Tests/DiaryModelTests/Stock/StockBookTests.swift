import DiaryModel
import SyncCore
import Testing

@Suite struct StockBookTests {
    @Test func `what came, what was used and what was lost make a balance`() throws {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "P100423917")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "p1004 23917")))
        try story.begin("broke", movement("loss", "2026-03-09T09:00", vials(1, "P100423917")))
        let lot = try #require(try story.book.lots.first)
        #expect(try story.book.balances == ["P100423917: 11"])
        #expect(lot.received == VialRange(20))
        #expect(lot.used == VialRange(8))
        #expect(lot.lost == VialRange(1))
        #expect(lot.printed == ["P100423917", "p1004 23917"])
        #expect(try story.book.findings == [])
    }

    @Test func `A15: more used than known is kept, shown below zero and asks for the receipt`()
        throws
    {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(4, "A1")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        let lot = try #require(try story.book.lots.first)
        #expect(lot.balance == VialRange(-4))
        #expect(lot.balance.words == "4 more used than we know of")
        #expect(lot.balanceWords.hasSuffix("Is a delivery missing here? Please write it down."))
        #expect(try story.book.findings.map(\.code) == [.stockBelowZero])
        #expect(try PickList(story.book, on: scanDay).usable == [])
    }

    @Test func `P06: a receipt of six vials, none used, is held`() throws {
        var story = StockStory()
        try story.begin(
            "box",
            movement(
                "receipt", "2016-03-20T10:00", vials(6, "K551A8441", "octagam5", milligrams: 5000)))
        let key = try #require(LotKey("k551 a8441"))
        let held = try #require(try story.book.held("octagam5", lot: key))
        #expect(held.vials == VialRange(6))
        #expect(held.used == .zero)
        #expect(try story.book.held("octagam10", lot: key) == nil)
    }

    @Test func `returned vials were held, and what was only used was not`() throws {
        var story = StockStory()
        var back = movement("loss", "2026-03-09T09:00", vials(6, "A1"))
        back["loss"] = "returned"
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(6, "A1")))
        try story.begin("back", back)
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "B1")))
        let book = try story.book
        #expect(book.held("hizentra", lot: try #require(LotKey("A1")))?.lost == VialRange(6))
        #expect(book.held("hizentra", lot: try #require(LotKey("A1")))?.vials == .zero)
        #expect(book.held("hizentra", lot: try #require(LotKey("B1"))) == nil)
    }

    @Test func `sizes and products of one lot are kept apart`() throws {
        var story = StockStory()
        var set = movement("receipt", "2026-03-01T10:00", vials(4, "A1"))
        set["vials.2"] = vials(3, "A1", milligrams: 2000)
        set["vials.3"] = vials(2, "A1", "cuvitru")
        try story.begin("box", set)
        #expect(try story.book.balances == ["A1: 2", "A1: 3", "A1: 4"])
    }

    @Test func `what is voided adds nothing, and comes back when it is reinstated`() throws {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "A1")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.amend("void", of: "dose", seeing: ["dose"], ["status": "voided"])
        #expect(try story.book.balances == ["A1: 20"])
        try story.amend("back", of: "dose", seeing: ["void"], ["status": "active"])
        #expect(try story.book.balances == ["A1: 12"])
    }

    @Test func `a quarantine takes the lot off the list, and voiding it puts it back`() throws {
        var story = StockStory()
        var apart = movement("loss", "2026-03-09T09:00", vials(2, "A1"))
        apart["loss"] = "quarantined"
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "A1")))
        try story.begin("apart", apart)
        #expect(try story.book.balances == ["A1: 20"])
        #expect(try story.book.lots.first?.quarantined == VialRange(2))
        #expect(try PickList(story.book, on: scanDay).usable == [])
        #expect(try PickList(story.book, on: scanDay).apart.map(\.reasons) == [[.quarantined]])
        try story.amend("void", of: "apart", seeing: ["apart"], ["status": "voided"])
        #expect(try PickList(story.book, on: scanDay).usable.map(\.vials) == [VialRange(20)])
    }

    @Test func `vials without a lot are counted of their product`() throws {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "A1")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, nil)))
        #expect(try story.book.balances == ["A1: 20", "-: -8"])
        #expect(try story.book.findings == [])
    }

    @Test func `what cannot be placed is shown and counts nothing`() throws {
        var story = StockStory()
        var set = movement("receipt", "2026-03-01T10:00", vials(20, "A1"))
        set["vials.2"] = ["lot": "B1", "product": 7]
        set["vials.3"] = ["lot": "C1", "product": "hizentra", "vialMilligrams": 4000]
        set["vials.4"] = ["count": 4, "lot": "D1", "product": "hizentra"]
        set["vials.5"] = ["count": 4, "lot": "E1", "product": "unknown", "vialMilligrams": 4000]
        try story.begin("box", set)
        try story.begin("count", movement("count", "2026-03-02T10:00", vials(3, nil)))
        let book = try story.book
        #expect(book.balances == ["A1: 20"])
        let told = Set(book.unplaced.map { "\($0.lot?.text ?? "-") \($0.reason.rawValue)" })
        #expect(
            told == [
                "B1 not_understood", "C1 count_unknown", "D1 size_unknown", "E1 product_unknown",
                "- count_without_lot",
            ])
    }

    @Test func `vials of a hospital are not taken from home, unless the lot was there`() throws {
        var story = StockStory()
        var dose = infusion("2026-03-08T09:05", vials(8, "A1"))
        dose["place"] = ["code": "hospital"]
        try story.begin("dose", "infusion", dose)
        #expect(try story.book.balances == [])
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(20, "A1")))
        #expect(try story.book.balances == ["A1: 12-20"])
    }

    @Test func `entries of other kinds say nothing of stock`() throws {
        var story = StockStory()
        try story.begin("note", "note", ["text": "8 vials", "vials.1": vials(8, "A1")])
        #expect(try story.book.lots == [])
        #expect(try !story.book.isKept)
    }
}
