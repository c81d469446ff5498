import DiaryModel
import Testing

@Suite struct ScanDoubtTests {
    @Test func `an unknown identifier ends the reading, and what follows it is kept`() {
        let code = scan("010952000000010310A1<GS>88XYZ<GS>17281231")
        #expect(filled(code) == ["09520000000103", "A1", "-", "-"])
        #expect(code.findings == [.unknownIdentifier])
        #expect(code.remainder == Array("88XYZ\u{1D}17281231".utf8))
    }

    @Test func `national and further numbers are kept and shift nothing`() {
        let code = scan("010952000000010371012345<GS>240ABC<GS>91in house<GS>3103000125" + "10A1")
        #expect(code.lot == "A1")
        #expect(code.findings == [])
        #expect(code.elements.map(\.identifier) == ["01", "710", "240", "91", "3103", "10"])
    }

    @Test(arguments: [
        "01095200000001031728", "0109520000000103172812<GS>10A1", "01095200000001031728X231",
    ])
    func `an element that is cut short ends the reading`(text: String) {
        let code = scan(text)
        #expect(filled(code) == ["09520000000103", "-", "-", "-"])
        #expect(code.findings.contains(.cutShort))
        #expect(code.remainder.starts(with: Array("17".utf8)))
    }

    @Test(arguments: ["281301", "281232", "270229", "280000", "000000"])
    func `an expiry that is no day of the calendar is not filled, and the lot is`(six: String) {
        let code = scan("010952000000010317\(six)" + "10A1")
        #expect(filled(code) == ["09520000000103", "A1", "-", "-"])
        #expect(code.findings == [.expiryUnreadable])
    }

    @Test(arguments: [
        (2026, "76", 2076), (2026, "77", 1977), (2099, "00", 2100), (2100, "50", 2150),
    ])
    func `the century lies from 49 years before to 50 after`(year: Int, two: String, full: Int)
        throws
    {
        let day = try #require(CivilDate(year: year, month: 3, day: 29))
        #expect(scan("010952000000010317\(two)0131" + "10A1", on: day).expiry?.date.year == full)
    }

    @Test func `two lots that differ are nobody's to choose from`() {
        let code = scan("010952000000010310A1<GS>10B1")
        #expect(code.lot == nil)
        #expect(code.findings == [.saidTwice])
        #expect(scan("010952000000010310A1<GS>10A1").lot == "A1")
    }

    @Test(arguments: [20, 21]) func `a lot has at most twenty characters`(length: Int) {
        let lot = String(repeating: "K", count: length)
        let code = scan("0109520000000103" + "10" + lot)
        #expect((code.lot?.text == lot) == (length == 20))
        #expect(code.suggestedLot == nil)
    }

    @Test func `a serial that swallowed the lot says so, and no lot is missing`() {
        let code = scan("0109520000000103" + "21100303762448961725113010L77")
        #expect(filled(code) == ["09520000000103", "-", "-", "-"])
        #expect(code.findings == [.separatorMissing])
    }

    @Test func `where two lots are as likely none is suggested`() {
        // An expiry that was said already, and two places where a serial may begin.
        let code = scan("010952000000010317281231" + "10ABCDEFGHIJ21KLMN21OPQRST")
        #expect(code.findings == [.separatorMissing])
        #expect(code.suggestedLot == nil)
    }

    @Test func `letter case stays as it is`() {
        #expect(scan("010952000000010310aB1c").lot == "aB1c")
    }

    @Test func `a count in the code is only suggested`() {
        let code = scan("010952000000010310A1<GS>3010")
        #expect(code.suggestedCount == 10)
        #expect(VialLine(code, of: "hizentra", in: .seed).count == nil)
    }

    @Test func `a typed lot may be longer than a scanner can send`() {
        #expect(scan("(01)09520000000103(10)K724B85411719061421X1").lot == "K724B85411719061421X1")
    }

    @Test(arguments: [
        "", "hello", "((((((", "(01", "()", "(01)", "10", "1", "]", "]d2", "[)>", "01095",
        "[)>\u{1E}06\u{1D}", "[)>\u{1E}06\u{1D}\u{1D}\u{1D}", "é", "10\u{0}",
    ]) func `what is no code fills nothing and is kept`(text: String) {
        let code = scan(text)
        #expect(filled(code) == ["-", "-", "-", "-"])
        #expect(code.raw == Array(text.utf8))
        #expect(code.findings.contains(.notUnderstood))
    }

    @Test(arguments: [(512, true), (513, false)])
    func `a code longer than any pack's is kept and not read`(length: Int, isRead: Bool) {
        let text = "0109520000000103" + "91" + String(repeating: "x", count: length - 18)
        let code = scan(text)
        #expect((code.gtin != nil) == isRead)
        #expect(code.findings.contains(.tooLong) != isRead)
        #expect(code.raw.count == length)
    }

    @Test(arguments: ScanFinding.allCases)
    func `every finding has a sentence`(finding: ScanFinding) {
        #expect(finding.sentence.hasSuffix("."))
    }
}
