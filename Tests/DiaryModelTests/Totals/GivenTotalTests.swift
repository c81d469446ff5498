import DiaryModel
import SyncCore
import Testing

@Suite struct GivenTotalTests {
    private let ids: [EntryID] = (1...8).compactMap { entry($0) }
    private var a: EntryID { ids[0] }
    private var b: EntryID { ids[1] }
    private var c: EntryID { ids[2] }

    private func active(_ id: EntryID, _ milligrams: Int64) -> TotalInfusion {
        TotalInfusion(id, .active, MilligramRange(milligrams))
    }

    private func voided(_ id: EntryID, _ milligrams: Int64) -> TotalInfusion {
        TotalInfusion(id, .voided, MilligramRange(milligrams))
    }

    @Test func `what nobody disputes is added up`() {
        let total = GivenTotal([active(a, 32_000), active(b, 28_000), voided(c, 32_000)])
        #expect(total.milligrams == MilligramRange(60_000))
        #expect(total.questions.isEmpty)
    }

    @Test func `C01: an unanswered probable duplicate goes from one to both`() {
        let total = GivenTotal(
            [active(a, 32_000), active(b, 32_000)], probableDuplicates: [(b, a)])
        #expect(total.milligrams == MilligramRange(32_000, 64_000))
        #expect(total.milligrams.description == "32.0-64.0 g")
        #expect(total.questions == [OpenQuestion(kind: .probableDuplicate, entries: [a, b])])
    }

    @Test func `A10: one doubtful pair in eight weeks gives 220 to 252 grams`() {
        let weeks: [Int64] = [32, 32, 32, 28, 32, 32, 32]
        var infusions = zip(ids, weeks).map { active($0, $1 * 1000) }
        infusions.append(active(ids[7], 32_000))
        let total = GivenTotal(infusions, probableDuplicates: [(ids[0], ids[7])])
        #expect(total.milligrams == MilligramRange(220_000, 252_000))
    }

    @Test func `said to be the same, the one that counts is counted`() {
        let link = LinkStatement(a, b, [.same(counts: b)])
        let total = GivenTotal(
            [active(a, 30_000), active(b, 32_000)], links: [link], probableDuplicates: [(a, b)])
        #expect(total.milligrams == MilligramRange(32_000))
        #expect(total.setAside == [a])
        #expect(total.questions.isEmpty)
    }

    @Test func `said to be different, both are counted and nobody is asked again`() {
        let link = LinkStatement(a, b, [.different])
        let total = GivenTotal(
            [active(a, 32_000), active(b, 32_000)], links: [link], probableDuplicates: [(a, b)])
        #expect(total.milligrams == MilligramRange(64_000))
        #expect(total.questions.isEmpty)
    }

    @Test(arguments: [(32_000, 32_000), (32_000, 28_000)] as [(Int64, Int64)])
    func `C27: two who each say mine counts leave one infusion, never none and never two`(
        first: Int64, second: Int64
    ) {
        let link = LinkStatement(a, b, [.same(counts: a), .same(counts: b)])
        let total = GivenTotal([active(a, first), active(b, second)], links: [link])
        #expect(total.milligrams == MilligramRange(second, first))
        #expect(total.questions == [OpenQuestion(kind: .noneCounts, entries: [a, b])])
        #expect(total.setAside == [a, b])
    }

    @Test func `C28: the copy that counted was voided, so nothing to the other`() {
        let link = LinkStatement(a, b, [.same(counts: a)])
        let total = GivenTotal([voided(a, 32_000), active(b, 32_000)], links: [link])
        #expect(total.milligrams == MilligramRange(0, 32_000))
        #expect(total.questions == [OpenQuestion(kind: .countedVoided, entries: [a, b])])
    }

    @Test func `C28: a ring is one infusion, from its smallest to its largest copy`() {
        let ring = [
            LinkStatement(a, b, [.same(counts: b)]), LinkStatement(b, c, [.same(counts: c)]),
            LinkStatement(a, c, [.same(counts: a)]),
        ]
        let total = GivenTotal(
            [active(a, 32_000), active(b, 30_000), active(c, 28_000)], links: ring)
        #expect(total.milligrams == MilligramRange(28_000, 32_000))
        #expect(total.questions.map(\.kind) == [.noneCounts])
    }

    @Test func `two copies left of one group are one infusion`() {
        let links = [
            LinkStatement(a, c, [.same(counts: a)]), LinkStatement(b, c, [.same(counts: b)]),
        ]
        let total = GivenTotal(
            [active(a, 32_000), active(b, 30_000), active(c, 8000)], links: links)
        #expect(total.milligrams == MilligramRange(8000, 32_000))
        #expect(total.questions.map(\.kind) == [.severalCount])
    }

    @Test func `different against same has the sum as its high end`() {
        let link = LinkStatement(a, b, [.same(counts: a), .different])
        let total = GivenTotal([active(a, 32_000), active(b, 32_000)], links: [link])
        #expect(total.milligrams == MilligramRange(32_000, 64_000))
        #expect(total.questions.map(\.kind) == [.sameAgainstDifferent])
    }

    @Test func `different against same sums only what would count`() {
        let links = [
            LinkStatement(a, b, [.same(counts: a), .different]),
            LinkStatement(b, c, [.same(counts: b)]),
        ]
        let total = GivenTotal(
            [active(a, 32_000), active(b, 30_000), active(c, 40_000)], links: links)
        #expect(total.milligrams == MilligramRange(30_000, 62_000))
    }

    @Test func `a status in question has nothing as its low end`() {
        let total = GivenTotal([
            TotalInfusion(a, .inQuestion, MilligramRange(32_000)), active(b, 32_000),
        ])
        #expect(total.milligrams == MilligramRange(32_000, 64_000))
        #expect(total.questions.map(\.kind) == [.statusInConflict])
    }

    @Test func `a line in conflict is a range of its own`() {
        let total = GivenTotal([TotalInfusion(a, .active, MilligramRange(28_000, 32_000))])
        #expect(total.milligrams == MilligramRange(28_000, 32_000))
    }

    @Test func `all copies voided are nothing`() {
        let link = LinkStatement(a, b, [.same(counts: a)])
        let total = GivenTotal([voided(a, 32_000), voided(b, 32_000)], links: [link])
        #expect(total.milligrams == .zero)
        #expect(total.questions.isEmpty)
    }

    @Test func `a copy set aside for one that is not held is still counted once`() {
        let link = LinkStatement(a, b, [.same(counts: b)])
        let total = GivenTotal([active(a, 32_000)], links: [link])
        #expect(total.milligrams == MilligramRange(32_000))
    }

    @Test func `a voided copy asks nobody whether it is a duplicate`() {
        let total = GivenTotal(
            [active(a, 32_000), voided(b, 32_000)], probableDuplicates: [(a, b)])
        #expect(total.milligrams == MilligramRange(32_000))
        #expect(total.questions.isEmpty)
    }

    @Test func `three that look alike go from one to all`() {
        let total = GivenTotal(
            [active(a, 32_000), active(b, 30_000), active(c, 32_000)],
            probableDuplicates: [(a, b), (b, c)])
        #expect(total.milligrams == MilligramRange(30_000, 94_000))
    }

    @Test func `what was set aside is no low end where the copy that counts looks like another`() {
        let link = LinkStatement(a, b, [.same(counts: a)])
        let total = GivenTotal(
            [active(a, 32_000), active(b, 8000), active(c, 30_000)], links: [link],
            probableDuplicates: [(a, c)])
        #expect(total.milligrams == MilligramRange(30_000, 62_000))
    }

    @Test func `a pair whose counted copy was voided is asked about though it weighs nothing`() {
        let link = LinkStatement(a, b, [.same(counts: a)])
        let total = GivenTotal(
            [voided(a, 0), active(b, 0), active(c, 0)], links: [link],
            probableDuplicates: [(b, c)])
        #expect(total.questions.map(\.kind) == [.countedVoided, .probableDuplicate])
    }

    @Test func `different against same is one question, in whichever of the two it was written`() {
        let links = [
            LinkStatement(a, b, [.same(counts: a)]), LinkStatement(b, a, [.different]),
        ]
        let total = GivenTotal([active(a, 32_000), active(b, 30_000)], links: links)
        #expect(total.milligrams == MilligramRange(30_000, 62_000))
        #expect(total.questions.map(\.kind) == [.sameAgainstDifferent])
    }

    @Test func `an entry is no copy of itself`() {
        let total = GivenTotal(
            [active(a, 32_000)], links: [LinkStatement(a, a, [.same(counts: a)])])
        #expect(total.milligrams == MilligramRange(32_000))
        #expect(total.setAside.isEmpty)
        #expect(total.questions.isEmpty)
    }

    @Test func `the order in which things come changes nothing`() {
        let infusions = [active(a, 32_000), active(b, 30_000), active(c, 28_000)]
        let links = [
            LinkStatement(a, b, [.same(counts: b)]), LinkStatement(b, c, [.same(counts: c)]),
        ]
        let forwards = GivenTotal(infusions, links: links)
        let backwards = GivenTotal(infusions.reversed(), links: links.reversed())
        #expect(forwards == backwards)
        #expect(forwards.milligrams == MilligramRange(28_000))
    }

    @Test func `no sum passes the largest number there is`() {
        let total = GivenTotal([active(a, .max), active(b, .max)])
        #expect(total.milligrams == MilligramRange(.max))
    }
}
