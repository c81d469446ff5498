import DiaryModel
import Testing

/// What kind of match it is, without its reason.
private enum Result { case exact, productDiffers, near, knownOther, none }

private func ask(
    _ recorded: ProductKey, _ lot: String, _ product: ProductKey, _ query: String,
    scanned: Bool = false, keyScanned: Bool = false
) -> Result? {
    let query = LotQuery(product: product, lot: PrintedText(query))
    let match = query?.match(
        product: recorded, lot: PrintedText(lot), scanned: scanned, keyScannedForPatient: keyScanned
    )
    return switch match {
    case .exact: .exact
    case .productDiffers: .productDiffers
    case .near: .near
    case .knownOtherLot: .knownOther
    case .some(.none): Result.none
    case nil: nil
    }
}

@Suite struct LotQueryTests {
    @Test(arguments: [
        ("R1", "k724 b8541", Result.exact), ("R2", "LOT K724B8541", .exact),
        ("R3", "K724BB541", .near), ("R4", "K742B8541", .near), ("R5", "K724 8541", .near),
        ("R6", "K724B85", .near), ("R7", "K725A8541", .none), ("R11", "(10)K724B8541", .exact),
    ]) private func `a typed lot answers a query`(id: String, lot: String, result: Result) {
        #expect(ask("octagam10", lot, "octagam10", "K724B8541") == result)
    }

    @Test func `R8: a sister lot is near when typed and known as another when scanned`() {
        #expect(ask("octagam5", "A010C8431", "octagam5", "A010A8431") == .near)
        #expect(ask("octagam5", "A010C8431", "octagam5", "A010A8431", scanned: true) == .knownOther)
        #expect(
            ask("octagam5", "A010C8431", "octagam5", "A010A8431", keyScanned: true) == .knownOther)
    }

    @Test(arguments: ["hizentra", "other", "asceniv"] as [ProductKey])
    func `R9: the exact key under another product is a match whose product differs`(
        product: ProductKey
    ) {
        #expect(ask(product, "237452", "bivigam", "237452") == .productDiffers)
    }

    @Test func `R10: a lot four slips away is another lot`() {
        #expect(ask("gamunex_c", "B03J079503", "gamunex_c", "B03J077152") == Result.none)
    }

    @Test(
        arguments: [
            ("bivigam", Result.near), ("other", .near), ("asceniv", .none), ("hizentra", .none),
        ] as [(ProductKey, Result)])
    private func `R12: a near lot counts only in the family or under free text`(
        product: ProductKey, result: Result
    ) {
        #expect(ask(product, "237453", "bivigam", "237452") == result)
    }

    @Test func `a near lot of a sister product counts`() {
        #expect(ask("kiovig", "LE08D030AB", "gammagard_liquid", "LE08D030AA") == .near)
    }

    @Test func `four characters in common are no part of a lot`() throws {
        let (part, whole) = (try #require(LotKey("K724")), try #require(LotKey("K724B8541")))
        #expect(LotNearness(part, whole) == nil)
    }
}
