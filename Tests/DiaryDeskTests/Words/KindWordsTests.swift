import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// Every kind of entry is shown in plain words, with its units.
@Suite struct KindWordsTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func words(_ entry: EntryID) throws -> EntryWords {
        let people = try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).people()
        }
        return EntryWords(
            try world.view(entry), catalogue: .seed, zone: world.zone, now: DeskWorld.noon,
            people: people)
    }

    /// `label: text` of each field but the time.
    private func details(_ entry: EntryID) throws -> [String] {
        try words(entry).details.filter { $0.field != "time" }.map { "\($0.label): \($0.text)" }
    }

    @Test func `a check is told with its vitals, and what nobody asked is said so`() throws {
        var form = CheckForm()
        form.answers = ["feels_well=yes", "temperature=36.8", "bp=120/80", "result=proceed"]
        let entry = try world.log(.check) { try form.fields($0, warnings: &$1) }.entry
        #expect(try words(entry).what == "check: proceed, 1 answer, 120/80 mmHg, 36.8 °C")
        #expect(
            try details(entry) == [
                "feels well: yes", "blood pressure: 120/80 mmHg", "temperature: 36.8 °C",
                "result: proceed",
            ])
        #expect(try words(entry).notAsked.contains("pregnancy"))
        #expect(try !words(entry).notAsked.contains("feels well"))
    }

    @Test func `a reaction is told by what was felt`() throws {
        let infusion = try world.infusion()
        var form = ReactionForm()
        form.words = ["headache=2", "wheeze=no", "1.lump=20mm", "hospital=no", "treated=yes"]
        form.did = "slowed,paracetamol"
        form.outcome = "not_recovered"
        form.infusion = .infusion(infusion, sites: [])
        let entry = try world.log(.reaction) { try form.fields($0, warnings: &$1) }.entry
        #expect(try words(entry).what == "reaction: headache 2, site 1, lump 20 mm")
        #expect(
            try details(entry) == [
                "outcome: not recovered", "after infusion: \(Handle(of: infusion))",
                "how bad, as it was said: 2, treated yes, hospital no", "headache: 2", "wheeze: no",
                "site 1, lump: 20 mm", "paracetamol taken: yes", "slowed down: yes",
            ])
    }

    @Test(
        arguments: [
            ("grip_l", "54.1", "grip, left hand 54.1 kPa"),
            ("grip_force_l", "24kg", "grip force, left hand 24.0 kg"),
            ("incat", "2/3", "INCAT 5 (arm 2, leg 3)"), ("walk10m", "unable", "10 m walk unable"),
            ("walk10m", "12.8", "10 m walk 12.8 s"), ("weight", "82.4", "weight 82.4 kg"),
            ("igg_trough", "12.5", "IgG 12.5 g/L"), ("vas_pain", "0", "pain, 0 to 10 0"),
            ("weight", "unknown", "weight unknown"),
        ])
    func `a measurement is told with its unit`(code: String, typed: String, words: String) throws {
        let form = MeasurementForm(measure: code, value: typed)
        let entry = try world.log(.measurement) { try form.fields($0, warnings: &$1) }.entry
        #expect(try self.words(entry).what == words)
    }

    @Test func `attempts, method and period stand beside the number`() throws {
        var form = MeasurementForm(measure: "grip_r", value: "54.1,52.0")
        form.method = "best"
        let grip = try world.log(.measurement) { try form.fields($0, warnings: &$1) }.entry
        #expect(
            try words(grip).what == "grip, right hand 54.1 kPa, of 54.1 kPa, 52.0 kPa, the best")
        var count = MeasurementForm(measure: "infections", value: "2")
        count.from = "2026-01-01"
        count.to = "2026-03-28"
        let infections = try world.log(.measurement) { try count.fields($0, warnings: &$1) }.entry
        #expect(
            try words(infections).what
                == "infections 2, Thursday 1 January 2026 to Saturday 28 March 2026")
    }

    @Test func `what came and went is told with its lots`() throws {
        var form = StockForm(movement: "receipt")
        form.product = "hizentra"
        form.vials = "16x4g"
        form.lots = ["P100423917"]
        form.supplier = "Homecare"
        form.coldChain = "ok"
        let box = try world.log(.stock) { try form.fields($0, warnings: &$1) }.entry
        #expect(
            try words(box).what == "stock: received, 16 x 4.0 g Hizentra, lot P100423917")
        form.movement = "loss"
        form.loss = "discarded_part"
        let loss = try world.log(.stock) { try form.fields($0, warnings: &$1) }.entry
        #expect(try words(loss).what.hasPrefix("stock: discarded part, 16 x 4.0 g Hizentra"))
        #expect(try details(loss).contains("kept cool: ok"))
        #expect(try details(loss).contains("delivery: supplier Homecare"))
    }

    @Test func `a training names who, what and until when`() throws {
        var form = TrainingForm()
        form.route = "sc"
        form.technique = "pump"
        form.result = "signed_off"
        form.validUntil = "2028-03-29"
        let entry = try world.log(.training, by: .nurse) {
            try form.fields($0, warnings: &$1)
        }.entry
        #expect(
            try words(entry).what
                == "training: patient, sc, technique pump, signed off, "
                + "until Wednesday 29 March 2028")
    }

    @Test func `a plan has a line for each thing it says`() throws {
        var form = PlanForm()
        form.product = "hizentra"
        form.route = "sc"
        form.dose = "32g"
        form.every = "7d"
        form.ramp = "0=7.5g,7=15g"
        form.checks = "feels_well=no"
        form.stopRules = ["Ring us if you feel faint."]
        form.premedications = "paracetamol=1000"
        let plan = try form.plan(.noon())
        let entry = try world.desk(.doctor).sign(plan, as: nil, reason: "started").result.entry
        let words = try words(entry)
        #expect(
            words.what == "plan: Hizentra 32.0 g every 7 days, under the skin, "
                + "from Sunday 29 March 2026")
        #expect(
            words.lines(ofPlan: plan) == [
                "product: Hizentra", "route: under the skin", "dose: 32.0 g", "every: 7 days",
                "from: Sunday 29 March 2026", "ramp: day 0 7.5 g; day 7 15.0 g",
                "before it: paracetamol 1000 mg", "checks: feels well, a worry if no",
                "when to stop: Ring us if you feel faint.", "time zone: Europe/London",
            ])
    }

    @Test func `a notice and a question say what they are about`() throws {
        let notice: JSONValue = [
            "advice": "set_aside", "lot": "K551A8441", "product": "octagam5",
        ]
        let told = try world.desk(.pharmacist).log("notice", set: ["notice": notice]).result.entry
        #expect(try words(told).what == "notice: lot K551A8441 of Octagam 5 %: set aside")
        let ask: JSONValue = ["code": "box_arrived", "text": "Did the box arrive?"]
        let asked = try world.desk(.nurse).log("question", set: ["ask": ask]).result.entry
        #expect(try words(asked).what == "question: Did the box arrive?  not answered")
        try world.amend(asked, "answer=yes")
        #expect(try words(asked).what == "question: Did the box arrive?  yes")
    }

    @Test func `a value of a newer version is not guessed at`() throws {
        let view = EntryView(
            alone: try world.view(try world.infusion()).entry, kind: "measurement",
            set: ["measure": "weight", "value": ["stones": 13], "time": ["start": 1]],
            at: Timestamp(milliseconds: DeskWorld.noon, offset: 60))
        let words = EntryWords(view, catalogue: .seed, zone: world.zone, now: DeskWorld.noon)
        #expect(words.what == "weight needs a newer version to be shown")
        #expect(view.fields["value"]?.isUnreadable("value", of: .measurement) == true)
    }
}
