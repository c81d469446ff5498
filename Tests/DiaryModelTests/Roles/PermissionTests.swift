import DiaryModel
import Testing

/// The table of domain 6.1 written out a second time, by hand, a word for each cell.
private let cells: [(Act, String)] = [
    (.record, "yes yes yes yes yes fromPaper no no"),
    (.amend, "yes yes yes vialsAndStock yes ownEntries no no"),
    (.sayGrade, "yes yes no no no no no no"),
    (.writeNote, "own own own own own own no no"),
    (.link, "yes yes yes yes yes propose no no"),
    (.assess, "no no yes yes yes no no no"),
    (.answerQuestion, "yes yes yes yes yes no no no"),
    (.signPlan, "no no ifClinicAllows no yes no no no"),
    (.signTraining, "no no yes no yes no no no"),
    (.recall, "no no see yes see no no see"),
    (.governDevice, "no no no no no no yes no"),
    (.acceptReview, "no no yes no yes no no no"),
    (.erase, "ask ask no no sign no sign no"),
    (.name, "yes yes yes yes yes yes yes no"),
    (.seeDiary, "own own yes yes yes whatTheyType no yes"),
]

private struct Cell: Sendable, CustomTestStringConvertible {
    let role: Role
    let act: Act
    let word: String
    var testDescription: String { "\(role.rawValue) \(act.rawValue): \(word)" }
}

private let allCells: [Cell] = cells.flatMap { act, words in
    zip(Role.allCases, words.split(separator: " ")).map {
        Cell(role: $0.0, act: act, word: String($0.1))
    }
}

@Suite struct PermissionTests {
    @Test(arguments: allCells) private func `every cell is as the page says`(cell: Cell) {
        #expect(PermissionTable.may(cell.role, cell.act).rawValue == cell.word)
    }

    @Test func `the table has a row for every act and a cell for every role`() {
        #expect(allCells.count == Act.allCases.count * Role.allCases.count)
        #expect(PermissionTable.rows.map(\.act) == Act.allCases)
    }

    @Test func `who is refused is told who may`() {
        #expect(PermissionTable.whoMay(.signPlan) == [.nurse, .doctor])
    }

    @Test(
        arguments: [
            (.patient, .infusion, "vials.1", false, .allowed),
            (.auditor, .infusion, "route", true, nil),
            (.pharmacist, .infusion, "vials.1", false, .allowed),
            (.pharmacist, .infusion, "sites", false, nil),
            (.pharmacist, .infusion, "sites", true, .allowed),
            (.pharmacist, .stock, "loss", false, .allowed),
            (.clerk, .infusion, "route", true, .allowedFromPaper),
            (.doctor, .plan, "plan", true, .allowed),
            (.nurse, .plan, "plan", true, nil),
            (.patient, .reaction, "grade.said", false, .allowed),
            (.nurse, .reaction, "grade.said", false, nil),
            (.nurse, .reaction, "grade.assessed", true, .allowed),
            (.patient, .reaction, "grade.assessed", false, nil),
            (.pharmacist, .notice, "notice", true, .allowed),
            (.patient, .infusion, "link.x", false, .allowed),
            (.clerk, .infusion, "link.x", false, nil),
            (.clerk, .infusion, "proposed.x", false, .allowed),
            (.administrator, .replica, "access", false, .allowed),
            (.nurse, .replica, "access", false, nil), (.patient, .plan, "status", false, nil),
            (.doctor, .plan, "status", false, .allowed),
            (.carer, .infusion, "status", false, .allowed),
            (.patient, .erasure, "signatures", false, nil),
            (.patient, .infusion, "mood", true, nil),
            (.administrator, .person, "name", true, .allowed),
            (.pharmacist, .infusion, "status", false, nil),
        ] as [(Role, EntryKind, String, Bool, FieldWrite.Answer?)])
    func `a field may be set by those whom table and acts name`(
        role: Role, kind: EntryKind, field: String, begins: Bool, answer: FieldWrite.Answer?
    ) {
        let found = FieldWrite(role: role, kind: kind, field: field, beginsEntry: begins).answer
        guard let answer else {
            let isRefused = if case .refused = found { true } else { false }
            #expect(isRefused)
            return
        }
        #expect(found == answer)
    }

    @Test func `another's own words stay as they are`() {
        let write = FieldWrite(
            role: .patient, kind: .note, field: "text", beginsEntry: false, isOwnEntry: false,
            isOwnWord: false)
        let isRefused = if case .refused = write.answer { true } else { false }
        #expect(isRefused)
    }

    @Test func `a nurse signs a plan where the clinic lets her`() {
        let write = FieldWrite(
            role: .nurse, kind: .plan, field: "plan", beginsEntry: true, nursesMaySignPlans: true)
        #expect(write.answer == .allowed)
    }

    @Test(arguments: [
        ("vials.1", true), ("vials.", false), ("vials", false), ("vials.1.2", false),
        ("vials.é", false),
        ("vials." + String(repeating: "a", count: 58), true),
        ("vials." + String(repeating: "a", count: 59), false),
    ]) func `a field's name fits its pattern`(field: String, fits: Bool) {
        #expect((FieldTable.row(kind: .infusion, field: field) != nil) == fits)
    }

    @Test(arguments: [
        (EntryKind.plan, "plan", true), (.training, "result", true), (.notice, "notice", true),
        (.reaction, "grade.assessed", true), (.reaction, "grade.said", false),
        (.question, "ask", true),
        (.question, "answer", false), (.replica, "access", true), (.replica, "label", false),
        (.erasure, "asked", false), (.erasure, "erase", true), (.infusion, "route", false),
    ]) func `the clinic's fields are those that design 4.3 lists`(
        kind: EntryKind, field: String, isClinics: Bool
    ) {
        #expect(FieldTable.row(kind: kind, field: field)?.isClinics == isClinics)
    }
}
