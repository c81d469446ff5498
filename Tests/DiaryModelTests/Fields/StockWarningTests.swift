import DiaryModel
import SyncCore
import Testing

@Suite struct StockWarningTests {
    private func warned(_ set: JSONObject, _ context: ValidationContext = .init()) -> [String] {
        let found = Validator().validate(kind: .stock, set: set, context: context)
        #expect(found.rejections.map(\.field) == [])
        return found.warnings.map { "\($0.code.rawValue) \($0.field)" }
    }

    private func home(_ lots: (String, Int64)...) -> ValidationContext {
        var context = ValidationContext()
        context.home = lots.compactMap { text, vials in
            LotKey(text).map { .init(product: "hizentra", lot: $0, vials: vials) }
        }
        return context
    }

    private func receipt(_ lot: String = "A1", expiry: String? = nil) -> JSONObject {
        movement("receipt", "2026-03-01T10:00", vials(8, lot, expiry: expiry))
    }

    @Test(arguments: [
        ("2026-04-30", []), ("2026-04-29", ["expiry_soon vials.1"]),
        ("2026-02-28", ["expiry_soon vials.1"]),
    ]) func `an expiry within sixty days of the receipt is a word`(expiry: String, codes: [String])
    {
        #expect(warned(receipt(expiry: expiry)) == codes)
    }

    @Test func `a lot under recall is a word and is received all the same`() throws {
        var context = ValidationContext()
        context.recalled = [.init(product: "hizentra", lot: try #require(LotKey("A1")))]
        #expect(warned(receipt(), context) == ["lot_under_recall vials.1"])
    }

    @Test func `a lot that is nearly one at home is a word`() {
        #expect(
            warned(receipt("P100423971"), home(("P100423917", 4))) == ["lot_near_other vials.1"])
        #expect(warned(receipt("P100423971"), home(("P100423917", 0))) == [])
        #expect(
            warned(receipt("P100423971"), home(("P100423917", 4), ("P100423971", 1))) == [])
    }

    @Test(arguments: [("ok", []), ("broken", ["cold_chain_broken coldChain"]), ("unknown", [])])
    func `a broken cold chain is a word`(chain: String, codes: [String]) {
        var set = receipt()
        set["coldChain"] = .string(chain)
        #expect(warned(set) == codes)
    }

    @Test(
        arguments: [
            ("gammagard_liquid", "2026-12-01", []),
            ("gammagard_liquid", "2026-12-02", ["discard_by_late storage"]),
            ("gamunex_c", "2026-09-02", ["discard_by_late storage"]),
            ("hizentra", "2036-09-02", []),
        ] as [(ProductKey, String, [String])])
    func `a day to discard by later than the label's is a word`(
        product: ProductKey, discardBy: String, codes: [String]
    ) {
        var set = movement(
            "move", "2026-03-01T10:00", vials(8, "A1", product, milligrams: 10_000))
        set["vials.2"] = vials(8, "B1", product, milligrams: 10_000)
        let since = moment("2026-03-01T10:00", .london)
        let storage = StockEntry.Storage(
            roomTemperatureSince: since, discardBy: CivilDate(discardBy))
        set["storage"] = storage.json
        let found = warned(set).filter { !$0.hasPrefix("size_not_in_catalogue") }
        #expect(found == codes)
    }

    @Test(arguments: [(8, []), (9, ["stock_below_zero vials.2"])] as [(Int64, [String])])
    func `more lost than is at home is a word`(count: Int64, codes: [String]) {
        var set = movement("loss", "2026-03-01T10:00", vials(4, "A1"))
        set["vials.2"] = vials(count - 4, "A1")
        set["loss"] = "broken"
        #expect(warned(set, home(("A1", 8))) == codes)
        set["loss"] = "quarantined"
        #expect(warned(set, home(("A1", 8))) == [])
    }

    @Test(arguments: [(8, []), (7, ["count_differs vials.1"])] as [(Int64, [String])])
    func `a count that differs from what is known is a word`(count: Int64, codes: [String]) {
        let set = movement("count", "2026-03-01T10:00", vials(count, "A1"))
        #expect(warned(set, home(("A1", 8))) == codes)
        #expect(warned(set, home(("B1", 8))) == [])
        #expect(warned(set) == [])
    }

    @Test func `a count within what is known between two ends is no news`() throws {
        var context = ValidationContext()
        let lot = try #require(LotKey("A1"))
        context.home = [
            .init(product: "hizentra", lot: lot, vialMilligrams: 4000, vials: VialRange(4, 12))
        ]
        #expect(warned(movement("count", "2026-03-01T10:00", vials(8, "A1")), context) == [])
        let set = movement("count", "2026-03-01T10:00", vials(13, "A1"))
        #expect(warned(set, context) == ["count_differs vials.1"])
    }

    @Test func `C16: a scan of another product is a word in stock, too`() {
        var set = receipt()
        var line = VialLine(scan("5060237670730"), of: "hizentra", in: .seed)
        line.count = 8
        line.vialMilligrams = 4000
        line.vialMicrolitres = 20_000
        line.lot = "A1"
        set["vials.1"] = line.json
        #expect(warned(set) == ["gtin_other_product vials.1"])
    }

    @Test func `a line without a lot needs a reason here, too`() {
        var set = receipt()
        set["vials.1"] = [
            "count": 8, "product": "hizentra", "vialMicrolitres": 20_000, "vialMilligrams": 4000,
        ]
        let found = Validator().validate(kind: .stock, set: set)
        #expect(found.rejections.map(\.field) == ["vials.1/lot"])
    }

    @Test func `what a book knows is compared with what is typed`() throws {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(7, "P100423917")))
        var context = InfusionStory().context
        context.know(try story.book)
        #expect(context.home?.map(\.vials) == [7])
        var written = InfusionStory()
        written.context = context
        #expect(written.warned == ["count_above_stock vials.1"])
        written.line { $0.lot = "P100423971" }
        #expect(written.warned == ["lot_not_in_stock vials.1", "lot_near_other vials.1"])
    }

    @Test func `a lot that was used up was received all the same`() throws {
        var story = StockStory()
        try story.begin("box", movement("receipt", "2026-03-01T10:00", vials(8, "A1")))
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        try story.begin("dose 2", "infusion", infusion("2026-03-15T09:05", vials(8, "B1")))
        var context = ValidationContext()
        context.know(try story.book)
        #expect(context.home?.map(\.lot.description) == ["A1"])
        #expect(context.home?.map(\.vials) == [0])
    }

    @Test func `where nobody keeps stock nothing is compared`() throws {
        var story = StockStory()
        try story.begin("dose", "infusion", infusion("2026-03-08T09:05", vials(8, "A1")))
        var context = ValidationContext()
        context.know(try story.book)
        #expect(context.home == nil)
    }

    @Test func `an expiry that differs from the one of the stock is a word`() throws {
        var story = StockStory()
        try story.begin(
            "box",
            movement("receipt", "2026-03-01T10:00", vials(8, "P100423917", expiry: "2028-11")))
        var written = InfusionStory()
        written.context.know(try story.book)
        #expect(written.warned == ["expiry_differs vials.1"])
    }
}
