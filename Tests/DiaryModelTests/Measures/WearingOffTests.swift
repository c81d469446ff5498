import DiaryModel
import SyncCore
import Testing

@Suite struct WearingOffTests {
    /// A dose every 21 days from 1 January on.
    private let doses = (0..<5).map { day("2026-01-01").adding(days: $0 * 21) }

    /// What is said on the day of each dose but the first, nil where nothing is.
    private func wearingOff(_ days: [Int64?]) throws -> WearingOff {
        var story = CareStory()
        for (index, value) in days.enumerated() {
            guard let value else { continue }
            try story.measure(
                "\(index)", .wearingOffDays, ["days": .integer(value)],
                on: doses[index + 1].description)
        }
        return WearingOff(
            try story.measurements().series(of: .wearingOffDays).first, doses: doses)
    }

    @Test(
        arguments: [
            ([3, 3, 3, 0], .forReview(from: day("2026-01-01"), cycles: 3)),
            ([0, 4, 5, 3], .forReview(from: day("2026-01-22"), cycles: 3)),
            ([3, 3, 3, 3], .forReview(from: day("2026-01-01"), cycles: 4)),
            ([3, 3, 2, 3], .no), ([3, 3, nil, 3], .no), ([2, 2, 2, 2], .no), ([], .no),
        ] as [([Int64?], WearingOff.Verdict)])
    func `three days in three cycles one after another are for review`(
        days: [Int64?], verdict: WearingOff.Verdict
    ) throws {
        #expect(try wearingOff(days).verdict == verdict)
    }

    @Test func `what is said on the day of a dose belongs to the cycle that ends there`() throws {
        let cycles = try wearingOff([3, nil, 5, nil]).cycles
        #expect(cycles.map(\.days) == [[3], [], [5], [], []])
        #expect(cycles.last?.next == nil)
    }

    @Test func `what was said before the first dose belongs to no cycle`() throws {
        var story = CareStory()
        try story.measure("early", .wearingOffDays, ["days": 6], on: "2025-12-24")
        let found = WearingOff(
            try story.measurements().series(of: .wearingOffDays).first, doses: doses)
        #expect(found.cycles.allSatisfy { $0.days.isEmpty })
    }

    @Test func `a number in conflict makes it depend`() throws {
        var story = CareStory()
        for index in 0..<3 {
            try story.measure(
                "\(index)", .wearingOffDays, ["days": 4], on: doses[index + 1].description)
        }
        try story.amend(
            "1", ["value": ["days": 2]], by: .tablet, seeing: ["1"], as: "two")
        try story.amend(
            "1", ["value": ["days": 4]], by: .clinic, seeing: ["1"], as: "four")
        let found = WearingOff(
            try story.measurements().series(of: .wearingOffDays).first, doses: doses)
        #expect(found.verdict == .depends)
        #expect(found.verdict.words != nil)
    }
}

@Suite struct IgGTroughTests {
    private func at(_ text: String) -> Moment { moment(text, HandwrittenZone.london) }
    private func bare(_ text: String) throws -> Moment {
        let wall = try #require(WallTime(text))
        return try #require(Moment(bare: wall, zone: "Europe/London"))
    }

    @Test func `bare days tell it only where they lie two days or more off`() throws {
        let drawn = try bare("2026-03-10")
        #expect(IgGTrough(drawn: drawn, next: try bare("2026-03-10")) == .unknown)
        #expect(IgGTrough(drawn: drawn, next: try bare("2026-03-11")) == .unknown)
        #expect(IgGTrough(drawn: drawn, next: try bare("2026-03-12")) == .notTrough)
        #expect(IgGTrough(drawn: drawn, next: try bare("2026-03")) == .unknown)
        #expect(
            IgGTrough(drawn: at("2026-03-10T09:00"), next: try bare("2026-03-12")) == .notTrough)
        #expect(IgGTrough(drawn: drawn, next: nil) == .unknown)
    }

    @Test func `a point is told by the diary's next infusion, and by none that is voided`() throws {
        var story = CareStory()
        try story.measure(
            "igg", .iggTrough, ["iggMilligramsPerLitre": 9000], on: "2026-03-01T09:00")
        try story.infuse("next", from: "2026-03-01T18:00")
        try story.infuse("last", from: "2026-02-22T09:00")
        func trough() throws -> IgGTrough? {
            try story.measurements().points.first?.trough(starts: story.infusions().starts)
        }
        #expect(try trough() == .trough)
        try story.amend("next", ["status": "voided"], seeing: ["next"], as: "void")
        #expect(try trough() == .unknown)
        try story.infuse("later", from: "2026-03-08T09:00")
        #expect(try trough() == .notTrough)
    }

    @Test func `a level below the plan's target is flagged, at the target it is not`() throws {
        var story = CareStory()
        for (index, level) in [9999, 10_000, 12_000].enumerated() {
            try story.measure(
                "\(index)", .iggTrough, ["iggMilligramsPerLitre": .integer(Int64(level))],
                on: "2026-03-0\(index + 1)T09:00")
        }
        let series = try #require(try story.measurements().series(of: .iggTrough).first)
        let found = IgGBelowTarget.days(series, targetMilligramsPerLitre: 10_000)
        #expect(found.map(\.day.day) == [day("2026-03-01")])
        #expect(
            found.map(\.words) == [
                "IgG is below the plan's target of 10.0 g/L on 1 Mar 2026."
            ])
    }

    @Test func `of two levels one of which is below it is said that it may be`() throws {
        var story = CareStory()
        try story.measure(
            "one", .iggTrough, ["iggMilligramsPerLitre": 9000], on: "2026-03-01T09:00")
        try story.measure(
            "other", .iggTrough, ["iggMilligramsPerLitre": 11_000], on: "2026-03-01T09:00")
        let series = try #require(try story.measurements().series(of: .iggTrough).first)
        let found = IgGBelowTarget.days(series, targetMilligramsPerLitre: 10_000)
        #expect(found.map(\.isCertain) == [false])
    }
}

@Suite struct PeriodTotalTests {
    private func total(_ periods: [(Int64, String, String)]) throws -> PeriodTotal {
        var story = CareStory()
        for (index, period) in periods.enumerated() {
            try story.measure(
                "\(index)", .infections,
                [
                    "count": .integer(period.0), "from": .string(period.1),
                    "to": .string(period.2),
                ], on: "\(period.2)T09:00")
        }
        return PeriodTotal(
            try story.measurements().series(of: .infections).first, from: day("2026-01-01"),
            to: day("2026-04-01"))
    }

    @Test func `periods side by side add up, and what nobody asked about is counted in days`()
        throws
    {
        let total = try total([(1, "2026-01-01", "2026-01-31"), (0, "2026-02-01", "2026-02-28")])
        #expect(total.count == 1...1)
        #expect(total.daysNotCovered == 31)
        #expect(total.words == "1; 31 days not asked about")
    }

    @Test func `nought is an answer, and nothing is not`() throws {
        #expect(try total([(0, "2026-01-01", "2026-03-31")]).words == "0")
        let none = try total([])
        #expect(none.count == nil)
        #expect(none.daysNotCovered == 90)
        #expect(none.words == "not asked")
    }

    @Test func `periods that overlap or pass the window are listed, not added`() throws {
        let overlap = try total([
            (1, "2026-01-01", "2026-01-31"), (2, "2026-01-31", "2026-02-28"),
            (4, "2026-03-01", "2026-03-31"),
        ])
        #expect(overlap.count == 4...4)
        #expect(overlap.notAdded.count == 2)
        let beyond = try total([(1, "2025-12-31", "2026-01-31"), (2, "2026-03-01", "2026-04-01")])
        #expect(beyond.count == nil)
        #expect(beyond.notAdded.count == 2)
        #expect(try total([(1, "2025-12-01", "2025-12-31")]).notAdded == [])
    }

    @Test func `a period inside a longer one keeps both from being added, also a third`() throws {
        let total = try total([
            (1, "2026-01-01", "2026-03-10"), (2, "2026-01-05", "2026-01-10"),
            (3, "2026-02-01", "2026-02-10"), (5, "2026-03-11", "2026-03-20"),
        ])
        #expect(total.count == 5...5)
        #expect(total.notAdded.count == 3)
    }

    @Test func `a count in conflict is a range`() throws {
        var story = CareStory()
        func value(_ count: Int64) -> JSONValue {
            ["count": .integer(count), "from": "2026-01-01", "to": "2026-03-31"]
        }
        try story.measure("one", .infections, value(1), on: "2026-03-31T09:00")
        try story.amend("one", ["value": value(2)], by: .tablet, seeing: ["one"], as: "two")
        try story.amend("one", ["value": value(4)], by: .clinic, seeing: ["one"], as: "four")
        let total = PeriodTotal(
            try story.measurements().series(of: .infections).first, from: day("2026-01-01"),
            to: day("2026-04-01"))
        #expect(total.count == 2...4)
        #expect(total.words == "2 to 4")
    }
}
