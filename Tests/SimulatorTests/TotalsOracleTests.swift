import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@testable import Simulator

extension PlainTotals {
    /// What the product says, in the oracle's words.
    init(_ totals: DiaryTotals) {
        let given = totals.given
        self.init(
            range: PlainRange(low: given.milligrams.low, high: given.milligrams.high),
            setAside: Set(given.setAside),
            questions: Set(
                given.questions.map { question in
                    let kind: PlainQuestion.Kind =
                        switch question.kind {
                        case .noneCounts: .noneCounts
                        case .severalCount: .severalCount
                        case .countedVoided: .countedVoided
                        case .sameAgainstDifferent: .sameAgainstDifferent
                        case .probableDuplicate: .probableDuplicate
                        case .statusInConflict: .statusInConflict
                        }
                    return PlainQuestion(kind: kind, entries: Set(question.entries))
                }))
    }
}

@Suite(.timeLimit(.minutes(60))) struct TotalsOracleTests {
    private let zone = FixedZone("Etc/GMT-5", offset: 300)

    @Test func `totals are what trying every answer gives, whatever is said of a few infusions`() {
        var ranges = 0
        for seed in 0..<1500 as Range<UInt64> {
            var world = RandomInfusions(seed: seed)
            let expected = plainTotals(world.infusions, zone: zone)
            let totals = PlainTotals(DiaryTotals(world.views, zone: zone))
            #expect(totals == expected, "seed \(seed)")
            if totals.range.low != totals.range.high { ranges += 1 }
        }
        #expect(ranges > 300)
    }

    @Test func `the order in which infusions are read changes no total`() {
        for seed in 10_000..<10_200 as Range<UInt64> {
            var world = RandomInfusions(seed: seed)
            let views = world.views
            let forwards = PlainTotals(DiaryTotals(views, zone: zone))
            #expect(forwards == PlainTotals(DiaryTotals(views.reversed(), zone: zone)))
        }
    }

    @Test func `what many answers give is reasoned as it is tried`() {
        for seed in 0..<500 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let count = 1 + random.below(4)
            var outcomes: [Int: Set<PlainGroup.Outcome?>] = [:]
            for index in 0..<count {
                outcomes[index] = Set(
                    (0...random.below(3)).map { _ in
                        if random.chance(0.2) { return nil }
                        let low = Int64(random.below(50))
                        return PlainGroup.Outcome(
                            range: PlainRange(low: low, high: low + Int64(random.below(50))),
                            isCertain: random.chance(0.6))
                    })
            }
            // In a row, so that all of them may be one.
            let pairs = Set((1..<max(count, 1)).map { Set([$0 - 1, $0]) })
            let cluster = PlainCluster(outcomes: outcomes, doubtful: pairs)
            #expect(cluster.tried == cluster.reasoned, "seed \(seed)")
        }
    }
}
