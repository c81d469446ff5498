import DiaryModel
import Testing

@Suite struct LotKeyTests {
    @Test(arguments: [
        "K724B8541", "k724 b8541", "K724-B8541", "Ｋ７２４Ｂ８５４１", "LOT K724B8541", "lot:K724B8541",
        "(10) K724B8541", "(10)K724B8541", "LOT (10)K724B8541", "Batch: K724B8541", "BN K724B8541",
        "Lote K724B8541", "Ch.-B. K724B8541", "  K724B8541 ",
    ]) func `R1, R2, R11: a printed lot has its key`(printed: String) {
        #expect(LotKey(printed)?.description == "K724B8541")
    }

    @Test(arguments: [
        ("LOTUS12", "LOTUS12"), ("BN12345", "BN12345"), ("LOT", "LOT"), ("10K724", "10K724"),
        ("(11)K724", "11K724"), ("00123", "00123"), ("12E34", "12E34"), ("a\u{0301}bc", "BC"),
    ]) func `letters that are no label stay`(printed: String, key: String) {
        #expect(LotKey(printed)?.description == key)
    }

    @Test(arguments: ["", " ", "---", "(10)", "±"])
    func `a lot of which nothing comparable is left has no key`(printed: String) {
        #expect(LotKey(printed) == nil)
    }

    @Test func `a lot is compared as bytes`() {
        let (composed, decomposed) = (PrintedText("Lot é1"), PrintedText("Lot e\u{0301}1"))
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
    }

    @Test func `the skeleton takes letters for the digits they look like`() throws {
        let left = try #require(LotKey("OQDILZSGB"))
        let right = try #require(LotKey("000112568"))
        #expect(left.skeleton == right.skeleton)
        #expect(left != right)
    }

    @Test(arguments: [
        ("P100423917", "P100423971", "two swapped digits"),
        ("A010A8431", "A010C8431", "one letter (A or C)"),
        ("K7248541", "K724B8541", "one missing letter (B)"),
        ("K724BB541", "K724B541", "one letter more (B)"),
        ("K1A2", "KA12", "two swapped characters"),
        ("P10042391", "P100423917", "one missing digit (7)"),
        ("K724B8541", "K725A8541", "several characters"),
    ]) func `a person is told which characters differ`(left: String, right: String, words: String)
        throws
    {
        let (one, other) = (try #require(LotKey(left)), try #require(LotKey(right)))
        #expect(LotDifference(one, other).words == words)
    }

    @Test func `a lot is read aloud character by character`() {
        #expect(LotWords("P100423917").spaced == "P 1 0 0 4 2 3 9 1 7")
        #expect(LotWords("K724 B").spoken == "K, 7, 2, 4, B")
    }
}
