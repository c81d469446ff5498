import DiaryModel
import SyncCore
import Testing

@Suite struct ScannedLineTests {
    @Test func `a line of a scan says what the code says, and the count is asked`() {
        let code = scan("]d2010506023767073017281231" + "10P100423917<GS>21AB12CD34")
        let line = VialLine(code, of: "gammanorm", in: .seed)
        #expect(line.gtin == "05060237670730")
        #expect(line.lot == "P100423917")
        #expect(line.expiry?.value?.date.description == "2028-12-31")
        #expect(line.serials == ["AB12CD34"])
        #expect(line.entryMethod == .scanned)
        #expect(line.scan?.text.hasPrefix("]d2010506023767073017281231") == true)
        #expect(line.vialMilligrams == 8000)
        #expect(line.count == nil)
    }

    @Test func `C16: a scan of another product than the one chosen is a word, and both are kept`() {
        let code = scan("010506023767073017281231" + "10P100423917")
        #expect(code.warning(chosen: "hizentra", in: .seed) == .gtinOtherProduct)
        #expect(code.warning(chosen: "gammanorm", in: .seed) == nil)
        let line = VialLine(code, of: "hizentra", in: .seed)
        #expect(line.product.value == "hizentra")
        #expect(line.gtin == "05060237670730")
        #expect(line.lot == "P100423917")
        #expect(line.vialMilligrams == nil)
        var story = InfusionStory()
        story.line {
            $0.gtin = line.gtin
            $0.scan = line.scan
        }
        #expect(story.rejected == [])
        #expect(story.warned == ["gtin_other_product vials.1"])
    }

    @Test func `a number that no pack showed asks which product it is`() {
        let code = scan("010952000000010310A1")
        #expect(code.product(in: .seed) == nil)
        #expect(code.warning(chosen: "hizentra", in: .seed) == nil)
    }

    @Test(arguments: ["5060237670730", "010952000000010310K724B85411719061421X1", "hello"])
    func `a lot that the code did not say is no scanned lot`(text: String) {
        let line = VialLine(scan(text), of: "gammanorm", in: .seed)
        #expect(line.lot == nil)
        #expect(line.entryMethod == nil)
        #expect(line.scan?.text == text)
    }

    @Test func `a code with separators is accepted in a line and read again from it`() throws {
        let code = scan("]d2010506023767073017281231" + "10P100423917<GS>21AB12CD34")
        let printed = try #require(code.printed)
        #expect(Scan(printed: printed, on: scanDay) == code)
        var story = InfusionStory()
        story.line { $0.scan = printed }
        #expect(story.rejected == [])
        let text = JSONValue.object(story.fields).canonicalText
        let read = try JSONValue(canonical: Array(text.utf8))
        #expect(read["vials.1"]?["scan"]?.stringValue == printed.text)
    }

    @Test func `bytes that are no text are kept as digits`() throws {
        let code = Scan([0x30, 0x31, 0xFF, 0x00], on: scanDay)
        #expect(code.printed == "hex:3031ff00")
        #expect(Scan(printed: "hex:3031ff00", on: scanDay).raw == code.raw)
        #expect(Scan(typed: "hex:30", on: scanDay).printed == "hex:6865783a3330")
    }

    @Test(arguments: [(1024, true), (1025, false)])
    func `a code that has no room in the field is not cut`(length: Int, hasRoom: Bool) {
        let code = scan(String(repeating: "1", count: length))
        #expect((code.printed != nil) == hasRoom)
    }
}
