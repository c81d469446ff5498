import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// Who is trained, and who is due for the next training.
@Suite struct TrainedPersonTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func sign(
        _ trainee: Role = .patient, until: String?, result: String = "signed_off",
        day: String = "2026-03-01"
    ) throws {
        var form = TrainingForm()
        form.trainee = trainee.rawValue
        form.route = "sc"
        form.competencies = ["pump=independent"]
        form.result = result
        form.signer = world.people[.nurse]
        form.validUntil = until
        form.day = day
        try world.log(.training, by: .nurse) { try form.fields($0, warnings: &$1) }
    }

    private func trained(on day: String = "2026-03-29") throws -> [TrainedPerson] {
        let day = try #require(CivilDate(day))
        return try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).trained(on: day)
        }
    }

    @Test(
        arguments: [
            ("2028-03-29", TrainingStatus.valid(until: CivilDate("2028-03-29")), false),
            ("2026-04-28", .endsSoon(CivilDate(daysSinceEpoch: 20_571)), true),
            ("2026-03-28", .ended(CivilDate(daysSinceEpoch: 20_540)), true),
        ])
    func `a sign-off holds, ends soon or has ended`(
        until: String, status: TrainingStatus, isDue: Bool
    ) throws {
        try sign(until: until)
        let one = try #require(try trained().first)
        #expect(one.name == "patient")
        #expect(one.status == status)
        #expect(one.isDue == isDue)
    }

    @Test func `after two years a training is asked for again though the sign-off has no end`()
        throws
    {
        try sign(until: nil)
        #expect(try trained(on: "2028-02-28").map(\.isDue) == [false])
        #expect(try trained(on: "2028-02-29").map(\.isDue) == [true])
    }

    @Test func `a planned route for which nobody was trained is due`() throws {
        let plan: JSONValue = [
            "doseMilligrams": 32_000, "effectiveFrom": "2026-03-01", "intervalDays": 7,
            "product": "hizentra", "route": "sc", "zone": "Europe/London",
        ]
        _ = try world.desk(.doctor).sign(plan, as: nil, reason: "started")
        let one = try #require(try trained().first)
        #expect(one.person == nil)
        #expect(one.status == .notKnown)
        #expect(one.isDue)
        try sign(.carer, until: "2028-03-29")
        #expect(try trained().map(\.name) == ["carer"])
    }

    @Test func `what is taken back is due, whatever was signed before`() throws {
        try sign(until: "2028-03-29")
        try sign(until: nil, result: "withdrawn", day: "2026-03-15")
        let one = try #require(try trained().first)
        #expect(one.status == .withdrawn(CivilDate(daysSinceEpoch: 20_527)))
        #expect(one.isDue)
    }
}
