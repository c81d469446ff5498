import DiaryModel
import SyncCore
import Testing

/// All small worlds of three copies: every standing of each, and what can be said of each pair.
///
/// Of the third pair nobody disagrees, which leaves every shape but spares half the time.
private struct EveryWorld: Equatable {
    var infusions: [TotalInfusion]
    var links: [LinkStatement]

    /// The first world in which something holds that never should.
    static func counterexample(
        of milligrams: [Int64] = [32_000, 30_000, 28_000], _ holds: (EveryWorld) -> Bool
    ) -> EveryWorld? {
        let ids = (1...3).compactMap { entry($0) }
        let standings: [TotalInfusion.Standing] = [.active, .voided, .inQuestion]
        let pairs = [(ids[0], ids[1]), (ids[1], ids[2]), (ids[0], ids[2])]
        for code in 0..<27 * 6 * 6 * 3 {
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
                let candidates = said[draw(one == ids[0] && other == ids[2] ? 3 : 6)]
                return candidates.isEmpty ? nil : LinkStatement(one, other, candidates)
            }
            let world = EveryWorld(infusions: infusions, links: links)
            if holds(world) { return world }
        }
        return nil
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
        #expect(
            EveryWorld.counterexample { ($0.total.milligrams.high > 0) != !$0.live.isEmpty } == nil)
    }

    /// Of unequal copies the model adds what is left, where the page takes the largest copy.
    @Test func `of equal copies the high end is never more than the model lets count`() {
        let found = EveryWorld.counterexample(of: [32_000, 32_000, 32_000]) { world in
            let most = world.perhaps.map(\.milligrams.high).reduce(0, +)
            return world.total.milligrams.high > most
        }
        #expect(found == nil)
    }

    @Test func `the low end is nothing only where a copy was voided or is in question`() {
        let found = EveryWorld.counterexample { world in
            world.infusions.allSatisfy { $0.standing == .active }
                && world.total.milligrams.low < 28_000
        }
        #expect(found == nil)
    }

    @Test func `where there is a range there is a question`() {
        let found = EveryWorld.counterexample { world in
            let total = world.total
            return !total.milligrams.isExact && total.questions.isEmpty
        }
        #expect(found == nil)
    }

    @Test func `what comes in another order adds up the same`() {
        let found = EveryWorld.counterexample { world in
            let turned = EveryWorld(
                infusions: world.infusions.reversed(), links: world.links.reversed())
            return world.total != turned.total
        }
        #expect(found == nil)
    }
}
