import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// What is typed of an infusion is kept or refused, and never left out without a word.
@Suite struct InfusionFormTests {
    private func fields(_ form: InfusionForm) throws -> JSONObject {
        let context = try FormContext.noon()
        var warnings: [Warning] = []
        return try form.fields(
            now: context.now, zone: context.zone, catalogue: context.catalogue,
            warnings: &warnings)
    }

    /// Two lots of one size, by the patient.
    private func given() -> InfusionForm {
        var form = InfusionForm()
        form.product = "hizentra"
        form.vials = "6x4g+2x4g"
        form.lots = ["P100423917", "P100423971"]
        form.by = "self"
        return form
    }

    @Test func `an infusion that was not done takes nothing that only a given one has`() throws {
        var form = InfusionForm()
        form.notDone = "fever"
        #expect(try fields(form)["outcome"]?["reason"] == "fever_or_infection")
        form.lots = ["L9"]
        form.expiries = ["2028-12"]
        form.product = "hizentra"
        form.outcome = "stopped"
        #expect(refusals { _ = try fields(form) } == ["outcome: impossible"])
        let said = sentences { _ = try fields(form) }
        #expect(
            said.first?.hasPrefix(
                "What was not done used nothing, yet there is --product, --lot, --expiry, --outcome."
            )
                == true, "\(said)")
        var alike = InfusionForm()
        alike.notDone = "fever"
        alike.outcome = "not_done"
        #expect(try fields(alike)["outcome"]?["code"] == "not_done")
    }

    @Test(arguments: [
        ("2026-03-29T08:05", "2026-03-29T07:05", ["time: impossible"]),
        ("2026-03-20T08:05", "2026-03-23T08:06", ["time: impossible"]),
        ("08:05", "07:05", []), ("now", "2026-03-29T07:05", []),
    ])
    func `an end that was typed lies after the start that was typed`(
        start: String, end: String, refused: [String]
    ) {
        var form = given()
        (form.start, form.end) = (start, end)
        #expect(refusals { _ = try fields(form) } == refused)
    }

    @Test func `there is an expiry for each lot, or for none`() throws {
        var form = given()
        #expect(try fields(form)["vials.1"]?["expiry"] == nil)
        form.expiries = ["2028-12"]
        #expect(
            sentences { _ = try fields(form) } == [
                "The vials are of 2 sizes, the expiries 1. Say one for each, or none; "
                    + "unknown is an answer."
            ])
        form.expiries = ["2028-12", "unknown"]
        #expect(try fields(form)["vials.1"]?["expiry"]?["printed"] == "2028-12")
        #expect(try fields(form)["vials.2"]?["expiry"] == "unknown")
        // At a terminal one that was not said keeps its place.
        form.expiries = ["", "2028-11"]
        #expect(try fields(form)["vials.1"]?["expiry"] == nil)
        #expect(try fields(form)["vials.2"]?["expiry"]?["printed"] == "2028-11")
    }

    @Test(arguments: ["2026-03-27T09:00", "now", "yesterday 09:00", "2026-03-27"])
    func `a start of another day than the one that was said is refused`(start: String) throws {
        var form = given()
        form.day = "2026-03-26"
        form.start = start
        #expect(
            sentences { _ = try fields(form) } == [
                "“\(start)” is not of Thursday 26 March 2026, the day that was said. Say one."
            ])
    }

    @Test(arguments: ["09:00", "thursday 09:00", "2026-03-26T09:00"])
    func `a start of that day, or of none, is taken`(start: String) throws {
        var form = given()
        form.day = "2026-03-26"
        form.start = start
        #expect(try fields(form)["time"]?["start"]?["wall"] == "2026-03-26T09:00")
    }
}
