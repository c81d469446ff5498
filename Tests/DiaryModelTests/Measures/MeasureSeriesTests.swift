import DiaryModel
import SyncCore
import Testing

@Suite struct MeasureSeriesTests {
    private func words(_ measurements: Measurements, _ measure: MeasureCode) -> [String] {
        measurements.series(of: measure).flatMap(\.points).map(\.datedWords)
    }

    @Test func `points stand in time order, each with its entry, source and method`() throws {
        var story = CareStory()
        try story.grip("late", .gripLeft, 55, on: "2026-03-29T09:05", by: .clinic)
        let early = try story.measure(
            "early", .gripLeft,
            ["gripPascals": 54_100, "attemptsPascals": [52_000, 54_100], "method": "best_of"],
            on: "2026-03-01T09:05")
        let measurements = try story.measurements()
        #expect(measurements.points.first?.entry == early)
        #expect(
            words(measurements, .gripLeft) == [
                "Sun 1 Mar 2026 09:05: 54.1 kPa, home, best of the attempts, 2 attempts",
                "Sun 29 Mar 2026 10:05: 55.0 kPa, clinic",
            ])
    }

    @Test func `a value in conflict is two points, both marked`() throws {
        var story = CareStory()
        try story.grip("grip", .gripLeft, 54, on: "2026-03-01T09:05")
        try story.amend(
            "grip", ["value": ["gripPascals": 45_000]], by: .tablet, seeing: ["grip"], as: "one")
        try story.amend(
            "grip", ["value": ["gripPascals": 55_000]], by: .clinic, seeing: ["grip"], as: "other")
        let points = try story.measurements().points
        #expect(points.map(\.number?.wire) == [45_000, 55_000])
        #expect(points.allSatisfy { $0.isInConflict })
        #expect(Set(points.map(\.entry)).count == 1)
        #expect(points.map(\.source) == [.home, .clinic])
    }

    @Test func `where the time is in conflict the value stands at both times`() throws {
        var story = CareStory()
        try story.grip("grip", .gripLeft, 54, on: "2026-03-01T09:05")
        try story.amend(
            "grip", ["time": time("2026-03-02T09:05")], by: .tablet, seeing: ["grip"], as: "one")
        try story.amend(
            "grip", ["time": time("2026-03-03T09:05")], by: .clinic, seeing: ["grip"], as: "other")
        let points = try story.measurements().points
        #expect(points.map(\.day) == [day("2026-03-02"), day("2026-03-03")])
        #expect(points.map(\.number?.wire) == [54_000, 54_000])
        #expect(points.allSatisfy { $0.isInConflict })
    }

    @Test func `unable is a point without a number, unknown is no point at all`() throws {
        var story = CareStory()
        try story.measure("walked", .walk10m, ["walkMilliseconds": 12_800], on: "2026-03-01T09:00")
        try story.measure("unable", .walk10m, "unable", on: "2026-03-08T09:00")
        let unknown = try story.measure(
            "unknown", .walk10m, ["walkMilliseconds": "unknown"], on: "2026-03-15T09:00")
        let declined = try story.measure("declined", .walk10m, "declined", on: "2026-03-22T09:00")
        let measurements = try story.measurements()
        let series = try #require(measurements.series(of: .walk10m).first)
        #expect(measurements.series(of: .walk10m).count == 1)
        #expect(series.points.map(\.number?.wire) == [12_800, nil])
        #expect(measurements.withoutNumber == [unknown, declined].sorted())
    }

    @Test func `what cannot be read, or is not possible, is named and stands in no series`() throws
    {
        var story = CareStory()
        let odd = try story.measure("odd", .gripLeft, ["squeeze": 3], on: "2026-03-01T09:00")
        let huge = try story.measure(
            "huge", .gripLeft, ["gripPascals": 9_000_000_000_000], on: "2026-03-01T09:00")
        let code = try story.begin(
            "code", .measurement,
            ["measure": "mood", "time": time("2026-03-01T09:00"), "value": ["points": 1]])
        let measurements = try story.measurements()
        #expect(measurements.points == [])
        #expect(measurements.notUnderstood == [odd, huge, code].sorted())
    }

    @Test func `a voided measurement is left out, one whose void is disputed is in question`()
        throws
    {
        var story = CareStory()
        let gone = try story.grip("gone", .gripLeft, 54, on: "2026-03-01T09:05")
        try story.amend("gone", ["status": "voided"], seeing: ["gone"], as: "void")
        try story.grip("open", .gripRight, 54, on: "2026-03-01T09:05")
        try story.amend("open", ["status": "voided"], seeing: ["open"], as: "void it")
        try story.amend(
            "open", ["value": ["gripPascals": 53_000]], by: .clinic, seeing: ["open"],
            as: "correct it")
        let measurements = try story.measurements()
        #expect(measurements.leftOut == [gone])
        #expect(measurements.points.map(\.measure) == [.gripRight])
        #expect(measurements.points.allSatisfy { $0.isInQuestion })
    }

    @Test func `of two copies that are one measurement the one that counts stands there`() throws {
        var story = CareStory()
        try story.grip("mine", .gripLeft, 54, on: "2026-03-01T09:05")
        let theirs = try story.grip("theirs", .gripLeft, 55, on: "2026-03-01T09:06", by: .tablet)
        try story.link("mine", "theirs", counts: "mine")
        let measurements = try story.measurements()
        #expect(measurements.points.map(\.number?.wire) == [54_000])
        #expect(measurements.leftOut == [theirs])
    }

    @Test func `if both were set aside both stand there in question`() throws {
        var story = CareStory()
        try story.grip("mine", .gripLeft, 54, on: "2026-03-01T09:05")
        try story.grip("theirs", .gripLeft, 55, on: "2026-03-01T09:06", by: .tablet)
        try story.link("mine", "theirs", counts: "mine")
        try story.link("mine", "theirs", counts: "theirs", by: .tablet)
        let points = try story.measurements().points
        #expect(points.count == 2)
        #expect(points.allSatisfy { $0.isInQuestion })
    }

    @Test func `kilograms, pounds and each muscle set are series of their own`() throws {
        var story = CareStory()
        let on = "2026-03-01T09:00"
        try story.measure("kg", .gripForceLeft, ["forceGrams": 24_000], on: on)
        try story.measure("lbf", .gripForceLeft, ["forcePoundHundredths": 5290], on: on)
        try story.measure("six", .muscleSum, ["points": 56, "set": "six_pairs"], on: on)
        try story.measure("seven", .muscleSum, ["points": 66, "set": "six_pairs_fdi"], on: on)
        let measurements = try story.measurements()
        #expect(
            measurements.series(of: .gripForceLeft).map(\.axis.unit.symbol).sorted() == [
                "kg", "lbf",
            ])
        #expect(measurements.series(of: .muscleSum).count == 2)
        #expect(measurements.series.count == 4)
    }

    @Test func `a bare day is a point of that day, after those with a time`() throws {
        var story = CareStory()
        try story.grip("bare", .gripLeft, 50, on: "2026-03-01")
        try story.grip("timed", .gripLeft, 51, on: "2026-03-01T21:00")
        let series = try #require(try story.measurements().series(of: .gripLeft).first)
        #expect(series.points.map(\.number?.wire) == [51_000, 50_000])
        #expect(series.days.map(\.numbers) == [[50_000, 51_000]])
    }

    @Test
    func
        `C21: home and clinic weigh differently on one day, both stand, the plan uses the clinic's`()
        throws
    {
        var story = CareStory()
        try story.measure(
            "home", .weight, ["weightGrams": 82_400, "scale": "home"], on: "2026-03-29T07:00")
        try story.measure(
            "clinic", .weight, ["weightGrams": 78_000, "scale": "clinic"], on: "2026-03-29T14:00",
            by: .clinic)
        let series = try #require(try story.measurements().series(of: .weight).first)
        #expect(
            series.points.map(\.datedWords) == [
                "Sun 29 Mar 2026 08:00: 82.4 kg, home", "Sun 29 Mar 2026 15:00: 78.0 kg, clinic",
            ])
        let plan = WeightForPlan(series, onOrBefore: day("2026-03-29"))
        #expect(plan.grams == 78_000)
        #expect(
            plan.words.sorted() == [
                "29 Mar 2026: 78.0 kg, clinic, used to check the plan",
                "29 Mar 2026: 82.4 kg, home",
            ])
    }

    @Test func `C21: without a weight from the clinic the plan is checked with none`() throws {
        var story = CareStory()
        try story.measure(
            "home", .weight, ["weightGrams": 82_400, "scale": "home"], on: "2026-03-29T07:00")
        let series = try #require(try story.measurements().series(of: .weight).first)
        let plan = WeightForPlan(series, onOrBefore: day("2026-03-29"))
        #expect(plan.grams == nil)
        #expect(plan.words == ["29 Mar 2026: 82.4 kg, home"])
    }

    @Test
    func `C22: a clinic's pair that fits the other hands is found, the dynamometer stays apart`()
        throws
    {
        var story = CareStory()
        try story.grip("R", .gripRight, 60, on: "2026-03-01T09:00")
        try story.grip("L", .gripLeft, 41, on: "2026-03-01T09:00")
        try story.grip("clinic R", .gripRight, 41, on: "2026-03-08T11:00", by: .clinic)
        try story.grip("clinic L", .gripLeft, 60, on: "2026-03-08T11:00", by: .clinic)
        try story.measure("force", .gripForceRight, ["forceGrams": 24_000], on: "2026-03-08T12:00")
        let measurements = try story.measurements()
        let swapped = measurements.swappedSides
        #expect(swapped.map(\.day) == [day("2026-03-08")])
        #expect(swapped.first?.points.count == 2)
        #expect(measurements.points.count == 5)
        let pictures = Plot.pictures(of: measurements.series)
        #expect(pictures.map(\.unit.symbol) == ["kPa", "kg"])
    }

    @Test func `every order of arrival makes the same points`() throws {
        var story = CareStory()
        for (index, grip) in [41, 60, 55, 48, 60].enumerated() {
            try story.grip(
                "\(index)", .gripLeft, Int64(grip), on: "2026-03-0\(1 + index % 3)T09:00")
        }
        let views = try story.views()
        let straight = Measurements(views, zone: HandwrittenZone.london)
        let turned = Measurements(views.reversed(), zone: HandwrittenZone.london)
        #expect(straight.points == turned.points)
    }
}
