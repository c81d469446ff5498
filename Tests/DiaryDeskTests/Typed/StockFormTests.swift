import DiaryDesk
import DiaryModel
import SyncCore
import Testing

@Suite struct StockFormTests {
    private func form(_ movement: String) -> StockForm {
        var form = StockForm(movement: movement)
        form.product = "hizentra"
        form.vials = "16x4g"
        form.lots = ["P100423917"]
        form.expiries = ["2028-12"]
        return form
    }

    private func fields(_ form: StockForm) throws -> JSONObject {
        var warnings: [Warning] = []
        var fields = try form.fields(.noon(), warnings: &warnings)
        fields["time"] = nil
        return fields
    }

    private let line: JSONValue = [
        "count": 16, "entryMethod": "typed",
        "expiry": ["date": "2028-12-31", "precision": "month", "printed": "2028-12"],
        "lot": "P100423917", "product": "hizentra", "vialMicrolitres": 20_000,
        "vialMilligrams": 4000,
    ]

    @Test func `a delivery is its vials, who brought them and how cool they came`() throws {
        var form = form("receipt")
        form.supplier = "Homecare"
        form.reference = "D-77"
        form.coldChain = "ok"
        #expect(
            try fields(form) == [
                "coldChain": "ok", "delivery": ["reference": "D-77", "supplier": "Homecare"],
                "movement": "receipt", "vials.1": line,
            ])
    }

    @Test func `vials that were moved say since when and until when`() throws {
        var form = form("move")
        form.since = "08:00"
        form.discardBy = "2026-09-29"
        let storage = try fields(form)["storage"]
        #expect(storage?["discardBy"] == "2026-09-29")
        #expect(storage?["roomTemperatureSince"]?["wall"] == "2026-03-29T08:00")
    }

    @Test func `a loss says why, and not knowing it is an answer`() throws {
        var form = form("loss")
        #expect(refusals { _ = try fields(form) } == ["loss: missing"])
        for code in StockForm.losses + ["unknown"] {
            form.loss = code
            #expect(try fields(form)["loss"]?.stringValue == code)
        }
        form.loss = "eaten"
        #expect(refusals { _ = try fields(form) } == ["loss: not_in_list"])
    }

    @Test func `a lot is copied, or it is said why it is missing`() throws {
        var form = form("count")
        form.lots = []
        #expect(refusals { _ = try fields(form) } == ["vials.1: missing"])
        form.lotMissing = "unreadable"
        #expect(try fields(form)["vials.1"]?["lotMissing"] == "unreadable")
    }

    @Test func `a count may find none, and nothing else may`() throws {
        let world = try DeskWorld()
        var form = form("count")
        form.vials = "0x4g"
        let saved = try world.log(.stock) { try form.fields($0, warnings: &$1) }
        #expect(!saved.warnings.map(\.code).contains(.countHigh))
        let view = try world.view(saved.entry)
        #expect(view["vials.1"]?["count"] == 0)
        #expect(view.fields["vials.1"]?.isUnreadable("vials.1", of: .stock) == false)
        for movement in ["receipt", "move", "loss"] {
            form.movement = movement
            form.loss = movement == "loss" ? "broken" : nil
            #expect(refusals { _ = try fields(form) } == ["vials.1: malformed"])
        }
        var box = self.form("receipt")
        box.vials = "2x4g"
        let came = try world.log(.stock) { try box.fields($0, warnings: &$1) }.entry
        #expect(refusals { try world.amend(came, "count=0") } == ["vials.1/count: out_of_range"])
        let infusion = try world.infusion()
        #expect(
            refusals { try world.amend(infusion, "count=0") } == ["vials.1/count: out_of_range"])
    }

    @Test func `without vials there is no movement`() {
        var form = form("receipt")
        form.vials = nil
        #expect(refusals { _ = try fields(form) } == ["vials.1: missing"])
        #expect(refusals { _ = try fields(self.form("theft")) } == ["movement: not_in_list"])
    }
}
