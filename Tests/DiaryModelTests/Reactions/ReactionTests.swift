import DiaryModel
import SyncCore
import Testing

@Suite struct ReactionTests {
    @Test func `a reaction's fields are read as typed values, and what is odd is named`() throws {
        let infusion = try #require(entry(1))
        let reaction = Reaction(fields: [
            "action.paracetamol": "yes", "action.stopped": "no", "grade.assessed": 3,
            "grade.said": ["grade": 2, "interrupted": "no", "treated": "yes"],
            "infusion": infusion.json, "local.1.lump": ["sizeMillimetres": 40],
            "local.2.pain": ["painPoints": 6], "local.2.redness": "yes",
            "outcome": ["code": "recovered"],
            "report.1": ["to": "regulator", "number": "YC-1", "date": "2026-03-30"],
            "symptom.chills": "no", "symptom.fever": ["degrees": 39],
            "symptom.headache": ["grade": 2], "time": time("2026-03-29T14:00", "2026-03-29T20:30"),
        ])
        #expect(reaction.infusion == .value(.entry(infusion)))
        #expect(reaction.present == ["headache"])
        #expect(reaction.symptoms.map(\.code) == ["chills", "headache"])
        #expect(reaction.locals.map(\.site) == ["1", "2", "2"])
        #expect(reaction.locals.map(\.code) == ["lump", "pain", "redness"])
        #expect(reaction.did("paracetamol") && !reaction.did("stopped"))
        #expect(reaction.saidGrade?.grade == 2)
        #expect(reaction.assessedGrade == 3)
        #expect(reaction.outcome == .value(.recovered))
        #expect(reaction.reports.first?.report.date?.value?.date == day("2026-03-30"))
        #expect(reaction.notUnderstood == ["symptom.fever"])
        #expect(ReactionLength(reaction) == .lasted(ms: 23_400_000))
        #expect(ReactionLength(reaction).words == "6 h 30 min")
    }

    @Test func `not sure which infusion is an answer, unknown how it ended, too`() {
        let reaction = Reaction(fields: ["infusion": "not_sure", "outcome": ["code": "unknown"]])
        #expect(reaction.infusion == .value(.notSure))
        #expect(reaction.outcome == .unknown)
        #expect(reaction.notUnderstood == [])
    }

    @Test func `a sign at a site is told by the site the infusion has`() throws {
        var infusion = Infusion()
        infusion.sites = [Site(.abdomen, .left, id: "1"), Site(.thigh, .right, id: "2")]
        let reaction = Reaction(fields: ["local.2.redness": "yes", "local.9.itch": "yes"])
        #expect(reaction.locals.map { $0.site(in: infusion)?.label } == ["thigh-R", nil])
    }

    @Test(
        arguments: [
            (["wheeze"], [.emergency]), (["faint", "less_urine"], [.emergency, .callClinicToday]),
            (["headache"], []), (["headache", "neck_stiff"], []),
            (["headache", "neck_stiff", "light_hurts_eyes"], [.callClinicToday]),
            (["dark_urine"], [.callClinicToday]), (["jaundice"], [.callClinicToday]),
            (["leg_swelling"], [.callClinicToday]), ([], []),
        ] as [(Set<String>, [RedFlag.Group])])
    func `red flags are a table, emergencies first`(symptoms: Set<String>, groups: [RedFlag.Group])
    {
        #expect(RedFlag.raised(by: symptoms).map(\.group) == groups)
    }

    @Test func `every red flag is made of symptoms that the diary asks about`() {
        for flag in RedFlag.table {
            #expect(flag.symptoms.allSatisfy(FieldTable.symptoms.contains), "\(flag)")
        }
        #expect(
            RedFlag.table.filter { $0.group == .emergency }.flatMap(\.symptoms) == [
                "wheeze", "breathless", "faint", "chest_tight", "one_sided_weakness",
                "face_swelling",
            ])
    }

    @Test func `a symptom that is unknown or declined raises no flag, one in dispute does`() throws
    {
        var story = CareStory()
        try story.begin(
            "unsure", .reaction, ["time": time("2026-03-29"), "symptom.wheeze": "unknown"])
        #expect(try ReactionReading(story.view("unsure")).redFlags == [])
        try story.begin(
            "disputed", .reaction, ["time": time("2026-03-29"), "symptom.faint": "unknown"])
        try story.amend(
            "disputed", ["symptom.faint": ["grade": 1]], by: .tablet, seeing: ["disputed"],
            as: "yes")
        try story.amend(
            "disputed", ["symptom.faint": "no"], by: .clinic, seeing: ["disputed"], as: "no")
        #expect(try ReactionReading(story.view("disputed")).redFlags.map(\.sign) == [.fainting])
    }

    @Test func `the emergency number stands first, and nothing promises to watch`() {
        let lines = ReactionNotice.lines(emergencyPhone: "999", clinicPhone: "01865 000000")
        #expect(
            lines == [
                "In an emergency telephone 999 now.", "Nobody watches this diary.",
                "Your clinic: 01865 000000.",
            ])
        let flags = RedFlag.raised(by: ["less_urine", "wheeze", "faint"])
        #expect(
            ReactionNotice.lines(for: flags, emergencyPhone: nil, clinicPhone: "01865 000000")
                == [
                    "Telephone the emergency number now.",
                    "Telephone the clinic today: 01865 000000.",
                ])
    }
}

@Suite struct OnsetClassTests {
    private let infusion = TimeValue(
        start: moment("2026-03-29T09:00", .london), end: moment("2026-03-29T11:00", .london))

    @Test(
        arguments: [
            ("2026-03-29T09:00", .during), ("2026-03-29T11:00", .during),
            ("2026-03-29T11:01", .within24h), ("2026-03-30T11:00", .within24h),
            ("2026-03-30T11:01", .within72h), ("2026-04-01T11:00", .within72h),
            ("2026-04-01T11:01", .after72h), ("2026-03-29T08:59", .unknown),
        ] as [(String, OnsetClass)])
    func `an onset is classed by instants`(text: String, expected: OnsetClass) {
        #expect(OnsetClass(onset: moment(text, .london), infusion: infusion) == expected)
    }

    @Test func `the clocks go forward and the class does not move`() {
        // 28 March 10:30 to 29 March 11:30 in London is 24 hours: an hour was skipped.
        let before = TimeValue(
            start: moment("2026-03-28T09:00", .london), end: moment("2026-03-28T10:30", .london))
        let onset = moment("2026-03-29T10:30", .london)
        #expect(onset.wall.description == "2026-03-29T11:30")
        #expect(OnsetClass(onset: onset, infusion: before) == .within24h)
    }

    @Test func `without instants, without an end, or by a clock that was reset nothing is said`()
        throws
    {
        let wall = try #require(WallTime("2026-03-29"))
        let bare = try #require(Moment(bare: wall, zone: nil))
        #expect(OnsetClass(onset: bare, infusion: infusion) == .unknown)
        let endless = TimeValue(start: moment("2026-03-29T09:00", .london))
        let onset = moment("2026-03-29T10:00", .london)
        #expect(OnsetClass(onset: onset, infusion: endless) == .unknown)
        #expect(OnsetClass(onset: onset, infusion: nil) == .unknown)
        let reset = moment("2026-03-29T10:00", .london, clock: .suspect)
        #expect(OnsetClass(onset: reset, infusion: infusion) == .unknown)
    }

    @Test func `what is not over stands beside the class of its onset`() throws {
        var story = CareStory()
        try story.begin(
            "reaction", .reaction,
            ["time": time("2026-03-29T10:00"), "outcome": ["code": "recovering"]])
        let reading = try ReactionReading(story.view("reaction"))
        #expect(reading.length == .ongoing)
        #expect(reading.onsetClasses(of: infusion) == [.during, .ongoing])
        try story.begin("silent", .reaction, ["time": time("2026-03-29T10:00")])
        let silent = try ReactionReading(story.view("silent"))
        #expect(silent.length == .unknown)
        #expect(silent.onsetClasses(of: nil) == [.unknown])
    }
}

@Suite struct SaidGradeTests {
    private static let answers: [Answer?] = [nil] + Answer.allCases

    @Test(
        arguments: [
            (.no, .no, .no, .grade(1)), (.yes, .no, .no, .grade(2)), (.no, .yes, .no, .grade(2)),
            (.yes, .yes, .no, .grade(2)), (.no, .no, .yes, .grade(3)), (nil, nil, .yes, .grade(3)),
            (.yes, .yes, nil, .atLeast(2)), (.no, .yes, .unknown, .atLeast(2)),
            (.no, nil, .no, .atLeast(1)), (nil, nil, nil, .atLeast(1)),
            (.no, .declined, .no, .atLeast(1)),
        ] as [(Answer?, Answer?, Answer?, DerivedGrade)])
    func `the plain questions come to a grade, and what was not asked is no "no"`(
        interrupted: Answer?, treated: Answer?, hospital: Answer?, grade: DerivedGrade
    ) {
        #expect(
            DerivedGrade(interrupted: interrupted, treated: treated, hospital: hospital) == grade)
    }

    /// Reads the table against its meaning, for all answers there are.
    @Test func `for every set of answers the least grade is that of the worst yes`() {
        for interrupted in Self.answers {
            for treated in Self.answers {
                for hospital in Self.answers {
                    let found = DerivedGrade(
                        interrupted: interrupted, treated: treated, hospital: hospital)
                    let least: Int64 =
                        hospital == .yes ? 3 : interrupted == .yes || treated == .yes ? 2 : 1
                    #expect(found.least == least)
                    let allKnown = [interrupted, treated, hospital].allSatisfy {
                        $0 == .yes || $0 == .no
                    }
                    if allKnown { #expect(found == .grade(least)) }
                }
            }
        }
    }

    @Test func `C10: said 1, assessed 3, no conflict, and alerts use 3`() throws {
        var story = CareStory()
        try story.begin(
            "reaction", .reaction,
            [
                "time": time("2026-03-29T14:00"), "symptom.headache": ["grade": 1],
                "grade.said": ["grade": 1, "interrupted": "no", "treated": "no", "hospital": "no"],
            ])
        try story.amend(
            "reaction", ["grade.assessed": 3], by: .clinic, seeing: ["reaction"], as: "call")
        let view = try story.view("reaction")
        let reading = ReactionReading(view)
        #expect(view.conflicts == [])
        #expect(reading.saidGrades == [1])
        #expect(reading.assessedGrades == [3])
        #expect(reading.alertGrade == 3)
        #expect(reading.gradeWords == "said 1, assessed 3; alerts use 3")
        #expect(reading.reaction.saidGrade?.derived == .grade(1))
    }

    @Test func `of grades in conflict alerts use the highest`() throws {
        var story = CareStory()
        try story.begin("reaction", .reaction, ["time": time("2026-03-29T14:00")])
        for (name, grade) in [("one", 1), ("two", 4)] as [(String, Int64)] {
            try story.amend(
                "reaction", ["grade.said": ["grade": .integer(grade)]],
                by: name == "one" ? .phone : .tablet, seeing: ["reaction"], as: name)
        }
        let reading = try ReactionReading(story.view("reaction"))
        #expect(reading.saidGrades == [1, 4])
        #expect(reading.alertGrade == 4)
        #expect(reading.isSerious)
    }
}
