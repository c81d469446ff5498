import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// A series of one measure, a value a week from 1 March 2026 on.
private func series(_ measure: MeasureCode, _ values: JSONValue...) throws -> MeasureSeries {
    var story = CareStory()
    for (index, value) in values.enumerated() {
        let week = day("2026-03-01").adding(days: index * 7)
        try story.measure("\(index)", measure, value, on: "\(week)T09:00")
    }
    let all = try story.measurements().series(of: measure)
    return try #require(all.first)
}

private func pascals(_ number: Int64) -> JSONValue { ["gripPascals": .integer(number)] }
private func walk(_ number: Int64) -> JSONValue { ["walkMilliseconds": .integer(number)] }

@Suite struct MeasureChangeTests {
    private func verdict(_ measure: MeasureCode, _ from: JSONValue, _ to: JSONValue) throws
        -> ChangeVerdict?
    {
        MeasureDeltas(try series(measure, from, to)).sinceBaseline?.verdict
    }

    @Test(
        arguments: [
            (54_000, 46_000, .meaningful(.worse)), (54_000, 46_001, .belowThreshold),
            (46_000, 54_000, .meaningful(.better)), (46_001, 54_000, .belowThreshold),
        ] as [(Int64, Int64, ChangeVerdict)])
    func `8 kPa are flagged, a pascal less is not`(from: Int64, to: Int64, verdict: ChangeVerdict)
        throws
    {
        #expect(try self.verdict(.gripLeft, pascals(from), pascals(to)) == verdict)
    }

    @Test(
        arguments: [
            (12_500, 16_000, .meaningful(.worse)), (12_500, 15_999, .belowThreshold),
            (12_500, 9000, .meaningful(.better)), (12_500, 9001, .belowThreshold),
            // 28 % of 12.503 s are 3.50084 s: 3.500 are less, 3.501 more.
            (12_503, 16_003, .belowThreshold), (12_503, 16_004, .meaningful(.worse)),
        ] as [(Int64, Int64, ChangeVerdict)])
    func `a walk is held against 28 percent of the first time, exactly`(
        from: Int64, to: Int64, verdict: ChangeVerdict
    ) throws {
        #expect(try self.verdict(.walk10m, walk(from), walk(to)) == verdict)
    }

    @Test func `28 percent is of the first time, so the way back may be less`() throws {
        #expect(try verdict(.walk10m, walk(10_000), walk(12_800)) == .meaningful(.worse))
        #expect(try verdict(.walk10m, walk(12_800), walk(10_000)) == .belowThreshold)
    }

    @Test(
        arguments: [
            (.incat, ["armPoints": 1, "legPoints": 2], ["armPoints": 2, "legPoints": 2], .worse),
            (.onls, ["armPoints": 3, "legPoints": 2], ["armPoints": 2, "legPoints": 2], .better),
            (
                .muscleSum, ["points": 50, "set": "six_pairs"], ["points": 48, "set": "six_pairs"],
                .worse
            ),
            (
                .irods, ["rawPoints": 30, "centile": 54, "table": "t"],
                ["rawPoints": 33, "centile": 58, "table": "t"], .better
            ),
        ] as [(MeasureCode, JSONValue, JSONValue, ChangeVerdict.Direction)])
    func `the threshold itself is a change worth a look`(
        measure: MeasureCode, from: JSONValue, to: JSONValue, direction: ChangeVerdict.Direction
    ) throws {
        #expect(try verdict(measure, from, to) == .meaningful(direction))
    }

    @Test func `an arm that goes from 0 to 1 is no change of the adjusted INCAT`() throws {
        let arms = try series(
            .incat, ["armPoints": 0, "legPoints": 2], ["armPoints": 1, "legPoints": 2])
        let change = try #require(MeasureDeltas(arms).sinceBaseline)
        #expect(change.verdict == .meaningful(.worse))
        #expect(change.adjustedVerdict == .belowThreshold)
        let legs = try series(
            .incat, ["armPoints": 1, "legPoints": 2], ["armPoints": 0, "legPoints": 3])
        let other = try #require(MeasureDeltas(legs).sinceBaseline)
        #expect(other.verdict == .belowThreshold)
        #expect(other.adjustedVerdict == .meaningful(.worse))
    }

    @Test func `two muscle sets are not comparable`() throws {
        let six = try series(.muscleSum, ["points": 56, "set": "six_pairs"])
        let seven = try series(.muscleSum, ["points": 66, "set": "six_pairs_fdi"])
        let change = MeasureChange(of: .muscleSum, from: six.days[0], to: seven.days[0])
        #expect(change.verdict == .notComparable(.anotherInstrument))
        #expect(change.difference == nil)
    }

    @Test func `where the muscle set was not said, or only raw points, nothing is compared`() throws
    {
        #expect(
            try verdict(.muscleSum, ["points": 56], ["points": 40])
                == .notComparable(.instrumentNotSaid))
        #expect(
            try verdict(.irods, ["rawPoints": 40], ["rawPoints": 20])
                == .notComparable(.instrumentNotSaid))
        #expect(
            try verdict(
                .irods, ["rawPoints": 40, "centile": 70], ["rawPoints": 20, "centile": 40])
                == .notComparable(.instrumentNotSaid))
    }

    @Test func `kilopascals and kilograms are never compared`() throws {
        let bulb = try series(.gripLeft, pascals(54_000))
        let force = try series(.gripForceLeft, ["forceGrams": 24_000])
        let change = MeasureChange(of: .gripLeft, from: bulb.days[0], to: force.days[0])
        #expect(change.verdict == .notComparable(.anotherInstrument))
    }

    @Test func `unable is compared with nothing`() throws {
        #expect(try verdict(.walk10m, walk(12_800), "unable") == .notComparable(.unable))
        #expect(try verdict(.walk10m, "unable", walk(12_800)) == .notComparable(.unable))
    }

    @Test func `without the clinic's word a dynamometer has no threshold`() throws {
        let force = try series(
            .gripForceLeft, ["forceGrams": 24_000], ["forceGrams": 18_000])
        #expect(MeasureDeltas(force).sinceBaseline?.verdict == .noThreshold)
        let set = MeasureDeltas(force, clinicThreshold: 6000)
        #expect(set.sinceBaseline?.verdict == .meaningful(.worse))
        #expect(MeasureDeltas(force, clinicThreshold: 0).sinceBaseline?.verdict == .noThreshold)
        let weight = try series(.weight, ["weightGrams": 80_000], ["weightGrams": 60_000])
        #expect(MeasureDeltas(weight).sinceBaseline?.verdict == .noThreshold)
    }

    @Test func `baseline and last visit are days that are named, or the very first`() throws {
        let grips = try series(
            .gripLeft, pascals(60_000), pascals(50_000), pascals(55_000), pascals(45_000))
        let plain = MeasureDeltas(grips)
        #expect(plain.sinceBaseline?.before.day == day("2026-03-01"))
        #expect(plain.sinceLastVisit == nil)
        let deltas = MeasureDeltas(
            grips, baseline: day("2026-03-02"), lastVisit: day("2026-03-20"))
        #expect(deltas.sinceBaseline?.before.day == day("2026-03-08"))
        #expect(deltas.sinceBaseline?.verdict == .belowThreshold)
        #expect(deltas.sinceLastVisit?.before.day == day("2026-03-15"))
        #expect(deltas.sinceLastVisit?.difference == -10_000...(-10_000))
        #expect(
            deltas.sinceLastVisit?.words
                == "since 15 Mar 2026: -10.0 kPa, worse, at or over the threshold")
        let earlier = MeasureDeltas(grips, upTo: day("2026-03-01"))
        #expect(earlier.latest?.day == day("2026-03-01"))
        #expect(earlier.sinceBaseline == nil)
    }

    @Test func `where a day has two numbers the change is a range and the verdict may depend`()
        throws
    {
        var story = CareStory()
        try story.grip("first", .gripLeft, 60, on: "2026-03-01T09:00")
        try story.grip("home", .gripLeft, 50, on: "2026-03-08T09:00")
        try story.grip("clinic", .gripLeft, 54, on: "2026-03-08T14:00", by: .clinic)
        let grips = try #require(try story.measurements().series(of: .gripLeft).first)
        let change = try #require(MeasureDeltas(grips).sinceBaseline)
        #expect(change.difference == -10_000...(-6000))
        #expect(change.verdict == .depends)
        #expect(
            change.words
                == "since 1 Mar 2026: between -10.0 kPa and -6.0 kPa, "
                + "depends on which value is right")
    }

    @Test func `another method is said beside the verdict`() throws {
        let grips = try series(
            .gripLeft, ["gripPascals": 60_000, "method": "best_of"],
            ["gripPascals": 50_000, "method": "mean_of"])
        #expect(MeasureDeltas(grips).sinceBaseline?.methodDiffers == true)
        let unsaid = try series(
            .gripLeft, ["gripPascals": 60_000, "method": "best_of"], ["gripPascals": 50_000])
        #expect(MeasureDeltas(unsaid).sinceBaseline?.methodDiffers == false)
    }

    /// The extremes stand for all pairs: judged pair by pair, the verdict is the same.
    @Test func `a verdict on ranges is that of all pairs`() throws {
        var random = SplitMix64(seed: 28)
        for measure in [MeasureCode.walk10m, .gripLeft] {
            for _ in 0..<40 {
                var story = CareStory()
                let isWalk = measure == .walk10m
                for index in 0..<4 {
                    let number = Int64(10_000 + random.below(8000))
                    try story.measure(
                        "\(index)", measure, isWalk ? walk(number) : pascals(number),
                        on: index < 2 ? "2026-03-01T09:00" : "2026-03-08T09:00")
                }
                let all = try #require(try story.measurements().series(of: measure).first)
                let days = all.days
                let together = MeasureChange(of: measure, from: days[0], to: days[1]).verdict
                var pairs: Set<ChangeVerdict> = []
                for from in days[0].points {
                    for to in days[1].points {
                        pairs.insert(
                            MeasureChange(
                                of: measure, from: try one(from, in: story),
                                to: try one(to, in: story)
                            ).verdict)
                    }
                }
                #expect(together == (pairs.count == 1 ? pairs.first : .depends))
            }
        }
    }

    /// A day with one of its points alone.
    private func one(_ point: MeasurePoint, in story: CareStory) throws -> MeasureDay {
        let views = try story.views().filter { $0.entry.id == point.entry }
        let alone = Measurements(views, zone: HandwrittenZone.london)
        return try #require(alone.series(of: point.measure).first?.days.first)
    }
}
