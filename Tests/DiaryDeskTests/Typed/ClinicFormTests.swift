import DiaryDesk
import DiaryModel
import SyncCore
import Testing

@Suite struct ClinicFormTests {
    @Test func `a training says who, what, how far and until when`() throws {
        let world = try DeskWorld()
        var form = TrainingForm()
        form.route = "sc"
        form.technique = "pump"
        form.competencies = ["priming=independent", "Needle removal=done"]
        form.result = "signed-off"
        form.trainer = "nurse"
        form.signer = world.people[.doctor]
        form.witnessed = "3"
        form.validUntil = "2028-03-29"
        let saved = try world.log(.training, by: .doctor) { try form.fields($0, warnings: &$1) }
        let view = try world.view(saved.entry)
        #expect(view["trainee"]?.stringValue == world.people[.patient]?.text)
        #expect(view["skill"] == ["route": "sc", "technique": "pump"])
        #expect(view["competency.priming"] == "independent")
        #expect(view["competency.needle_removal"] == "done")
        #expect(
            view["result"] == [
                "assessor": try #require(world.people[.doctor]).json, "code": "signed_off",
                "trainer": try #require(world.people[.nurse]).json, "validUntil": "2028-03-29",
                "witnessed": 3,
            ])
    }

    @Test func `a training without its parts says what is missing`() {
        var warnings: [Warning] = []
        let said = refusals { _ = try TrainingForm().fields(.noon(), warnings: &warnings) }
        #expect(said == ["trainee: missing", "skill/route: missing", "result: missing"])
    }

    @Test func `a notice is copied from a letter`() throws {
        var form = NoticeForm()
        form.product = "octagam5"
        form.lot = "K551A8441"
        form.expiry = "2017-12-17"
        form.authority = "FDA"
        form.reference = "2016-04-21"
        form.since = "2026-03-29T09:00"
        form.advice = "set_aside"
        form.text = "Please put these vials aside and ring us."
        var notice = try #require(try form.notice(.noon()).objectValue)
        #expect(notice["since"]?["wall"] == "2026-03-29T09:00")
        notice["since"] = nil
        #expect(
            notice == [
                "advice": "set_aside", "authority": "FDA",
                "expiry": ["date": "2017-12-17", "precision": "day", "printed": "2017-12-17"],
                "lot": "K551A8441", "product": "octagam5", "reference": "2016-04-21",
                "text": "Please put these vials aside and ring us.",
            ])
        #expect(
            refusals { _ = try NoticeForm().notice(.noon()) } == [
                "notice/product: missing", "notice/lot: missing",
            ])
    }

    @Test func `a question is asked in words, of the patient where nobody else is named`() throws {
        var form = QuestionForm()
        form.text = "Did the box arrive?"
        form.code = "box arrived"
        #expect(
            try form.ask(.noon()) == [
                "code": "box_arrived", "text": "Did the box arrive?", "to": "patient",
            ])
        #expect(refusals { _ = try QuestionForm().ask(.noon()) } == ["ask/text: missing"])
        form.to = "plumber"
        #expect(refusals { _ = try form.ask(.noon()) } == ["ask/to: not_in_list"])
    }

    @Test(
        arguments: [
            ("y", "yes"), ("No", "no"), ("?", "unknown"), ("declined", "declined"),
            ("not given", "not_given"),
        ])
    func `an answer is one of four, or a short word`(typed: String, wire: String) throws {
        #expect(try AnswerForm(typed).answer() == .string(wire))
    }

    @Test func `what is more than a word belongs in a note`() {
        #expect(
            refusals { _ = try AnswerForm("it came, but opened!").answer() } == [
                "answer: not_in_list"
            ])
    }
}
