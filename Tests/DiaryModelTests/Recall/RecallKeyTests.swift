import DiaryModel
import Testing

/// How a lot answers the search for another, by the numbers of domain 5.1.
@Suite struct RecallKeyTests {
    private func match(
        _ printed: String, of recorded: ProductKey = "octagam10", scanned: Bool = false,
        product: ProductKey = "octagam10", asked: String = "K724B8541"
    ) -> LotQuery.Match? {
        LotQuery(product: product, lot: PrintedText(asked))?.match(
            product: recorded, lot: PrintedText(printed), scanned: scanned)
    }

    private func difference(_ left: String, _ right: String) throws -> LotDifference {
        LotDifference(try #require(LotKey(left)), try #require(LotKey(right)))
    }

    @Test(arguments: ["K724B8541", "k724 b8541", "K724-B8541", "Ｋ７２４Ｂ８５４１"])
    func `R1: case, spaces, hyphens and wide letters change nothing`(printed: String) {
        #expect(match(printed) == .exact)
    }

    @Test(arguments: ["LOT K724B8541", "(10) K724B8541"])
    func `R2: a leading label is no part of the lot`(printed: String) {
        #expect(match(printed) == .exact)
    }

    @Test func `R3: B for 8 has the same skeleton`() {
        #expect(match("K724BB541") == .near(.sameSkeleton))
    }

    @Test func `R4: two digits that changed places are one slip`() throws {
        let difference = try difference("K742B8541", "K724B8541")
        #expect(difference.words == "two swapped digits")
        #expect(match("K742B8541") == .near(.oneSlip(difference)))
    }

    @Test func `R5: one missing letter is one slip`() throws {
        let difference = try difference("K7248541", "K724B8541")
        #expect(difference.words == "one missing letter (B)")
        #expect(match("K724 8541") == .near(.oneSlip(difference)))
    }

    @Test func `R6: seven characters from the beginning are part of the lot`() {
        #expect(match("K724B85") == .near(.partOfOther))
    }

    @Test func `R7: two slips are another lot`() throws {
        #expect(match("K725A8541") == LotQuery.Match.none)
        #expect(try !difference("K725A8541", "K724B8541").isOneSlip)
    }

    @Test func `R8: a sister lot is near when typed, and another one when scanned`() throws {
        let slip = LotNearness.oneSlip(try difference("A010C8431", "A010A8431"))
        #expect(match("A010C8431", asked: "A010A8431") == .near(slip))
        #expect(match("A010C8431", scanned: true, asked: "A010A8431") == .knownOtherLot(slip))
    }

    @Test func `R9: the key under another product is a match whose product differs`() {
        #expect(
            match("237452", of: "hizentra", product: "bivigam", asked: "237452")
                == .productDiffers)
    }

    @Test func `R10: a lot of the same style is another lot`() {
        #expect(
            match("B03J079503", of: "gamunex_c", product: "gamunex_c", asked: "B03J077152")
                == LotQuery.Match.none)
    }

    @Test func `R11: an application identifier without a space is no part of the lot`() {
        #expect(match("(10)K724B8541") == .exact)
        #expect(LotKey("(10)K724B8541") != LotKey("10K724B8541"))
    }

    @Test(
        arguments: [
            ("bivigam", true), ("other", true), ("asceniv", false), ("hizentra", false),
        ] as [(ProductKey, Bool)])
    func `R12: six bare digits are near in their own product or in words only`(
        recorded: ProductKey, isNear: Bool
    ) throws {
        let slip = LotNearness.oneSlip(try difference("237453", "237452"))
        #expect(
            match("237453", of: recorded, product: "bivigam", asked: "237452")
                == (isNear ? .near(slip) : LotQuery.Match.none))
    }
}
