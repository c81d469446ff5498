import DiaryModel
import SyncCore
import Testing

/// All small worlds of three copies: every standing of each, everything that can be said of each pair.
private struct EveryWorld {
    var infusions: [TotalInfusion]
    var links: [LinkStatement]

    static func visit(
        _ milligrams: [Int64] = [32_000, 30_000, 28_000], _ body: (EveryWorld) -> Void
    ) {
        let ids = (1...3).compactMap { entry($0) }
        let standings: [TotalInfusion.Standing] = [.active, .voided, .inQuestion]
        let pairs = [(ids[0], ids[1]), (ids[1], ids[2]), (ids[0], ids[2])]
        for code in 0..<27 * 216 {
            var rest = code
            func draw(_ count: Int) -> Int {
                defer { rest /= count }
                return rest % count
            }
            let infusions = zip(ids, milligrams).map { id, milligrams in
                TotalInfusion(id, standings[draw(3)], MilligramRange(milligrams))
            }
            let links = pairs.compactMap { one, other -> LinkStatement? in
                let said: [[LinkStatement.Candidate]] = [
                    [], [.different], [.same(counts: one)], [.same(counts: other)],
                    [.same(counts: one), .same(counts: other)], [.same(counts: one), .different],
                ]
                let candidates = said[draw(6)]
                return candidates.isEmpty ? nil : LinkStatement(one, other, candidates)
            }
            body(EveryWorld(infusions: infusions, links: links))
        }
    }

    var total: GivenTotal { GivenTotal(infusions, links: links) }
    var live: [TotalInfusion] { infusions.filter { $0.standing != .voided } }

    /// What `total` of model.py lets count perhaps: all that nobody sets aside who counts himself.
    var perhaps: [TotalInfusion] {
        var keepers: [EntryID: Set<EntryID>] = [:]
        for link in links where link.candidates.count == 1 {
            guard case .same(let counts) = link.candidates[0] else { continue }
            keepers[counts == link.smaller ? link.larger : link.smaller, default: []].insert(counts)
        }
        let free = Set(
            infusions.filter { $0.standing == .active && keepers[$0.entry] == nil }.map(\.entry))
        return live.filter { keepers[$0.entry]?.isDisjoint(with: free) ?? true }
    }
}

@Suite struct EveryTotalTests {
    @Test func `an infusion that somebody stands by never vanishes`() {
        EveryWorld.visit { world in
            #expect((world.total.milligrams.high > 0) == !world.live.isEmpty)
        }
    }

    /// Of unequal copies the model adds what is left, where the page takes the largest copy.
    @Test func `of equal copies the high end is never more than the model lets count`() {
        EveryWorld.visit([32_000, 32_000, 32_000]) { world in
            let most = world.perhaps.map(\.milligrams.high).reduce(0, +)
            #expect(world.total.milligrams.high <= most)
        }
    }

    @Test func `the low end is nothing only where a copy was voided or is in question`() {
        EveryWorld.visit { world in
            if world.infusions.allSatisfy({ $0.standing == .active }) {
                #expect(world.total.milligrams.low >= 28_000)
            }
        }
    }

    @Test func `a range has a question, and an exact sum has none but of equal ends`() {
        EveryWorld.visit { world in
            let total = world.total
            if !total.milligrams.isExact { #expect(!total.questions.isEmpty) }
        }
    }

    @Test func `what comes in another order adds up the same`() {
        EveryWorld.visit { world in
            let turned = EveryWorld(
                infusions: world.infusions.reversed(), links: world.links.reversed())
            #expect(world.total == turned.total)
        }
    }
}
