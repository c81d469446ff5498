import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What is due and what was given, read from a store.
@Suite struct TreatmentTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    /// A plan of 32 g every Sunday from 1 March 2026 on.
    @discardableResult
    private func sign(_ more: JSONObject = [:], as entry: EntryID? = nil) throws -> EntryID {
        var plan: JSONObject = [
            "doseMilligrams": 32_000, "effectiveFrom": "2026-03-01", "intervalDays": 7,
            "product": "hizentra", "route": "sc", "zone": "Europe/London",
        ]
        for member in more.members { plan[member.key] = member.value }
        let seen = try entry.map { Desk.Seen.exactly(try world.view($0).context) }
        return try world.desk(.doctor).sign(
            .object(plan), as: entry, reason: "review", seen: seen ?? .lastPrinted
        ).result.entry
    }

    private func treatment(
        at ms: Int64 = DeskWorld.noon, diaries: [DiaryID]? = nil
    ) throws -> Treatment {
        try world.database.read { transaction in
            let readings = try (diaries ?? [world.diary]).map {
                try Reading(transaction, diary: $0, zone: world.zone)
            }
            return try Treatment(of: readings, at: ms, withStock: true)
        }
    }

    private func due(at ms: Int64 = DeskWorld.noon) throws -> DueNext? {
        try treatment(at: ms).schedules().first?.dueNext
    }

    /// Says that a dose was not done.
    private func notDone(_ reason: String, on day: String, by role: Role) throws -> EntryID {
        var form = InfusionForm()
        form.notDone = reason
        form.day = day
        form.start = "09:00"
        let desk = world.desk(role)
        var warnings: [Warning] = []
        let fields = try form.fields(
            now: desk.clock.now, zone: world.zone, catalogue: .seed, warnings: &warnings)
        return try desk.log("infusion", set: fields).result.entry
    }

    private static let day: Int64 = 86_400_000

    @Test func `what is due next follows from the plan and from what was written`() throws {
        try sign()
        let today = "Due today, Sunday 29 March."
        #expect(try due()?.words(today: treatment().today) == today)
        _ = try world.infusion()
        #expect(try due()?.words(today: treatment().today) == "Next infusion: Sunday 5 April.")
        #expect(try due()?.mayRemind == true)
    }

    @Test func `C11: not done by the carer and infused by the patient is given, and asked about`()
        throws
    {
        try sign()
        let said = try notDone("no_partner", on: "2026-03-29", by: .carer)
        let given = try world.infusion(start: "11:00")
        let schedule = try #require(try treatment().schedules().first)
        let slot = try #require(schedule.slots.last { $0.date == CivilDate("2026-03-29") })
        #expect(slot.status == .given)
        #expect(slot.course?.infusions == [given])
        #expect(
            schedule.questions.map(\.words) == [
                "Sunday 29 March says not done, yet an infusion is there: later infused same day?"
            ])
        #expect(schedule.questions.first?.entries == [said, given])
        #expect(try world.view(said).status == .active)
    }

    @Test func `C20: after the signed end nothing is due, and what is written later is kept`()
        throws
    {
        let plan = try sign()
        try sign(["effectiveFrom": "2026-03-22", "effectiveUntil": "2026-03-22"], as: plan)
        let late = try world.infusion()
        let schedule = try #require(try treatment().schedules().first)
        #expect(schedule.dueNext == .ended(on: try #require(CivilDate("2026-03-22"))))
        #expect(!schedule.dueNext.mayRemind)
        #expect(schedule.afterEnd == [late])
        #expect(try world.view(late).status == .active)
    }

    @Test func `H11: a dose that stands in a further diary of the patient is not due again`() throws
    {
        try sign()
        let further = try world.furtherDiary(named: "Anna's old one")
        let desk = Desk(
            database: world.database, diary: further, zone: world.zone,
            clock: DeskClock { DeskWorld.noon },
            pen: .init(author: nil, role: .patient, label: "laptop"))
        _ = try desk.log("infusion", set: world.view(try world.infusion()).settledFields)
        let own = try #require(try treatment().schedules().first)
        #expect(own.slots.last { $0.course != nil }?.date == CivilDate("2026-03-29"))
        let both = try treatment(diaries: [world.diary, further])
        #expect(both.ledger.infusions.count == 2)
        #expect(
            both.schedules().first?.dueNext.words(today: both.today)
                == "Next infusion: Sunday 5 April.")
    }

    @Test func `days are those of the plan's zone, wherever the diary is read`() throws {
        try sign(["zone": "Pacific/Auckland"])
        // At noon in London it is midnight in Auckland, and Monday begins.
        let found = try treatment()
        #expect(found.zone.name == "Pacific/Auckland")
        #expect(found.today == CivilDate("2026-03-30"))
    }

    @Test func `vials are told of the size at home, else of the size used last`() throws {
        try sign()
        _ = try world.infusion(start: "07:00")
        let found = try treatment(at: DeskWorld.noon + 3 * Self.day)
        let schedule = try #require(found.schedules().first)
        guard case .slot(let slot, _) = schedule.dueNext else {
            Issue.record("nothing is due")
            return
        }
        let plan = try #require(found.history.entries.first?.shown?.plan)
        #expect(found.vials(for: slot, of: plan)?.words == "8 vials of 4 g")
        var form = StockForm(movement: "receipt")
        form.product = "hizentra"
        form.vials = "20x2g"
        form.lots = ["L77"]
        try world.log(.stock) { try form.fields($0, warnings: &$1) }
        #expect(try treatment().vials(for: slot, of: plan)?.words == "16 vials of 2 g")
    }

    @Test func `a check is held against what the plan marks, and the clinic's words are shown`()
        throws
    {
        try sign([
            "checks": [["concern": ["no"], "item": "feels_well", "text": "Ring us first."]]
        ])
        var form = CheckForm()
        form.answers = ["feels_well=no", "in_date=no"]
        let saved = try world.log(.check) { try form.fields($0, warnings: &$1) }
        #expect(saved.warnings.map(\.code) == [.checkAnswerConcern])
        let concerns = try world.desk().concerns(in: saved.entry)
        #expect(concerns.map(\.item) == ["feels_well"])
        #expect(concerns.first?.lines(clinicPhone: nil) == ["Ring us first."])
        #expect(try world.desk().plannedChecks().map(\.item.text) == ["feels_well"])
    }

    @Test func `A9: what was not received is not counted as nothing`() throws {
        try sign()
        _ = try world.infusion()
        let window = DayWindow(
            from: try #require(CivilDate("2026-03-29")),
            until: try #require(CivilDate("2026-04-12")))
        let heard = PatientCoverage.Reach.upTo(DeskWorld.noon + 4 * Self.day)
        let found = try treatment(at: DeskWorld.noon + 14 * Self.day)
            .adherence(in: window, received: heard)
        #expect(found.daysNotReceived == 10)
        #expect(
            AdherenceWords(found).grams == "32 of 64 g, 10 days not yet received")
        #expect(found.observed?.window.dayCount == 4)
        #expect(found.slots.map(\.status) == [.given, .notReceived])
    }
}
