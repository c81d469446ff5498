import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// `diary amend HANDLE name=value` on every kind of entry, by the field table.
@Suite struct AmendedKindsTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func check() throws -> EntryID {
        var form = CheckForm()
        form.answers = ["feels_well=yes", "temperature=36.8", "result=proceed"]
        return try world.log(.check) { try form.fields($0, warnings: &$1) }.entry
    }

    @Test func `an answer and a measured value of a check are changed by their names`() throws {
        let entry = try check()
        try world.amend(entry, "temperature=37.0", "feels_well=no", "bp=130/85", "start=07:55")
        let view = try world.view(entry)
        #expect(view["vital.temperature"] == ["temperatureCelsiusHundredths": 3700])
        #expect(view["answer.feels_well"] == "no")
        #expect(view["vital.blood_pressure"] == ["diastolicMmHg": 85, "systolicMmHg": 130])
        #expect(view["time"]?["start"]?["wall"] == "2026-03-29T07:55")
        try world.amend(entry, "temperature=none", "pulse=unknown")
        #expect(try world.view(entry)["vital.temperature"] == .null)
        #expect(try world.view(entry)["vital.pulse"] == "unknown")
    }

    @Test func `one member of a value is changed and the others stay`() throws {
        let entry = try check()
        try world.amend(entry, "result=proceed_after_advice", "advised_by=nurse")
        #expect(
            try world.view(entry)["result"] == [
                "advisedBy": try #require(world.people[.nurse]).json,
                "code": "proceed_after_advice",
            ])
    }

    @Test func `symptoms, sites and the infusion of a reaction are changed`() throws {
        let infusion = try world.infusion()
        var form = ReactionForm()
        form.words = ["headache=2", "1.pain=4"]
        form.infusion = .notSure
        let entry = try world.log(.reaction) { try form.fields($0, warnings: &$1) }.entry
        try world.amend(
            entry, "headache=1", "nausea=yes", "local.1.pain=2", "local.1.lump=15mm",
            "infusion=last", "outcome=recovered", "slowed=yes", "end=15:00")
        let view = try world.view(entry)
        #expect(view["symptom.headache"] == ["grade": 1])
        #expect(view["symptom.nausea"] == "yes")
        #expect(view["local.1.pain"] == ["painPoints": 2])
        #expect(view["local.1.lump"] == ["sizeMillimetres": 15])
        #expect(view["infusion"]?.stringValue == infusion.text)
        #expect(view["outcome"] == ["code": "recovered"])
        #expect(view["action.slowed"] == "yes")
        #expect(view["time"]?["end"]?["wall"] == "2026-03-29T15:00")
    }

    @Test func `a measured number is changed with what belongs to it`() throws {
        var form = MeasurementForm(measure: "grip_l", value: "54.1,52.0")
        form.method = "best"
        let grip = try world.log(.measurement) { try form.fields($0, warnings: &$1) }.entry
        try world.amend(grip, "value=55.0,52.0")
        #expect(
            try world.view(grip)["value"] == [
                "attemptsPascals": [55_000, 52_000], "gripPascals": 55_000, "method": "best_of",
            ])
        try world.amend(grip, "method=mean")
        #expect(try world.view(grip)["value"]?["gripPascals"] == 53_500)

        var count = MeasurementForm(measure: "infections", value: "2")
        count.from = "2026-01-01"
        count.to = "2026-03-28"
        let infections = try world.log(.measurement) { try count.fields($0, warnings: &$1) }.entry
        try world.amend(infections, "infections=3")
        try world.amend(infections, "to=2026-03-29")
        #expect(
            try world.view(infections)["value"] == [
                "count": 3, "from": "2026-01-01", "to": "2026-03-29",
            ])
        let said = sentences { try world.amend(infections, "measure=days_off") }
        #expect(
            said == ["what was measured is said once; void this entry and record another"])
    }

    @Test func `lots, storage and reasons of stock are changed`() throws {
        var form = StockForm(movement: "loss")
        form.product = "hizentra"
        form.vials = "2x4g"
        form.lots = ["P100423917"]
        form.loss = "broken"
        let entry = try world.log(.stock) { try form.fields($0, warnings: &$1) }.entry
        try world.amend(
            entry, "lot=P100423971", "count=3", "loss=leaked", "supplier=Homecare",
            "reference=D-77", "discard_by=2026-09-29", "cold_chain=broken")
        let view = try world.view(entry)
        #expect(view["vials.1"]?["lot"] == "P100423971")
        #expect(view["vials.1"]?["count"] == 3)
        #expect(view["loss"] == "leaked")
        #expect(view["delivery"] == ["reference": "D-77", "supplier": "Homecare"])
        #expect(view["storage"] == ["discardBy": "2026-09-29"])
        #expect(view["coldChain"] == "broken")
    }

    @Test func `a training's end and skills are changed by who may sign it`() throws {
        var form = TrainingForm()
        form.route = "sc"
        form.result = "signed_off"
        form.competencies = ["pump=done"]
        let entry = try world.log(.training, by: .nurse) {
            try form.fields($0, warnings: &$1)
        }.entry
        try world.amend(entry, "until=2028-03-29", "competency.pump=independent", by: .nurse)
        let view = try world.view(entry)
        #expect(view["result"] == ["code": "signed_off", "validUntil": "2028-03-29"])
        #expect(view["competency.pump"] == "independent")
        #expect(
            sentences { try world.amend(entry, "until=2030-03-29") } == [
                "patient may not set result of this training; nurse, doctor may"
            ])
    }

    @Test func `a grade that staff give stands beside the patient's own words`() throws {
        var form = ReactionForm()
        form.words = ["headache=1", "interrupted=no", "treated=no", "hospital=no"]
        let entry = try world.log(.reaction) { try form.fields($0, warnings: &$1) }.entry
        try world.amend(entry, "grade.assessed=3", by: .nurse)
        let view = try world.view(entry)
        #expect(view["grade.said"]?["grade"] == 1)
        #expect(view["grade.assessed"] == 3)
        #expect(view.conflicts == [])
        #expect(
            sentences { try world.amend(entry, "grade=2", by: .nurse) } == [
                "nurse may not set grade.said of this reaction; patient, carer may"
            ])
        #expect(
            sentences { try world.amend(entry, "grade=2", by: .carer) } == [
                "carer may not set grade.said of this reaction; only who wrote it may"
            ])
    }

    @Test func `a plan is not edited, and what is not known is said with what is`() throws {
        let plan = try world.desk(.doctor).sign(
            [
                "doseMilligrams": 32_000, "effectiveFrom": "2026-03-01", "intervalDays": 7,
                "product": "hizentra", "route": "sc", "zone": "Europe/London",
            ], as: nil, reason: "started"
        ).result.entry
        let said = sentences { try world.amend(plan, "dose=36g", by: .doctor) }
        #expect(said.first?.contains("a plan is never edited") == true)
        let odd = sentences { try world.amend(try check(), "colour=red") }
        #expect(odd.first?.contains("“colour” is nothing I can change. I know: start") == true)
    }

    @Test(arguments: [
        ["count=6", "count=7"], ["count=6", "1.count=7"], ["lot=P1", "vials.1.lot=P2"],
        ["start=08:00", "time=09:00"], ["by=self", "infusedBy=nurse"], ["pump=A", "PUMP=B"],
    ])
    func `one thing that is said twice, by whatever names, is refused`(typed: [String]) throws {
        let entry = try world.infusion()
        let said = sentences { try world.amend(entry, typed[0], typed[1]) }
        #expect(
            said == ["It was said twice, “\(typed[0])” and “\(typed[1])”. Say it once."])
        #expect(try world.view(entry)["vials.1"]?["count"] == 8)
    }

    @Test func `parts of one value, and one thing said twice alike, are taken`() throws {
        let entry = try world.infusion()
        try world.amend(entry, "count=6", "lot=P100423971", "count=6", "end=10:20", "start=08:10")
        let view = try world.view(entry)
        #expect(view["vials.1"]?["count"] == 6)
        #expect(view["vials.1"]?["lot"] == "P100423971")
        #expect(view["time"]?["start"]?["wall"] == "2026-03-29T08:10")
    }

    @Test func `fields of an infusion that have no name of their own are changed, too`() throws {
        let entry = try world.infusion()
        try world.amend(
            entry, "premed.paracetamol=1000", "premedAsked=yes", "needleSet.lot=N-1",
            "course=2 of 2", "lot=P100423971")
        let view = try world.view(entry)
        #expect(view["premed.paracetamol"] == ["doseMilligrams": 1000])
        #expect(view["premedAsked"] == "yes")
        #expect(view["needleSet"] == ["lot": "N-1"])
        #expect(view["course"]?["part"] == 2)
        #expect(view["vials.1"]?["lot"] == "P100423971")
    }
}
