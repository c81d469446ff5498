import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// A scanned code in a form: it fills what it says without a doubt, and a person says the rest.
@Suite struct ScannedFormTests {
    private static let carton =
        "]d201095200000001031728123110P100423917\u{1D}21AB12CD34"

    private func form(_ scan: String, product: String? = "hizentra") -> InfusionForm {
        var form = InfusionForm()
        form.product = product
        form.vials = "8x4g"
        form.scans = [scan]
        return form
    }

    private func filled(_ form: InfusionForm) throws -> VialLine {
        var warnings: [Warning] = []
        let context = try FormContext.noon()
        let fields = try form.fields(
            now: context.now, zone: context.zone, catalogue: .seed, warnings: &warnings)
        return try #require(fields["vials.1"].flatMap { VialLine(json: $0) })
    }

    @Test func `G1: lot, expiry, number and serial come from the code, the count from the person`()
        throws
    {
        let line = try filled(form(Self.carton))
        #expect(line.lot == "P100423917")
        #expect(line.expiry?.value?.date == CivilDate("2028-12-31"))
        #expect(line.gtin == "09520000000103")
        #expect(line.serials == ["AB12CD34"])
        #expect(line.count?.value == 8)
        #expect(line.entryMethod == .scanned)
        #expect(line.scan?.text == Self.carton)
    }

    @Test func `a lot typed beside a scan is a typed one, and the scan stays as evidence`() throws {
        var form = form(Self.carton)
        form.lots = ["P100423971"]
        let line = try filled(form)
        #expect(line.lot == "P100423971")
        #expect(line.entryMethod == .typed)
        #expect(line.scan != nil)
    }

    @Test func `G5: a scanner without separators fills no lot and asks`() throws {
        let said = sentences {
            _ = try filled(form("010952000000010310K724B85411719061421X1"))
        }
        #expect(said.count == 1)
        #expect(said.first?.contains("not sending the separator") == true)
        #expect(said.first?.contains("Does the pack say lot K 7 2 4 B 8 5 4 1?") == true)
    }

    @Test func `G6: a wrong check digit fills nothing`() throws {
        let said = sentences { _ = try filled(form("010952000000010410P100423917")) }
        #expect(said.first?.contains("wrong check digit") == true)
    }

    @Test func `G7: the number below the bars says the product, and the lot is asked for`() throws {
        var form = form("5060237670730", product: nil)
        form.vials = "4x8g"
        #expect(
            sentences { _ = try filled(form) }.first?.contains("This code has no lot") == true)
        form.lots = ["K724B8541"]
        let line = try filled(form)
        #expect(line.product.value == "gammanorm")
        #expect(line.gtin == "05060237670730")
        #expect(line.entryMethod == .typed)
    }

    @Test func `a code whose product is not known asks which it is`() {
        #expect(
            refusals { _ = try filled(form(Self.carton, product: nil)) } == ["vials.1: missing"])
    }

    @Test func `there is a code for each size of vials, or none`() {
        var form = form(Self.carton)
        form.vials = "8x4g+2x1g"
        #expect(refusals { _ = try filled(form) } == ["vials.1: malformed"])
    }

    @Test func `a delivery may be scanned, too`() throws {
        var form = StockForm(movement: "receipt")
        form.product = "hizentra"
        form.vials = "16x4g"
        form.scans = [Self.carton]
        var warnings: [Warning] = []
        let fields = try form.fields(.noon(), warnings: &warnings)
        #expect(fields["vials.1"]?["lot"] == "P100423917")
        #expect(fields["vials.1"]?["entryMethod"] == "scanned")
    }
}
