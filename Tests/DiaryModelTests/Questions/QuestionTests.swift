import DiaryModel
import SyncCore
import Testing

@Suite struct QuestionTests {
    private func asked(_ story: inout CareStory, to role: JSONValue = "patient") throws -> EntryID {
        let about = try #require(entry(5))
        return try story.begin(
            "question", .question,
            [
                "ask": [
                    "about": ["entry": about.json, "field": "vials.1"], "code": "one_or_two",
                    "text": "Was it one infusion?", "to": role,
                ]
            ], by: .clinic)
    }

    private func state(_ story: CareStory) throws -> Question.State {
        Question(try story.view("question")).state
    }

    @Test func `a question is open until somebody answers`() throws {
        var story = CareStory()
        _ = try asked(&story)
        let question = Question(try story.view("question"))
        #expect(question.state == .open)
        #expect(question.isWaiting)
        #expect(question.ask?.about?.field == "vials.1")
        #expect(question.sentence == "Was it one infusion?")
        try story.amend("question", ["answer": "one"], seeing: ["question"])
        #expect(try state(story) == .answered("one"))
        #expect(!Question(try story.view("question")).isWaiting)
    }

    @Test func `two answers that had not seen each other are contested, the same one is not`()
        throws
    {
        var story = CareStory()
        _ = try asked(&story)
        try story.amend("question", ["answer": "one"], seeing: ["question"], as: "patient")
        try story.amend(
            "question", ["answer": "one"], by: .tablet, seeing: ["question"], as: "carer")
        #expect(try state(story) == .answered("one"))
        try story.amend(
            "question", ["answer": "two"], by: .clinic, seeing: ["question"], as: "nurse")
        #expect(try state(story) == .contested(["one", "two"]))
        #expect(try state(story).words == "two answers: one or two")
        try story.amend(
            "question", ["answer": "two"], by: .clinic, seeing: ["patient", "carer", "nurse"],
            as: "settled")
        #expect(try state(story) == .answered("two"))
    }

    @Test func `an answer that was taken out leaves the question open`() throws {
        var story = CareStory()
        _ = try asked(&story)
        try story.amend("question", ["answer": "one"], seeing: ["question"], as: "first")
        try story.amend("question", ["answer": .null], seeing: ["first"], as: "out")
        #expect(try state(story) == .open)
    }

    @Test func `a question that was taken back waits for nobody`() throws {
        var story = CareStory()
        _ = try asked(&story)
        try story.amend("question", ["status": "voided"], by: .clinic, seeing: ["question"])
        #expect(try state(story) == .voided)
    }

    @Test(
        arguments: [
            (.patient, [.patient, .nurse, .pharmacist, .doctor]),
            (.carer, [.carer, .nurse, .pharmacist, .doctor]),
            (.nurse, [.nurse, .pharmacist, .doctor]),
            (nil, [.patient, .carer, .nurse, .pharmacist, .doctor]),
        ] as [(Role?, [Role])])
    func `whom it asks may answer, and any staff who may answer questions`(
        to: Role?, may: [Role]
    ) {
        let ask = Ask("one_or_two", to: to)
        #expect(Role.allCases.filter(ask.mayAnswer) == may)
    }

    @Test func `whoever is not asked is refused where it is typed, with who may`() {
        func answer(_ role: Role, asking asked: Role?) -> FieldWrite.Answer {
            FieldWrite(
                role: role, kind: .question, field: "answer", beginsEntry: false,
                asks: [asked].compactMap(\.self)
            ).answer
        }
        #expect(answer(.patient, asking: .patient) == .allowed)
        #expect(answer(.nurse, asking: .patient) == .allowed)
        #expect(answer(.carer, asking: nil) == .allowed)
        #expect(
            answer(.carer, asking: .patient)
                == .refused(whoMay: [.patient, .nurse, .pharmacist, .doctor]))
        #expect(
            answer(.clerk, asking: .clerk) == .refused(whoMay: [.nurse, .pharmacist, .doctor]))
    }

    @Test func `a question knows its own answers and the four of every question`() throws {
        var story = CareStory()
        _ = try asked(&story)
        let question = Question(try story.view("question"))
        for answer in ["one", "two", "yes", "no", "unknown", "declined"] as [PrintedText] {
            #expect(question.knows(answer), "\(answer)")
        }
        #expect(!question.knows("three"))
    }

    @Test func `every code of the table stands once, and its answers are codes`() {
        let codes = QuestionTable.rows.map(\.code)
        #expect(Set(codes).count == codes.count)
        for row in QuestionTable.rows {
            let set: JSONObject = ["ask": ["code": row.code.json, "to": row.to.json]]
            #expect(Validator().validate(kind: .question, set: set).isAcceptable)
            for answer in row.answers {
                let set: JSONObject = ["answer": answer.json]
                #expect(
                    Validator().validateAmendment(kind: .question, set: set).isAcceptable)
            }
        }
    }
}

@Suite struct InfusedAfterNoticeTests {
    private func notice(_ story: inout CareStory, since: JSONValue?, lot: String = "P100423917")
        throws
    {
        var notice: JSONObject = ["lot": .string(lot), "product": "hizentra"]
        if let since { notice["since"] = since }
        try story.begin(
            "notice", .notice, ["notice": .object(notice)], by: .clinic,
            at: "2026-03-29T16:00")
    }

    private func found(_ story: CareStory) throws -> [InfusedAfterNotice] {
        let views = try story.views()
        return InfusedAfterNotice.search(NoticeBook(views), infusions: views)
    }

    private var four: JSONValue {
        Moment(ms: utc("2026-03-29T15:00"), in: HandwrittenZone.london).json
    }

    @Test
    func `C08: infused two hours after the notice, the infusion stands and the alert shows both`()
        throws
    {
        var story = CareStory()
        try notice(&story, since: four)
        let infusion = try story.infuse("infusion", from: "2026-03-29T17:00", lot: "p1004-23917")
        let found = try found(story)
        #expect(found.map(\.infusion) == [infusion])
        #expect(found.map(\.order) == [.after])
        #expect(found.first?.isInDoubt == false)
        #expect(try story.view("infusion").status == .active)
        #expect(
            found.first?.words(zone: HandwrittenZone.london)
                == "lot p1004-23917: notice 29 Mar 2026 16:00, then infused 29 Mar 2026 18:00")
        #expect(NoticeBook(try story.views()).recalled.map(\.product) == ["hizentra"])
    }

    @Test func `what was infused before the notice, or at its minute, is no alert`() throws {
        var story = CareStory()
        try notice(&story, since: four)
        try story.infuse("before", from: "2026-03-29T09:00")
        try story.infuse("same", from: "2026-03-29T15:00")
        #expect(try found(story) == [])
    }

    @Test func `a notice that does not say since when holds from when it was written`() throws {
        var story = CareStory()
        try notice(&story, since: nil)
        try story.infuse("before", from: "2026-03-29T15:30")
        let after = try story.infuse("after", from: "2026-03-29T16:01")
        #expect(try found(story).map(\.infusion) == [after])
    }

    @Test func `another lot, another product or a near one is no alert here`() throws {
        var story = CareStory()
        try notice(&story, since: four, lot: "P100423918")
        try story.infuse("infusion", from: "2026-03-29T17:00")
        #expect(try found(story) == [])
    }

    @Test(
        arguments: [
            ("2026-03-28", nil), ("2026-03-29", .notKnown), ("2026-03-30", .after),
            ("2026-03", .notKnown),
        ] as [(String, InfusedAfterNotice.Order?)])
    func `of a bare day the order is known only if the days differ`(
        text: String, order: InfusedAfterNotice.Order?
    ) throws {
        var story = CareStory()
        try notice(&story, since: four)
        try story.infuse("infusion", from: text)
        #expect(try found(story).map(\.order) == [order].compactMap(\.self))
    }

    @Test func `a voided infusion is passed over, a lot or time in conflict is not`() throws {
        var story = CareStory()
        try notice(&story, since: four)
        try story.infuse("gone", from: "2026-03-29T17:00")
        try story.amend("gone", ["status": "voided"], seeing: ["gone"], as: "void")
        let open = try story.infuse("open", from: "2026-03-29T09:00")
        try story.amend(
            "open", ["time": time("2026-03-29T17:00")], by: .tablet, seeing: ["open"], as: "late")
        try story.amend(
            "open", ["time": time("2026-03-29T10:00")], by: .phone, seeing: ["open"], as: "early")
        let found = try found(story)
        #expect(found.map(\.infusion) == [open])
        #expect(found.map(\.isInDoubt) == [true])
    }

    @Test func `a notice in a form that is not known here is named`() throws {
        var story = CareStory()
        let odd = try story.begin(
            "odd", .notice, ["notice": ["lots": ["A", "B"], "product": "hizentra"]], by: .clinic)
        let book = NoticeBook(try story.views())
        #expect(book.notices == [])
        #expect(book.notUnderstood == [odd])
    }
}
