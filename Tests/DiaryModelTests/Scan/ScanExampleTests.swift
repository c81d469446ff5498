import DiaryModel
import Testing

@Suite struct ScanExampleTests {
    @Test func `the day of these tests is a Sunday in March`() {
        #expect(scanDay.description == "2026-03-29")
    }

    @Test func `G1: a DataMatrix fills number, expiry, lot and serial`() {
        let code = scan("]d2010952000000010317281231" + "10P100423917<GS>21AB12CD34")
        #expect(filled(code) == ["09520000000103", "P100423917", "2028-12-31 day", "AB12CD34"])
        #expect(code.grammar == .elementString)
        #expect(code.findings == [])
        #expect(code.expiry?.printed == "281231")
    }

    @Test func `G2: a stray separator after a fixed field is tolerated, a past expiry is a word`() {
        let code = scan("010952000000010310K724B8541<GS>17190614<GS>21X1")
        #expect(filled(code) == ["09520000000103", "K724B8541", "2019-06-14 day", "X1"])
        #expect(code.findings == [.expiryPast])
    }

    @Test func `G3: a serial that begins with 10 is no lot`() {
        let code = scan("01095200000001032110030376244896<GS>17251130" + "10L77")
        #expect(filled(code) == ["09520000000103", "L77", "2025-11-30 day", "10030376244896"])
    }

    @Test func `G4: day 00 is the month's last, known to the month`() {
        let code = scan("010952000000010317280200" + "10A010C8431")
        #expect(filled(code) == ["09520000000103", "A010C8431", "2028-02-29 month", "-"])
        #expect(code.findings == [])
    }

    @Test func `G5: a lot longer than any is refused, and what it may be is asked`() {
        let code = scan("010952000000010310K724B85411719061421X1")
        #expect(filled(code) == ["09520000000103", "-", "-", "-"])
        #expect(code.findings == [.separatorMissing])
        #expect(
            ScanFinding.separatorMissing.sentence.contains(
                "scanner is not sending the separator"))
        #expect(code.suggestedLot == "K724B8541")
        #expect(code.suggestionWords == "Does the pack say lot K 7 2 4 B 8 5 4 1?")
    }

    @Test func `G6: a wrong check digit fills nothing and keeps the code`() {
        let text = "010952000000010417281231" + "10P100423917"
        let code = scan(text)
        #expect(filled(code) == ["-", "-", "-", "-"])
        #expect(code.findings == [.checkDigitWrong])
        #expect(code.raw == Array(text.utf8))
        #expect(code.elements.map(\.value) == ["09520000000104", "281231", "P100423917"])
    }

    @Test func `G7: thirteen digits are a trade item number, and the lot is asked`() {
        let code = scan("5060237670730")
        #expect(filled(code) == ["05060237670730", "-", "-", "-"])
        #expect(code.findings == [.lotAbsent])
        #expect(code.product(in: .seed) == "gammanorm")
        let line = VialLine(code, of: "gammanorm", in: .seed)
        #expect(line.vialMilligrams == 8000)
        #expect(line.vialMicrolitres == 48_000)
    }

    @Test(arguments: [
        "(01)09520000000103(17)281231(10)P100423917(21)AB12CD34",
        " (01) 09520000000103 (17) 281231 (10) P100423917 (21) AB12CD34 ",
    ]) func `the form with parentheses is typed below the code`(text: String) {
        let code = scan(text)
        #expect(filled(code) == ["09520000000103", "P100423917", "2028-12-31 day", "AB12CD34"])
        #expect(code.grammar == .parenthesised)
    }

    @Test func `the German grammar is read for its four fields`() {
        let code = scan("[)><RS>06<GS>9N110375286414<GS>1TK724B8541<GS>D281200<GS>SX1<RS><EOT>")
        #expect(filled(code) == ["-", "K724B8541", "2028-12-31 month", "X1"])
        #expect(code.productNumber == "110375286414")
        #expect(code.grammar == .pharmacyProduct)
        #expect(code.findings == [])
    }

    @Test func `the symbol's prefix may stand before the German grammar, too`() {
        #expect(scan("]d1[)><RS>06<GS>9N110375286414<GS>1TA1<RS><EOT>").lot == "A1")
    }

    @Test(arguments: ["]d2", "]C1", "]Q3", "\u{1D}", "]d2\u{1D}", ""])
    func `prefixes and the first FNC1 are no data`(prefix: String) {
        let code = scan(prefix + "010952000000010310A1\r\n")
        #expect(filled(code) == ["09520000000103", "A1", "-", "-"])
        #expect(code.remainder == [])
    }

    @Test func `what has a symbol of GS1 is no bare number`() {
        #expect(scan("]C1" + "10" + "060237670730").lot == "060237670730")
        #expect(scan("1060237670730").grammar == .tradeItem)
    }
}
