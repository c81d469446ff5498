import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// What was given in the last seven days, from 23 to 29 March.
@Suite struct LastDaysTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func given(from first: CivilDate? = CivilDate("2026-03-23")) throws -> String {
        let from = try #require(first)
        let week = DayWindow(from: from, until: from.adding(days: 7))
        return try sum(in: week).milligrams.description
    }

    private func sum(in week: DayWindow) throws -> InfusionLedger.Sum {
        try world.desk().read {
            try $0.given(in: week, beside: $0.questionSearch(catalogue: .seed))
        }
    }

    @Test func `an infusion of a day alone counts on its day`() throws {
        _ = try world.infusion(start: "2026-03-27")
        #expect(try given() == "32.0 g")
        #expect(try given(from: CivilDate("2026-03-28")) == "0.0 g")
    }

    @Test func `of two times one lies outside the days, so perhaps nothing was given`() throws {
        let infusion = try world.infusion(start: "2026-03-24T08:05")
        try world.bothChange(
            infusion, patient: "start=2026-03-26T09:00", nurse: "start=2026-03-16T09:00")
        #expect(try given() == "0.0-32.0 g")
    }

    @Test func `a copy of one of the day before is a question, and set aside it adds nothing`()
        throws
    {
        let before = try world.infusion(start: "2026-03-22T23:50")
        let copy = try world.infusion(by: .carer, start: "2026-03-23T00:10")
        #expect(try given() == "0.0-32.0 g")
        _ = try world.desk().link(same: before, copy)
        #expect(try given() == "0.0 g")
    }

    @Test func `a copy counts where it is said to, through others and however far away`() throws {
        let copies = try ["2026-01-25T08:05", "2026-02-25T08:05", "2026-03-25T08:05"].map {
            try world.infusion(start: $0)
        }
        _ = try world.desk().link(same: copies[0], copies[1])
        _ = try world.desk().link(same: copies[1], copies[2])
        #expect(try given() == "0.0 g")
        #expect(try given(from: CivilDate("2026-01-25")) == "32.0 g")
    }

    @Test func `any seven days have the sum that all infusions together give them`() throws {
        let infusions = try [
            "2026-02-15T23:50", "2026-02-16T00:10", "2026-02-20", "2026-02-20T08:05", "2026-02",
            "2026-03-01T08:05", "2026-03-08T08:05", "2026-03-08T12:05", "2026-03-15T08:05",
            "2026-03-22T08:05",
        ].map { try world.infusion(start: $0) }
        try world.bothChange(
            infusions[5], patient: "start=2026-02-18T09:00", nurse: "start=2026-03-03T09:00")
        _ = try world.desk().link(same: infusions[9], infusions[8])
        _ = try world.desk().link(different: infusions[6], infusions[7])
        let ledger = InfusionLedger(
            try world.desk().read { try CareRecord($0) }.infusions, zone: world.zone)
        let first = try #require(CivilDate("2026-01-25"))
        for days in 0..<70 {
            let from = first.adding(days: days)
            let week = DayWindow(from: from, until: from.adding(days: 7))
            let sum = try sum(in: week)
            let whole = ledger.given(in: week)
            #expect(sum.milligrams == whole.milligrams, "\(from)")
            #expect(Set(sum.questions) == Set(whole.questions), "\(from)")
        }
    }
}
