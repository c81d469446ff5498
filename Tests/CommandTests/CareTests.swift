import SyncCore
import TestSupport
import Testing

/// What people say at home comes to the clinic, and what the clinic says comes home.
@Suite(.timeLimit(.minutes(60))) struct CareTests {
    private static let pharmacist = "p.lin"
    private static let plan = [
        "plan", "sign", "P03", "--product", "hizentra", "--route", "sc", "--dose", "32g", "--every",
        "7d", "--due", "fixed", "--from", "2026-03-01", "--emergency-phone", "999",
        "--clinic-phone", "01865 000000",
    ]

    private func sign(
        _ household: Household, _ words: [String], status: Int32 = 0, staff: String
    ) throws -> Ended {
        let ended = try household.start(.clinic, words, staff: staff).wait()
        #expect(ended.status == status, "\(ended.text)")
        return ended
    }

    @Test func `a plan is signed by a doctor, and an infusion keeps the version its writer saw`()
        throws
    {
        let household = try Household.joined()
        let nurse = try sign(household, Self.plan, status: 1, staff: Household.nurse)
        #expect(nurse.text.contains("It is for: doctor."), "\(nurse.text)")
        let signed = try sign(household, Self.plan, staff: Household.doctor)
        #expect(signed.text.contains("Hizentra 32.0 g every 7 days"), "\(signed.text)")
        try household.meet()
        let old = try #require(try version(household, .laptop))

        // C06: the next version is signed while the laptop is away.
        try household.run(.clinic, "plan", "show", "P03", staff: Household.doctor)
        let next = ["plan", "sign", "P03", "--dose", "36g", "--from", "2026-03-29"]
        _ = try sign(household, next, staff: Household.doctor)
        let handle = try household.infusion()
        try household.meet()
        for place in [Household.Place.laptop, .phone, .clinic] {
            let view = try household.json(place, "show", handle)
            #expect(view.candidates("planVersion").first?["value"] == old)
        }
        let new = try #require(try version(household, .phone))
        #expect(new != old)
        let shown = try household.run(.phone, "plan").output
        #expect(shown.contains("Hizentra 36.0 g every 7 days"), "\(shown)")
        #expect(shown.contains("clinic’s number: 01865 000000"), "\(shown)")

        // C07: two versions from one page stand side by side, and the agreed one stays on show.
        try household.run(.clinic, "plan", "show", "P03", staff: Household.doctor)
        try household.run(
            .clinic, "staff", "add", "d.two", "--name", "D. Two", "--role", "doctor",
            staff: Household.administrator)
        try household.run(.clinic, "plan", "show", "P03", staff: "d.two")
        let dose = { (grams: String) in ["plan", "sign", "P03", "--dose", grams] }
        _ = try sign(household, dose("38g"), staff: Household.doctor)
        _ = try sign(household, dose("40g"), staff: "d.two")
        try household.meet()
        let open = try household.run(.phone, "plan", status: 3).text
        #expect(open.contains("Two new plans, call clinic."), "\(open)")
        #expect(try version(household, .phone) == new)
        try household.expectEqualStores()
    }

    /// The version of the plan that holds at a place.
    private func version(_ household: Household, _ place: Household.Place) throws -> JSONValue? {
        let ended = try household.start(place, ["plan", "--json"]).wait()
        return try ended.json()["plans"]?.arrayValue?.first?["holds"]
    }

    @Test func `a notice, a question and a training come home, and the answer goes back`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(
            .clinic, "staff", "add", Self.pharmacist, "--name", "P. Lin", "--role", "pharmacist",
            staff: Household.administrator)
        let notice = ["notice", "add", "--product", "hizentra", "--lot", "p100 423917"]
        let nurse = try sign(household, notice, status: 1, staff: Household.nurse)
        #expect(nurse.text.contains("It is for: pharmacist."), "\(nurse.text)")
        let told = try sign(household, notice, staff: Self.pharmacist)
        #expect(told.text.contains("P03") && told.text.contains("1 diary was told"), "\(told.text)")
        let again = try sign(household, notice, staff: Self.pharmacist)
        #expect(again.text.contains("has been told already"), "\(again.text)")

        try household.run(
            .clinic, "training", "sign", "P03", "--trainee", "Anna", "--route", "sc",
            "--competency", "pump=independent", "--result", "signed_off", "--valid-until",
            "2028-03-29")
        let asked = try household.json(
            .clinic, "question", "ask", "P03", "--text", "Did the box arrive?", "--about", handle)
        let question = try #require(asked["handle"]?.stringValue)
        try household.meet()

        let saved = try household.start(
            .phone,
            [
                "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
                "P100423917", "--by", "carer", "--start", "08:10",
            ]
        ).wait()
        #expect(saved.status == 0)
        #expect(saved.text.contains("This lot is under recall."), "\(saved.text)")
        let training = try household.run(.phone, "training").output
        #expect(training.contains("Anna, sc, signed off, assessor r.evans, until"), "\(training)")
        let list = try household.run(.laptop, "questions", status: 3).text
        #expect(list.contains("Did the box arrive?"), "\(list)")
        try household.run(.laptop, "questions", "answer", question, "yes", "--note", "On Friday.")
        try household.meet()
        let answered = try household.json(.clinic, "question", "list", "P03")
        #expect(answered["questions"]?.arrayValue?.first?["answer"] == "yes")
        try household.expectEqualStores()
    }

    @Test func `the emergency number stands before everything else that is said of a reaction`()
        throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        let first = "EMERGENCY 112 for trouble breathing"
        let listed = try household.run(.laptop, "reaction").text
        #expect(listed.hasPrefix(first), "\(listed)")
        let refused = try household.run(.laptop, "reaction", "last", "hiccups=yes", status: 2).text
        #expect(refused.hasPrefix(first), "\(refused)")
        let saved = try household.run(
            .laptop, "reaction", handle, "headache=2", "abdomen-L.pain=4", "--onset", "08:40",
            "--did", "paracetamol", "--interrupted", "no", "--treated", "yes", "--hospital", "no"
        ).text
        #expect(saved.hasPrefix(first), "\(saved)")
        #expect(saved.contains("reaction: headache 2, site 1, pain 4"), "\(saved)")
        try household.meet()
        let reaction = try #require(
            try household.json(.laptop, "reaction")["entries"]?.arrayValue?.first?["handle"]?
                .stringValue)
        try household.run(.clinic, "show", reaction)
        try household.run(.clinic, "reaction", "assess", reaction, "3")
        try household.meet()
        let view = try household.json(.phone, "show", reaction)
        #expect(view.conflicts == [])
        #expect(view.candidates("grade.said").first?["value"]?["grade"] == 2)
        #expect(view.candidates("grade.assessed").first?["value"] == 3)
    }

    @Test func `check, measure and stock are recorded, listed, amended and taken back`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        let check = try household.json(.laptop, "check", "feels_well=yes", "temperature=36.8")
        let handle = try #require(check["handle"]?.stringValue)
        try household.run(.laptop, "amend", handle, "temperature=37.0")
        let shown = try household.run(.laptop, "show", handle).output
        #expect(shown.contains("temperature: 37.0 °C"), "\(shown)")
        #expect(shown.contains("not asked: an infection, or antibiotics"), "\(shown)")
        let history = try household.run(.laptop, "history", handle).output
        #expect(history.contains("temperature: 36.8 °C -> 37.0 °C"), "\(history)")
        try household.run(.laptop, "undo")
        #expect(
            try household.run(.laptop, "check").output.contains("check: no result said, 1 answer"))

        try household.run(.laptop, "measure", "grip_l", "54.1,52.0", "--method", "best")
        try household.run(.laptop, "measure", "grip_l", "24kg", status: 2)
        let measured = try household.run(.laptop, "measure", "list").output
        #expect(measured.contains("grip, left hand 54.1 kPa"), "\(measured)")
        try household.run(
            .laptop, "stock", "receipt", "--product", "hizentra", "--vials", "16x4g", "--lot",
            "P100423917", "--expiry", "2028-12")
        let stock = try household.run(.laptop, "stock", "list").output
        #expect(stock.contains("received, 16 x 4.0 g Hizentra, lot P100423917"), "\(stock)")
        #expect(try household.run(.laptop, "plan").output.contains("There is no plan."))
        try household.run(.laptop, "questions")
        try household.run(.laptop, "training")
        #expect(try household.json(.laptop, "list")["count"] == 3)
    }

    @Test func `a move says what stays behind, and the history says where an entry came from`()
        throws
    {
        let household = try Household()
        for child in ["Mia", "Max"] {
            try household.run(.laptop, "init", "--for", child, "--zone", "Europe/London")
        }
        let stray = try #require(
            household.json(
                .laptop, "log", "infusion", "--for", "Mia", "--product", "cuvitru", "--vials",
                "2x4g", "--lot", "LE12V001AA", "--start", "08:30", "--by", "carer")["handle"]?
                .stringValue)
        let note = try #require(
            household.json(
                .laptop, "log", "note", "slept through it", "--about", stray, "--for", "Mia")[
                    "handle"]?.stringValue)
        let moved = try household.run(.laptop, "move", stray, "--for", "Mia", "--to", "Max").output
        #expect(moved.contains("stays in Mia's diary: \(note) (note)."), "\(moved)")
        let history = try household.run(.laptop, "history", "last", "--for", "Max").output
        #expect(
            history.contains("moved here from Mia's diary, where it is \(stray)"), "\(history)")
        let undone = try household.run(.laptop, "undo", "--for", "Max").output
        #expect(undone.contains("\(stray) stays voided"), "\(undone)")
        try household.run(.laptop, "undo", "--for", "Mia")
        #expect(
            try household.json(.laptop, "show", stray, "--for", "Mia")["status"] == "active")
    }
}
