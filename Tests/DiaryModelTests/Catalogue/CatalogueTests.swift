import DiaryModel
import Testing

@Suite struct CatalogueTests {
    @Test(arguments: [
        ("hizentra", ["hizentra"]), ("Hizentra", ["hizentra"]), ("gamunex", ["gamunex_c"]),
        ("GAMUNEX-C", ["gamunex_c"]), ("octagam", ["octagam5", "octagam10"]),
        ("octagam 10", ["octagam10"]), ("Octagam 5 %", ["octagam5"]), ("cut", ["cutaquig"]),
        ("nothing", []), ("", []),
    ]) func `a typed name finds its products`(typed: String, keys: [String]) {
        #expect(Catalogue.seed.products(named: typed).map(\.key.text) == keys)
    }

    @Test func `every key stands once`() {
        let keys = Catalogue.seed.products.map(\.key)
        #expect(keys.count == 26)
        #expect(Set(keys).count == keys.count)
    }

    @Test func `grams on the label win over volume times concentration`() {
        let size = Catalogue.seed.product("cutaquig")?.size(milligrams: 1000)
        #expect(size?.microlitres == 6000)
    }

    @Test(
        arguments: [
            ("09520000000103", "09520000000103"), ("09520000000104", nil),
            ("5060237670730", "05060237670730"), ("00344206454046", "00344206454046"),
            ("952000000010", nil), ("0952000000010３", nil), ("", nil), ("123456789012345", nil),
        ] as [(String, String?)])
    func `G6, G7: a trade item number has the right check digit`(text: String, full: String?) {
        #expect(GTIN(text)?.description == full)
    }

    @Test func `the one verified number belongs to its product`() throws {
        let gtin = try #require(GTIN("5060237670730"))
        #expect(Catalogue.seed.product(of: gtin)?.key == "gammanorm")
    }

    @Test func `a family is only what is listed`() {
        #expect(Catalogue.seed.areFamily("gamunex_c", "gammaked"))
        #expect(!Catalogue.seed.areFamily("bivigam", "asceniv"))
        #expect(Catalogue.seed.family(of: "hizentra") == ["hizentra"])
    }
}
