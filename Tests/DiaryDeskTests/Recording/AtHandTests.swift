import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What the diary knows beside an entry is held against it as it is written.
@Suite struct AtHandTests {
    private let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func codes(_ saved: Desk.Saved) -> [WarningCode] { saved.warnings.map(\.code) }

    @discardableResult
    private func measure(_ code: String, _ value: String, on day: String) throws -> Desk.Saved {
        try world.log(.measurement) { context, warnings in
            var form = MeasurementForm(measure: code, value: value)
            form.start = "10:00"
            form.day = day
            return try form.fields(context, warnings: &warnings)
        }
    }

    @discardableResult
    private func receive(_ vials: String, lot: String, on day: String) throws -> Desk.Saved {
        try world.log(.stock) { context, warnings in
            var form = StockForm(movement: "receipt")
            form.product = "hizentra"
            form.vials = vials
            form.lots = [lot]
            form.expiries = ["2028-12"]
            form.start = "10:00"
            form.day = day
            return try form.fields(context, warnings: &warnings)
        }
    }

    private func infuse(
        _ vials: String = "8x4g", lot: String, start: String = "2026-03-29T08:05",
        serials: [String] = []
    ) throws -> Desk.Saved {
        var form = InfusionForm()
        form.product = "hizentra"
        form.vials = vials
        form.lots = [lot]
        form.start = start
        form.by = "self"
        var warnings: [Warning] = []
        var set = try form.fields(
            now: DeskWorld.noon, zone: world.zone, catalogue: .seed, warnings: &warnings)
        if !serials.isEmpty, var line = set["vials.1"]?.objectValue {
            line["serials"] = .array(serials.map(JSONValue.string))
            set["vials.1"] = .object(line)
        }
        return try world.desk().log("infusion", set: set).result
    }

    // MARK: measurements

    @Test func `C22: grips that look swapped are saved and asked about`() throws {
        try measure("grip_l", "41", on: "2026-03-22")
        try measure("grip_r", "60", on: "2026-03-22")
        #expect(try codes(measure("grip_r", "41", on: "2026-03-29")) == [])
        #expect(try codes(measure("grip_l", "60", on: "2026-03-29")) == [.sidesSwapped])
    }

    @Test func `a dynamometer is never held against a bulb`() throws {
        try measure("grip_l", "41", on: "2026-03-22")
        try measure("grip_r", "60", on: "2026-03-22")
        try measure("grip_force_r", "41kg", on: "2026-03-29")
        #expect(try codes(measure("grip_force_l", "60kg", on: "2026-03-29")) == [])
    }

    @Test func `a level drawn days before the next infusion is no trough`() throws {
        _ = try infuse(lot: "P100423917")
        #expect(try codes(measure("igg_trough", "9.0", on: "2026-03-25")) == [.iggNotTrough])
        #expect(try codes(measure("igg_trough", "9.0", on: "2026-03-28")) == [])
    }

    // MARK: reactions

    @Test func `C23: a reaction that names a voided infusion is kept, and says so`() throws {
        let infusion = try world.infusion()
        _ = try world.desk().void(infusion, reason: "never_happened")
        #expect(try codes(react(to: infusion, at: "09:00")) == [.reactionInfusionVoided])
    }

    @Test func `a reaction that began before its infusion is kept, and says so`() throws {
        let infusion = try world.infusion()
        #expect(try codes(react(to: infusion, at: "07:00")) == [.reactionBeforeInfusion])
        #expect(try codes(react(to: infusion, at: "09:00")) == [])
    }

    private func react(to infusion: EntryID, at onset: String) throws -> Desk.Saved {
        try world.log(.reaction) { context, warnings in
            var form = ReactionForm()
            form.words = ["headache=1"]
            form.infusion = .infusion(infusion, sites: [])
            form.onset = onset
            return try form.fields(context, warnings: &warnings)
        }
    }

    // MARK: stock and vials

    @Test func `where nobody keeps stock no lot is missed`() throws {
        #expect(try codes(infuse(lot: "P100423917")) == [])
    }

    @Test func `more vials than lie at home are saved with a word`() throws {
        try receive("10x4g", lot: "P100423917", on: "2026-03-15")
        #expect(
            try codes(infuse(lot: "P100423917", start: "2026-03-23T08:05")) == [])
        #expect(try codes(infuse(lot: "p100 423917")) == [.countAboveStock])
    }

    @Test func `a lot that never came is told, and that it is nearly one at home`() throws {
        try receive("10x4g", lot: "P100423917", on: "2026-03-15")
        #expect(try codes(infuse(lot: "P100423971")) == [.lotNotInStock, .lotNearOther])
        #expect(try codes(infuse(lot: "Q7", start: "2026-03-28T08:05")) == [.lotNotInStock])
    }

    @Test func `amending a line does not hold its own vials against it`() throws {
        try receive("8x4g", lot: "P100423917", on: "2026-03-15")
        let saved = try infuse(lot: "P100423917")
        let view = try world.view(saved.entry)
        var line = try #require(view["vials.1"]?.objectValue)
        line["count"] = 7
        let amended = try world.desk().amend(
            saved.entry, set: ["vials.1": .object(line)], reason: "slip",
            seen: .exactly(view.context))
        #expect(codes(amended.result) == [])
    }

    @Test func `a delivery of nearly the same lot, and a count that differs, are told`() throws {
        try receive("10x4g", lot: "P100423917", on: "2026-03-15")
        #expect(try codes(receive("10x4g", lot: "P100423971", on: "2026-03-22")) == [.lotNearOther])
        let counted = try world.log(.stock) { context, warnings in
            var form = StockForm(movement: "count")
            form.product = "hizentra"
            form.vials = "9x4g"
            form.lots = ["P100423917"]
            return try form.fields(context, warnings: &warnings)
        }
        #expect(codes(counted) == [.countDiffers])
    }

    @Test func `the serial number of a vial that was used before is told`() throws {
        #expect(
            try codes(infuse("1x4g", lot: "L1", start: "2026-03-23T08:05", serials: ["X1"])) == [])
        #expect(try codes(infuse("1x4g", lot: "L1", serials: ["X1"])) == [.serialSeenBefore])
        #expect(
            try codes(infuse("1x4g", lot: "L1", start: "2026-03-28T08:05", serials: ["X2"])) == [])
    }

    // MARK: words and questions

    @Test func `A12: a dose that is not whole vials is named, and no other is offered`() throws {
        let doctor = world.desk(.doctor)
        let saved = try doctor.log(
            "plan",
            set: [
                "plan": [
                    "doseMilligrams": 28_800, "effectiveFrom": "2026-03-01", "intervalDays": 7,
                    "product": "hizentra", "route": "sc", "zone": "Europe/London",
                ]
            ]
        ).result
        #expect(saved.warnings.map(\.sentence).contains { $0.hasPrefix("28.8 g is not whole") })
        let words = EntryWords(
            try world.view(saved.entry), catalogue: .seed, zone: world.zone, now: DeskWorld.noon)
        #expect(words.findings == saved.warnings.map(\.sentence))
    }

    @Test func `a question to the patient is not answered by a carer, however it is written`()
        throws
    {
        let ask: JSONObject = ["ask": ["code": "box_arrived", "to": "patient"]]
        let question = try world.desk(.nurse).log("question", set: ask).result.entry
        let refused = sentences { try world.amend(question, "answer=yes", by: .carer) }
        #expect(refused.first?.contains("patient, nurse, pharmacist, doctor may") == true)
        #expect(
            sentences { try world.desk(.carer).mayAnswer(question) }.first?
                .hasPrefix("this question is for patient") == true)
        try world.amend(question, "answer=yes", by: .patient)
        #expect(try world.view(question)["answer"] == "yes")
    }
}
