import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// Infusions of some weeks with links, voids, bare months and unknown days among them.
private struct RandomDiary {
    var sets: [(number: UInt8, set: JSONObject)]

    init(using random: inout SplitMix64) {
        let vials = infusion(1, "2026-01-05")?["vials.1"] ?? .null
        sets = (1...8).map { number -> (number: UInt8, set: JSONObject) in
            let date = day("2026-01-05").adding(days: random.below(4)).description
            let hour = random.pick(["08", "09", "23"])
            let when = random.chance(0.1) ? "2026-01" : "\(date)T\(hour):00"
            let view = infusion(
                UInt8(number), when, milligrams: Int64(8000 + 1000 * random.below(3)))
            var set = view?.settledFields ?? [:]
            if random.chance(0.5) { set["vials.1"] = vials }
            if random.chance(0.1) { set["status"] = "voided" }
            if random.chance(0.05) { set["time"] = "unknown" }
            return (UInt8(number), set)
        }
        for one in 1...7 where random.chance(0.3) {
            let other = one + 1
            guard let (left, right) = Self.pair(one, other) else { continue }
            let value: JSONValue =
                random.chance(0.3)
                ? ["value": "different"]
                : ["value": "same", "counts": random.pick([left, right]).json]
            sets[one - 1].set["link.\(right.text)"] = value
            if random.chance(0.2) {
                sets[other - 1].set["link.\(left.text)"] = ["value": "different"]
            }
        }
    }

    private static func pair(_ one: Int, _ other: Int) -> (EntryID, EntryID)? {
        guard let left = entry(UInt8(one)), let right = entry(UInt8(other)) else { return nil }
        return (left, right)
    }

    var views: [EntryView?] { sets.map { view($0.number, $0.set) } }

    /// The diary after people have answered everything that is open, in some way.
    func resolved(using random: inout SplitMix64) -> RandomDiary {
        var resolved = self
        for index in resolved.sets.indices {
            let time = resolved.sets[index].set["time"].flatMap { TimeValue(json: $0) }
            guard time?.start.ms == nil else { continue }
            // A bare month is some day of it, an unknown day any.
            let days = time == nil ? random.below(60) - 30 : random.below(31)
            let date = day("2026-01-01").adding(days: days).description
            let found = infusion(1, date)?["time"]
            resolved.sets[index].set["time"] = found
            // That it looks like another now would be a question that nobody could ask before.
            for other in resolved.sets.indices where other != index {
                if !resolved.areLinked(index, other) {
                    resolved.link(index, other, ["value": "different"])
                }
            }
        }
        for _ in 0..<20 {
            let totals = ledger(resolved.views).totals
            guard let question = totals.given.questions.first else { break }
            resolved.answer(question, aside: totals.given.setAside, using: &random)
        }
        return resolved
    }

    private mutating func answer(
        _ question: OpenQuestion, aside: [EntryID], using random: inout SplitMix64
    ) {
        let copies = question.entries.compactMap { id in
            sets.firstIndex { entry($0.number) == id }
        }.sorted()
        if copies.count == 2, random.chance(0.5),
            question.kind == .probableDuplicate || question.kind == .sameAgainstDifferent
        {
            unlink(copies)
            return link(copies[0], copies[1], ["value": "different"])
        }
        if question.kind == .countedVoided, random.chance(0.5) {
            for index in copies { sets[index].set["status"] = "voided" }
            return
        }
        // Nobody who answers makes a copy count that others agreed to set aside.
        let live = copies.filter { sets[$0].set["status"] != "voided" }
        let free = live.filter { index in !aside.contains { $0 == entry(sets[index].number) } }
        guard !live.isEmpty else { return }
        let keeper = random.pick(free.isEmpty ? live : free)
        unlink(copies)
        for index in copies where index != keeper {
            guard let id = entry(sets[keeper].number) else { continue }
            link(index, keeper, ["value": "same", "counts": id.json])
        }
    }

    /// Takes back what was said of any two of these.
    private mutating func unlink(_ copies: [Int]) {
        for index in copies {
            for other in copies {
                guard let id = entry(sets[other].number) else { continue }
                sets[index].set["link.\(id.text)"] = nil
            }
        }
    }

    private func areLinked(_ one: Int, _ other: Int) -> Bool {
        guard let left = entry(sets[one].number), let right = entry(sets[other].number) else {
            return false
        }
        return sets[one].set["link.\(right.text)"] != nil
            || sets[other].set["link.\(left.text)"] != nil
    }

    private mutating func link(_ one: Int, _ other: Int, _ value: JSONValue) {
        let (smaller, larger) = (min(one, other), max(one, other))
        guard let id = entry(sets[larger].number) else { return }
        sets[smaller].set["link.\(id.text)"] = value
    }
}

@Suite struct AdherenceLawTests {
    private func randomPlan(using random: inout SplitMix64) -> TreatmentPlan {
        weekly(Int64(random.below(90)) + 1, every: Int64(random.below(30)) + 1) {
            if random.chance(0.4) {
                $0.ramp = [
                    RampStep(dayOffset: Int64(random.below(4)), doseMilligrams: 7500),
                    RampStep(dayOffset: Int64(random.below(20)) + 4, doseMilligrams: 15_000),
                ]
            }
            if random.chance(0.4) {
                let from = day("2026-01-20").adding(days: random.below(60))
                $0.taper = [
                    TaperStep(from: from, .intervalDays(Int64(random.below(20)) + 1)),
                    TaperStep(from: from.adding(days: 9), .doseMilligrams(6400)),
                ]
            }
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func `what is prescribed in adjacent windows adds up to the window over both`(
        seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        var story = try PlanStory(randomPlan(using: &random))
        var second = randomPlan(using: &random)
        second.effectiveFrom = day("2026-01-10").adding(days: random.below(80))
        try story.amend("second", seeing: ["signed"], second)
        let history = try story.history()
        func prescribed(_ from: CivilDate, _ until: CivilDate) -> Fraction? {
            switch Adherence(
                in: DayWindow(from: from, until: until), history, ledger([]), today: until,
                receivedUntil: until
            ).prescribed {
            case .milligrams(let sum): sum
            case .noPlan: .zero
            case .notComputed: nil
            }
        }
        for _ in 0..<10 {
            let days = (0..<3).map { _ in day("2025-12-20").adding(days: random.below(150)) }
                .sorted()
            let whole = try #require(prescribed(days[0], days[2]))
            let first = try #require(prescribed(days[0], days[1]))
            let rest = try #require(prescribed(days[1], days[2]))
            #expect(first.adding(rest) == whole)
            #expect(whole >= .zero)
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func `the range holds the grams of every way in which people may answer`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let diary = RandomDiary(using: &random)
        let open = ledger(diary.views)
        let windows = [
            window("2026-01-05", "2026-01-07"), window("2026-01-07", "2026-01-12"),
            window("2025-12-01", "2026-03-01"), window("2026-01-06", "2026-01-06"),
        ]
        for _ in 0..<3 {
            let answered = ledger(diary.resolved(using: &random).views)
            #expect(answered.totals.given.questions.isEmpty)
            for window in windows {
                let range = open.given(in: window).milligrams
                let exact = answered.given(in: window).milligrams
                #expect(range.low <= exact.low && exact.high <= range.high)
                #expect(exact.isExact)
            }
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func `over all days a window adds up to what the diary does`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var diary = RandomDiary(using: &random)
        for index in diary.sets.indices where diary.sets[index].set["time"] == "unknown" {
            diary.sets[index].set["time"] = time("2026-01-05", .london)
        }
        let found = ledger(diary.views)
        let all = window("2025-01-01", "2027-01-01")
        #expect(found.given(in: all).milligrams == found.totals.given.milligrams)
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func `the order of infusions changes no number`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let diary = RandomDiary(using: &random)
        let history = try PlanStory(weekly(8, every: 2)).history()
        func numbers(_ views: [EntryView?]) -> [String] {
            let found = Adherence(
                in: window("2026-01-05", "2026-01-12"), history, ledger(views),
                today: day("2026-01-12"), receivedUntil: day("2026-01-11"))
            return AdherenceWords(found).lines.sorted()
        }
        #expect(numbers(diary.views) == numbers(diary.views.shuffled(using: &random)))
    }
}
