import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// Which version of a plan an infusion names, and what a diary shows of its plans.
@Suite struct PlanVersionTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func plan(
        _ grams: Int64 = 32, from: String = "2026-03-01", route: String = "sc",
        beside sibling: EntryID? = nil
    ) -> JSONValue {
        var plan: JSONObject = [
            "doseMilligrams": .integer(grams * 1000), "effectiveFrom": .string(from),
            "intervalDays": 7, "product": route == "iv" ? "kiovig" : "hizentra",
            "route": .string(route), "zone": "Europe/London",
        ]
        if let sibling { plan["siblingPlan"] = sibling.json }
        return .object(plan)
    }

    @discardableResult
    private func sign(
        _ plan: JSONValue, as entry: EntryID? = nil, seen: Desk.Seen? = nil
    ) throws -> EntryID {
        let all = try entry.map { Desk.Seen.exactly(try world.view($0).context) }
        return try world.desk(.doctor).sign(
            plan, as: entry, reason: "review", seen: seen ?? all ?? .lastPrinted
        ).result.entry
    }

    private func plans() throws -> PlanHistory {
        try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).plans()
        }
    }

    private func version(namedBy infusion: EntryID) throws -> Position? {
        try world.view(infusion)["planVersion"].flatMap { Position(json: $0) }
    }

    @Test func `an infusion names the version that is shown, and none where there is none`() throws
    {
        #expect(try version(namedBy: world.infusion()) == nil)
        let entry = try sign(plan())
        let first = try #require(try plans().entries.first?.shown?.event)
        #expect(try version(namedBy: world.infusion(start: "09:00")) == first)
        try sign(plan(36), as: entry)
        let second = try #require(try plans().entries.first?.shown?.event)
        #expect(first != second)
        #expect(try version(namedBy: world.infusion(start: "10:00")) == second)
        #expect(try plans().entries.first?.agreed.map(\.event) == [first, second])
    }

    @Test func `a version that holds from a later day is not named before it`() throws {
        let entry = try sign(plan())
        try sign(plan(36, from: "2026-04-06"), as: entry)
        let versions = try #require(try plans().entries.first).agreed
        #expect(try version(namedBy: world.infusion()) == versions.first?.event)
        let day = try #require(CivilDate("2026-04-06"))
        #expect(try plans().version(on: day, route: .sc)?.event == versions.last?.event)
        #expect(try plans().version(on: day.adding(days: -40), route: .sc) == nil)
    }

    @Test func `C07: of two versions signed unseen the last agreed one stays`() throws {
        let entry = try sign(plan())
        let agreed = try #require(try plans().entries.first?.shown?.event)
        let seen = Desk.Seen.exactly(try world.view(entry).context)
        try sign(plan(36), as: entry, seen: seen)
        try sign(plan(40), as: entry, seen: seen)
        let open = try #require(try plans().entries.first)
        #expect(open.isInConflict)
        #expect(open.candidates.count == 2)
        #expect(open.shown?.event == agreed)
        #expect(try version(namedBy: world.infusion()) == agreed)
        // A doctor who has seen both signs one.
        try sign(plan(38), as: entry)
        let settled = try #require(try plans().entries.first)
        #expect(!settled.isInConflict)
        #expect(settled.agreed.map { $0.plan?.doseMilligrams } == [32_000, 38_000])
    }

    @Test func `a second plan names the first, and an infusion the one of its route`() throws {
        let entry = try sign(plan())
        #expect(
            sentences { try sign(plan(90, route: "iv")) } == [
                "this diary has a plan already; a new version amends it, and a second plan "
                    + "beside it names it with --sibling"
            ])
        try sign(plan(90, route: "iv", beside: entry))
        #expect(try plans().twoPlans.isEmpty)
        let named = try #require(try version(namedBy: world.infusion()))
        let shown = try #require(try plans().entries.first { $0.entry == entry }?.shown)
        #expect(named == shown.event)
    }

    @Test func `of two plans that do not name each other none is named`() throws {
        try sign(plan())
        _ = try world.desk(.doctor).log("plan", set: ["plan": plan(40)])
        #expect(try plans().twoPlans.count == 2)
        #expect(try version(namedBy: world.infusion()) == nil)
    }

    @Test func `more than the signer was shown is signed by nobody`() throws {
        let entry = try sign(plan())
        let desk = world.desk(.doctor)
        let other = Desk(
            database: world.database, diary: world.diary, zone: world.zone, clock: desk.clock,
            pen: .init(
                author: world.people[.nurse], role: .doctor, label: "laptop", reader: "another"))
        var refused = false
        do {
            _ = try other.sign(plan(36), as: entry, reason: "review")
        } catch DeskError.moreHasCome {
            refused = true
        }
        #expect(refused)
    }

    @Test func `an infusion is held against the plan`() throws {
        try sign(plan(64, route: "sc"))
        var form = InfusionForm()
        form.product = "cuvitru"
        form.vials = "8x4g"
        form.lots = ["L77"]
        form.by = "self"
        let desk = world.desk()
        var warnings: [Warning] = []
        let fields = try form.fields(
            now: desk.clock.now, zone: world.zone, catalogue: .seed, warnings: &warnings)
        let saved = try desk.log("infusion", set: fields).result
        let codes = saved.warnings.map(\.code)
        for code in [WarningCode.productNotOnPlan, .doseOutsidePlan, .completedBelowPlan] {
            #expect(codes.contains(code), "\(code)")
        }
        #expect(!codes.contains(.planAbsent))
    }

    @Test func `a lot that a notice names is warned about, and recorded`() throws {
        let notice: JSONValue = ["lot": "P100423917", "product": "hizentra"]
        _ = try world.desk(.pharmacist).log("notice", set: ["notice": notice])
        let infusion = try world.infusion()
        let words = EntryWords(
            try world.view(infusion), catalogue: .seed, zone: world.zone, now: DeskWorld.noon)
        #expect(words.findings.contains(WarningCode.lotUnderRecall.sentence))
    }

    @Test func `the same sites a third time, and a weight that jumps, are noted`() throws {
        _ = try world.infusion(start: "08:00")
        _ = try world.infusion(start: "09:00")
        let third = try world.infusion(start: "10:00")
        let words = EntryWords(
            try world.view(third), catalogue: .seed, zone: world.zone, now: DeskWorld.noon)
        #expect(words.findings.contains(WarningCode.siteNotRotated.sentence))
        var form = MeasurementForm(measure: "weight", value: "80")
        form.start = "07:00"
        try world.log(.measurement) { try form.fields($0, warnings: &$1) }
        let desk = world.desk()
        let saved = try desk.amend(
            third, set: ["weightGrams": ["source": "home", "weightGrams": 95_000]], reason: "slip",
            seen: .exactly(world.view(third).context)
        ).result
        #expect(saved.warnings.map(\.code).contains(.weightJump))
    }
}
