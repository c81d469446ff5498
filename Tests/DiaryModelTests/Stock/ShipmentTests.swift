import DiaryModel
import SyncCore
import Testing

@Suite struct ShipmentTests {
    /// C09 until the count: 4 counted, 16 sent by the clinic, 8 used.
    private func sent() throws -> StockStory {
        var story = StockStory()
        try story.begin("last", movement("count", "2026-03-01T10:00", vials(4, "A1")))
        try story.begin(
            "sent", by: .clinic, movement("receipt", "2026-03-03T12:00", vials(16, "A1")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        return story
    }

    @Test func `C09: a box that was sent is no stock until somebody says that it came`() throws {
        let story = try sent()
        let book = try story.book
        #expect(book.balances == ["A1: -4"])
        #expect(book.lots.first?.onTheWay == VialRange(16))
        #expect(book.shipments.map(\.entry) == [story.id("sent")])
        #expect(
            book.shipments.first?.question
                == "The clinic sent a box: 16 vials. Did the box arrive?")
    }

    @Test func `C09: the count is the baseline, and the box that explains it is proposed`() throws {
        var story = try sent()
        try story.begin("count", movement("count", "2026-03-10T18:00", vials(12, "A1")))
        let book = try story.book
        #expect(book.balances == ["A1: 12"])
        #expect(book.differences.map(\.known) == [VialRange(-4)])
        #expect(book.differences.map(\.difference) == [VialRange(16)])
        #expect(book.shipments.first?.explains == [try #require(story.id("count"))])
        #expect(
            book.shipments.first?.question
                == "The clinic sent a box: 16 vials. Did the box arrive? With it the count is right."
        )
    }

    @Test func `C09: said to have come, it explains the count and is not added to it`() throws {
        var story = try sent()
        try story.begin("count", movement("count", "2026-03-10T18:00", vials(12, "A1")))
        try story.amend(
            "came", of: "sent", seeing: ["sent"], Shipment.confirmation(coldChain: .value(.ok)))
        let book = try story.book
        #expect(book.balances == ["A1: 12"])
        #expect(book.lots.first?.received == VialRange(16))
        #expect(book.differences == [])
        #expect(book.shipments == [])
    }

    @Test func `a count that the box does not explain is not explained by it`() throws {
        var story = try sent()
        try story.begin("count", movement("count", "2026-03-10T18:00", vials(11, "A1")))
        #expect(try story.book.shipments.first?.explains == [])
    }

    @Test func `a correction at home is a word that it came, one by the clinic is none`() throws {
        var story = try sent()
        try story.amend(
            "clinic", of: "sent", by: .clinic, seeing: ["sent"], ["coldChain": "ok"])
        #expect(try story.book.shipments.count == 1)
        try story.amend(
            "home", of: "sent", by: .tablet, seeing: ["clinic"], ["vials.1": vials(15, "A1")])
        #expect(try story.book.shipments == [])
        #expect(try story.book.balances == ["A1: 11"])
    }

    @Test func `what the clinic types from paper is the family's word`() throws {
        var story = StockStory()
        try story.begin(
            "paper", by: .clinic, about: ["entryMethod": "from_paper"],
            movement("receipt", "2026-03-01", vials(16, "A1")))
        #expect(try story.book.balances == ["A1: 16"])
    }

    @Test(arguments: ["sent", "own"])
    func `a box that was written down at home, too, is asked about and linked`(counts: String)
        throws
    {
        var story = try sent()
        try story.begin("own", movement("receipt", "2026-03-05T10:00", vials(16, "A1")))
        #expect(try story.book.balances == ["A1: 12"])
        #expect(try story.book.shipments.first?.perhapsSame == [try #require(story.id("own"))])
        try story.link("sent", "own", counts: counts)
        #expect(try story.book.balances == ["A1: 12"])
        #expect(try story.book.shipments == [])
    }

    @Test func `said to be another box, it is still on its way`() throws {
        var story = try sent()
        try story.begin("own", movement("receipt", "2026-03-05T10:00", vials(16, "A1")))
        try story.link("sent", "own", counts: nil)
        #expect(try story.book.shipments.map(\.perhapsSame) == [[]])
        #expect(try story.book.balances == ["A1: 12"])
    }

    @Test func `what is on its way is held, and nobody keeps stock by it`() throws {
        var story = StockStory()
        try story.begin(
            "sent", by: .clinic, movement("receipt", "2026-03-03T12:00", vials(16, "A1")))
        let key = try #require(LotKey("A1"))
        #expect(try story.book.held("hizentra", lot: key)?.onTheWay == VialRange(16))
        #expect(try !story.book.isKept)
    }

    @Test func `a confirmation is accepted as an amendment`() {
        let fields = Shipment.confirmation(coldChain: .unknown)
        #expect(Validator().validateAmendment(kind: .stock, set: fields).isAcceptable)
        #expect(fields == ["movement": "receipt", "coldChain": "unknown"])
    }
}
