import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import TestSupport
import Testing

/// The table of domain 6.1 a second time, by hand: a word for each cell, tried where it is typed.
private let cells: [(Act, String)] = [
    // patient carer nurse pharmacist doctor clerk administrator auditor
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

private let shared = Result { try RoleWorld() }

@Suite(.serialized) struct RoleTableTests {
    @Test func `there is a cell for every act and role`() {
        #expect(allCells.count == Act.allCases.count * Role.allCases.count)
        #expect(cells.map(\.0) == Act.allCases)
    }

    @Test(arguments: allCells) private func `every cell holds where it is typed`(cell: Cell) throws
    {
        let tries = try shared.get().tries(of: cell.act, as: cell.role)
        let expected = try #require(Self.expected[cell.act]?[cell.word], "\(cell)")
        #expect(tries == expected)
    }

    /// Which of the tries of an act succeed, for each word that a cell of its row may have.
    private static let expected: [Act: [String: [Bool]]] = [
        // Typed, and from paper.
        .record: ["yes": [true, true], "fromPaper": [false, true], "no": [false, false]],
        // Another's vials, another's sites, sites of an own entry.
        .amend: [
            "yes": [true, true, true], "vialsAndStock": [true, false, false],
            "ownEntries": [false, false, true], "no": [false, false, false],
        ],
        .sayGrade: ["yes": [true], "no": [false]],
        // An own note, a change of it, a change of another's.
        .writeNote: ["own": [true, true, false], "no": [false, false, false]],
        // To say so, and to propose it.
        .link: ["yes": [true, false], "propose": [false, true], "no": [false, false]],
        // A grade, and a question.
        .assess: ["yes": [true, true], "no": [false, false]],
        .answerQuestion: ["yes": [true], "no": [false]],
        // As clinics are, and where the clinic lets nurses.
        .signPlan: ["yes": [true, true], "ifClinicAllows": [false, true], "no": [false, false]],
        .signTraining: ["yes": [true], "no": [false]],
        // To write a notice, and to look.
        .recall: ["yes": [true, true], "see": [false, true], "no": [false, false]],
        .governDevice: ["yes": [true], "no": [false]],
        .acceptReview: ["yes": [true], "no": [false]],
        // To ask for it, and to sign.
        .erase: ["ask": [true, false], "sign": [false, true], "no": [false, false]],
        .name: ["yes": [true], "no": [false]],
        .seeDiary: [
            "own": [true], "yes": [true], "whatTheyType": [true], "no": [false],
        ],
    ]

    @Test func `who is refused is told who may`() throws {
        let world = try shared.get().world
        let plan: JSONObject = ["plan": RoleWorld.plan]
        #expect(
            sentences { _ = try world.desk(.nurse).log("plan", set: plan) } == [
                "nurse may not set plan of this plan; doctor may"
            ])
        #expect(
            sentences { _ = try world.desk(.carer).log("notice", set: ["notice": [:]]) } == [
                "carer may not set notice of this notice; pharmacist may"
            ])
        #expect(
            sentences { _ = try world.desk(.clerk).log("note", set: ["text": "x"]) } == [
                "clerk records what stands on paper; say so with --from-paper"
            ])
    }

    @Test func `that somebody died is for the clinic to record`() throws {
        let world = try shared.get().world
        let fields = try RoleWorld.reaction(of: world, ["other=yes"], outcome: "fatal")
        for (role, isAllowed) in [(Role.patient, false), (.carer, false), (.nurse, true)] {
            let said = sentences { _ = try world.desk(role).log("reaction", set: fields) }
            #expect(said.isEmpty == isAllowed, "\(role) \(said)")
        }
    }

    @Test func `a question is answered by whom it asks, or by staff`() throws {
        let world = try shared.get().world
        let question = try shared.get().question(to: "patient")
        #expect(sentences { try world.desk(.patient).mayAnswer(question) } == [])
        #expect(sentences { try world.desk(.nurse).mayAnswer(question) } == [])
        #expect(
            sentences { try world.desk(.carer).mayAnswer(question) } == [
                "this question is for patient; say who answers with --as NAME"
            ])
        #expect(
            try allows { _ = try world.desk(.patient).void(question, reason: "other") } == false)
    }
}

/// Whether something is done, or refused because of who does it; any other error is thrown.
private func allows(_ body: () throws -> Void) throws -> Bool {
    do {
        try body()
        return true
    } catch DeskError.notAllowed {
        return false
    } catch ClinicError.notAllowed {
        return false
    }
}

/// A diary and a clinic in which every act is tried.
private final class RoleWorld: Sendable {
    let world: DeskWorld
    private let clinic: Clinic
    private let infusion: EntryID
    private let other: EntryID
    private let reaction: EntryID
    private let note: EntryID

    static let plan: JSONValue = [
        "doseMilligrams": 32_000, "effectiveFrom": "2026-03-01", "intervalDays": 7,
        "product": "hizentra", "route": "sc", "zone": "Europe/London",
    ]

    init() throws {
        world = try DeskWorld()
        infusion = try world.infusion()
        other = try world.infusion(by: .carer, start: "09:00")
        let fields = try Self.reaction(of: world, ["headache=2"])
        reaction = try world.desk(.patient).log("reaction", set: fields).result.entry
        note = try world.desk(.patient).log("note", set: ["text": "Mine."]).result.entry
        let administrator = StaffRecord(
            login: "administrator", name: "A. Obi", role: .administrator)
        clinic = try Clinic.create(
            in: world.scratch.file("clinic"), name: "Demo", administrator: administrator,
            clock: { DeskWorld.noon }
        ).clinic
        for role in Role.allCases where role.isStaff && role != .administrator {
            try clinic.setStaff(
                StaffRecord(login: role.rawValue, name: role.rawValue, role: role),
                by: administrator.login)
        }
    }

    static func reaction(
        of world: DeskWorld, _ words: [String], outcome: String? = nil
    ) throws -> JSONObject {
        var form = ReactionForm()
        form.words = words
        form.outcome = outcome
        var warnings: [Warning] = []
        return try form.fields(try world.desk().formContext(), warnings: &warnings)
    }

    func question(to role: String) throws -> EntryID {
        let ask: JSONValue = [
            "code": "box_arrived", "text": "Did the box arrive?", "to": .string(role),
        ]
        return try world.desk(.nurse).log("question", set: ["ask": ask]).result.entry
    }

    /// What somebody of a role may do of an act, try by try.
    func tries(of act: Act, as role: Role) throws -> [Bool] {
        let desk = world.desk(role)
        switch act {
        case .record: return try [typed, fromPaper].map { try records(desk, $0) }
        case .amend: return try amends(desk, role)
        case .sayGrade:
            var fields = try Self.reaction(of: world, ["hives=yes"])
            fields["grade.said"] = ["grade": 2]
            return [try allows { _ = try desk.log("reaction", set: fields, about: fromPaper) }]
        case .writeNote: return try notes(desk)
        case .link:
            return [
                try allows { _ = try desk.link(different: infusion, other) },
                try allows { _ = try desk.propose(same: infusion, other) },
            ]
        case .assess:
            return [
                try allows { try set(["grade.assessed": 3], of: reaction, desk) },
                try allows {
                    _ = try desk.log("question", set: ["ask": ["code": "asked", "text": "How?"]])
                },
            ]
        case .answerQuestion:
            let question = try question(to: role == .carer ? "carer" : "patient")
            return [
                try allows {
                    try desk.mayAnswer(question)
                    try set(["answer": "yes"], of: question, desk)
                }
            ]
        case .signPlan: return try plans(role)
        case .signTraining: return [try trains(desk)]
        case .recall: return try recalls(desk, role)
        case .governDevice, .acceptReview, .seeDiary: return [try mayAtClinic(act, role)]
        case .erase: return try erases(desk)
        case .name: return [try allows { _ = try desk.addPerson(name: "Dora", role: .carer) }]
        }
    }

    private let typed: JSONObject = ["entryMethod": "typed"]
    private let fromPaper: JSONObject = ["entryMethod": "from_paper"]

    private func set(_ fields: JSONObject, of entry: EntryID, _ desk: Desk) throws {
        _ = try desk.amend(
            entry, set: fields, reason: "slip", seen: .exactly(world.view(entry).context))
    }

    /// Every kind that people record; all of them, or none.
    private func records(_ desk: Desk, _ about: JSONObject) throws -> Bool {
        let time: JSONValue = ["start": ["precision": "day", "wall": "2026-03-29"]]
        let kinds: [(String, JSONObject)] = [
            (
                "infusion",
                ["outcome": ["code": "not_done", "reason": "fever_or_infection"], "time": time]
            ),
            ("check", ["answer.feels_well": "yes", "time": time]),
            ("reaction", ["symptom.headache": "yes", "time": time]),
            ("measurement", ["measure": "vas_pain", "time": time, "value": ["points": 3]]),
            ("stock", ["movement": "count", "time": time]), ("note", ["text": "Hurts less."]),
        ]
        let allowed = try kinds.map { kind, fields in
            try allows { _ = try desk.log(kind, set: fields, about: about) }
        }
        #expect(Set(allowed).count == 1, "\(desk.pen.role) \(allowed)")
        return allowed.allSatisfy { $0 }
    }

    private func amends(_ desk: Desk, _ role: Role) throws -> [Bool] {
        let sites: JSONObject = ["sites": [["region": "thigh", "side": "L"]]]
        var line = try world.view(infusion)["vials.1"]?.objectValue ?? [:]
        line["lot"] = .string("P10042391\(role.rawValue.utf8.count)")
        let mayRecord = try records(desk, fromPaper)
        return [
            try allows { try set(["vials.1": .object(line)], of: infusion, desk) },
            try allows { try set(sites, of: infusion, desk) },
            try mayRecord && allows { try set(sites, of: try world.infusion(by: role), desk) },
        ]
    }

    private func notes(_ desk: Desk) throws -> [Bool] {
        var own: EntryID?
        let hers = try world.desk(.carer).log("note", set: ["text": "Hers."]).result.entry
        let notOwn = desk.pen.role == .patient ? hers : note
        let mayWrite = try allows {
            own = try desk.log("note", set: ["text": "Own."], about: fromPaper).result.entry
        }
        return [
            mayWrite,
            try own.map { own in try allows { try set(["text": "Own, again."], of: own, desk) } }
                ?? false,
            try allows { try set(["text": "Not mine."], of: notOwn, desk) },
        ]
    }

    private func plans(_ role: Role) throws -> [Bool] {
        // A diary of its own: a second plan would stand beside the first.
        let world = try DeskWorld()
        return try [false, true].map { nurses in
            try allows {
                let desk = world.desk(role, nursesMaySignPlans: nurses)
                let signed = try desk.sign(Self.plan, as: nil, reason: "started").result
                _ = try world.desk(.doctor).void(
                    signed.entry, reason: "test", seen: .exactly(world.view(signed.entry).context))
            }
        }
    }

    private func trains(_ desk: Desk) throws -> Bool {
        var form = TrainingForm()
        form.route = "sc"
        form.result = "signed_off"
        form.competencies = ["pump=independent"]
        var warnings: [Warning] = []
        let fields = try form.fields(try desk.formContext(), warnings: &warnings)
        return try allows { _ = try desk.log("training", set: fields) }
    }

    private func recalls(_ desk: Desk, _ role: Role) throws -> [Bool] {
        let notice: JSONObject = ["notice": ["lot": "K551A8441", "product": "octagam5"]]
        return [
            try allows { _ = try desk.log("notice", set: notice) },
            try mayAtClinic(.recall, role),
        ]
    }

    private func erases(_ desk: Desk) throws -> [Bool] {
        let signatures = ["signed.doctor", "signed.administrator"]
        return [
            try allows {
                _ = try desk.log("erasure", set: ["asked": ["about": .string(note.text)]])
            },
            try signatures.map { field in
                try allows { _ = try desk.log("erasure", set: [field: "yes"]) }
            }.contains(true),
        ]
    }

    /// Whether the clinic lets a member of staff begin an act; at home nobody governs, all see their own.
    private func mayAtClinic(_ act: Act, _ role: Role) throws -> Bool {
        guard role.isStaff else { return act == .seeDiary }
        return try allows {
            try clinic.database.read { transaction in
                _ = try clinic.member(role.rawValue, may: act, in: transaction)
            }
        }
    }
}
