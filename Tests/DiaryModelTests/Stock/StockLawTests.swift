import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// A household's entries, drawn at random, each from one event.
private struct RandomStock {
    var views: [EntryView] = []
    private var random: SplitMix64
    private let replica: ReplicaID

    init?(seed: UInt64, entries: Int, counts: Bool) {
        guard let replica = ReplicaID(octets: [UInt8](repeating: 1, count: 16)) else { return nil }
        self.replica = replica
        random = SplitMix64(seed: seed)
        for _ in 0..<entries {
            let kind = random.pick(
                ["receipt", "receipt", "use", "use", "use", "loss", "move"]
                    + (counts ? ["count", "count"] : []))
            add(kind, day: random.below(60), vials: 1 + Int64(random.below(20)))
        }
    }

    /// Adds an entry of one or two lots on a day of the spring, at a minute of its own or without one.
    mutating func add(_ kind: String, day: Int, vials number: Int64, lot: String? = nil) {
        let date = CivilDate(daysSinceEpoch: 20_500 + day)
        let minute = random.below(1440)
        let face = WallTime(date: date, minuteOfDay: minute)?.description ?? ""
        let time = random.chance(0.2) && lot == nil ? "\(date)" : face
        let chosen = lot ?? random.pick(["A1", "A2", "B7"])
        var set =
            kind == "use"
            ? infusion(time, vials(number, chosen)) : movement(kind, time, vials(number, chosen))
        if lot == nil, random.chance(0.3) { set["vials.2"] = vials(1, random.pick(["A1", "C9"])) }
        if kind == "loss" { set["loss"] = .string(random.pick(["broken", "lost", "quarantined"])) }
        guard let id = EntryID(octets: (0..<32).map { _ in UInt8(random.below(256)) }) else {
            return
        }
        let position = Position(replica: replica, seq: views.count + 1, id: id)
        views.append(
            EntryView(
                alone: position, kind: kind == "use" ? "infusion" : "stock", set: set.active,
                at: Timestamp(milliseconds: 0, offset: 0)))
    }

    mutating func shuffled() -> [EntryView] { views.shuffled(using: &random) }
}

extension JSONObject {
    /// With the status that every recorded entry has.
    fileprivate var active: JSONObject {
        var set = self
        set["status"] = "active"
        return set
    }
}

private func book(_ views: [EntryView]) -> StockBook {
    StockBook(views, zone: HandwrittenZone.london)
}

@Suite struct StockLawTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `the order in which entries come changes nothing`(seed: UInt64) throws {
        var stock = try #require(RandomStock(seed: seed, entries: 25, counts: true))
        let first = book(stock.views)
        for _ in 0..<3 { #expect(book(stock.shuffled()) == first) }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `without a count a balance is what came less what went`(seed: UInt64) throws {
        let stock = try #require(RandomStock(seed: seed, entries: 25, counts: false))
        for lot in book(stock.views).lots {
            #expect(lot.balance == lot.received - lot.used - lot.lost)
        }
        #expect(book(stock.views).differences == [])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `a count after everything is the balance, whatever was before`(seed: UInt64) throws {
        var stock = try #require(RandomStock(seed: seed, entries: 25, counts: true))
        let before = book(stock.views)
        let number = Int64(seed % 20 + 1)
        stock.add("count", day: 100, vials: number, lot: "A1")
        let after = book(stock.views)
        let lot = try #require(after.lots.first { $0.key.lot == LotKey("A1") })
        #expect(lot.balance == VialRange(number))
        let known = before.lots.first { $0.key.lot == lot.key.lot }?.balance
        #expect(
            after.differences.contains { $0.counted == lot.balance && $0.known == known }
                == (known.map { !$0.overlaps(lot.balance) } ?? false))
        // Other lots are as they were.
        #expect(
            after.lots.filter { $0.key != lot.key } == before.lots.filter { $0.key != lot.key })
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what comes and goes after a count is added to it`(seed: UInt64) throws {
        var stock = try #require(RandomStock(seed: seed, entries: 25, counts: true))
        stock.add("count", day: 100, vials: 10, lot: "A1")
        stock.add("receipt", day: 101, vials: 6, lot: "A1")
        stock.add("use", day: 102, vials: 8, lot: "A1")
        let lot = try #require(book(stock.views).lots.first { $0.key.lot == LotKey("A1") })
        #expect(lot.balance == VialRange(8))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what is picked is never more than there may be, and nothing is hidden`(seed: UInt64)
        throws
    {
        let stock = try #require(RandomStock(seed: seed, entries: 25, counts: true))
        let book = book(stock.views)
        let list = PickList(book, on: scanDay)
        for lot in book.lots {
            let rows = (list.usable + list.apart).filter { $0.key == lot.key }
            #expect(rows.isEmpty == (lot.balance.high <= 0))
            let most = rows.map(\.vials.high).max() ?? 0
            #expect(most <= max(0, lot.balance.high))
            let sum = rows.map(\.vials).reduce(VialRange.zero) { $0 + $1 }
            #expect(sum.low <= max(0, lot.balance.low))
            #expect(sum.high >= lot.balance.high)
        }
    }

    @Test func `numbers beyond all measure do not trap`() throws {
        var stock = try #require(RandomStock(seed: 3, entries: 0, counts: false))
        for kind in ["receipt", "use", "loss", "move", "count"] {
            for number in [Int64.max, 0, 9_007_199_254_740_991] {
                stock.add(kind, day: 3, vials: number, lot: "A1")
                stock.add(kind, day: 4, vials: number, lot: "A1")
            }
        }
        let book = book(stock.views)
        #expect(book.lots.count == 1)
        _ = PickList(book, on: scanDay)
        _ = StockReach(book, plan: InfusionStory.plan, on: scanDay)?.words
        _ = (book.findings, book.lots.map(\.balanceWords), book.differences.map(\.words))
    }
}
