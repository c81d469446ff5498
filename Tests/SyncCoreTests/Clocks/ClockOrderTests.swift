import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct `Clocks over straight and forked logs` {
    /// The log a1 a2 with the branches a3 a4 and b3 b4, b4 forked once more as c5 beside b5; a log z1.
    static func tree() throws -> (store: MemoryEventStore, names: [String: Position]) {
        var store = MemoryEventStore()
        var names: [String: Position] = [:]
        var a = Pen(seed: 1)
        func write(_ name: String, _ pen: inout Pen) throws {
            let line = pen.tip == nil ? try pen.introduce() : try pen.begin(set: ["a": 1])
            names[name] = line.position
            try store.add(pen, line)
        }
        try write("a1", &a)
        try write("a2", &a)
        var b = a.fork(seed: 2)
        try write("a3", &a)
        try write("b3", &b)
        try write("a4", &a)
        try write("b4", &b)
        var c = b.fork(seed: 3)
        try write("b5", &b)
        try write("c5", &c)
        var z = Pen(seed: 4)
        try write("z1", &z)
        return (store, names)
    }

    @Test(
        arguments: [
            ([], [], .equal), (["a1"], ["a1"], .equal), ([], ["a1"], .before),
            (["a1"], ["a2"], .before), (["a4"], ["a2"], .after), (["a3"], ["b3"], .concurrent),
            (["a2"], ["b3"], .before), (["a4"], ["b3"], .concurrent),
            (["b5"], ["c5"], .concurrent), (["b4"], ["c5"], .before), (["b3"], ["c5"], .before),
            (["a3"], ["a4", "b3"], .before), (["a3", "b3"], ["b3", "a3"], .equal),
            (["a2", "a3"], ["a3"], .equal), (["a1", "b4"], ["b4"], .equal),
            (["z1"], ["a1"], .concurrent), (["z1", "a4"], ["a4"], .after),
            (["a4", "b4"], ["a3", "c5"], .concurrent), (["a4", "c5"], ["a4", "b4"], .after),
        ] as [([String], [String], ClockOrder)])
    func `Two clocks are before, after, equal or concurrent`(
        left: [String], right: [String], order: ClockOrder
    ) throws {
        let (store, names) = try Self.tree()
        let left = VectorClock(try left.map { try #require(names[$0]) })
        let right = VectorClock(try right.map { try #require(names[$0]) })
        #expect(try store.order(left, right) == order)
        let back: ClockOrder = order == .before ? .after : order == .after ? .before : order
        #expect(try store.order(right, left) == back)
    }

    @Test(arguments: [
        ("a4", ["a1", "a2", "a3", "a4"]), ("b4", ["a1", "a2", "b3", "b4"]),
        ("c5", ["a1", "a2", "b3", "b4", "c5"]), ("a2", ["a1", "a2"]), ("z1", ["z1"]),
    ])
    func `A position covers its own branch down to the first event`(
        name: String, covered: [String]
    ) throws {
        let (store, names) = try Self.tree()
        let clock = VectorClock([try #require(names[name])])
        for (other, position) in names {
            #expect(try store.covers(clock, position) == covered.contains(other), "\(other)")
        }
    }

    @Test func `The frontier is the tips, one a branch`() throws {
        let (store, names) = try Self.tree()
        let tips = ["a4", "b5", "c5", "z1"].compactMap { names[$0] }
        #expect(store.frontier == VectorClock(tips))
        #expect(store.tree.branches.count == 4)
        #expect(store.tree.replicas.count == 2)
    }

    @Test func `A position with another id, seq or replica is not held and covers nothing`() throws
    {
        let (store, names) = try Self.tree()
        let (a3, b3) = (try #require(names["a3"]), try #require(names["b3"]))
        let z1 = try #require(names["z1"])
        for wrong in [
            Position(replica: a3.replica, seq: 4, id: a3.id),
            Position(replica: z1.replica, seq: 3, id: a3.id),
            Position(replica: a3.replica, seq: 3, id: z1.id),
            Position(replica: a3.replica, seq: .max, id: a3.id),
        ] {
            #expect(try store.held(wrong) == nil)
            #expect(try store.order(VectorClock([wrong]), VectorClock()) == .equal)
        }
        #expect(try store.held(a3) != store.held(b3))
    }

    @Test func `A clock is written sorted by replica text, seq and id text`() throws {
        let (_, names) = try Self.tree()
        let clock = VectorClock(names.values)
        let again = try #require(VectorClock(json: clock.json))
        #expect(again == clock)
        let texts = clock.positions.map { "\($0.replica) \($0.seq) \($0.id)" }
        #expect(texts == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(VectorClock(clock.positions + clock.positions.reversed()) == clock)
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `Merging is commutative, associative, idempotent and the least above both`(
        seed: UInt64
    ) throws {
        let history = try History(seed: seed, events: 24)
        var store = MemoryEventStore()
        for section in history.sections { try store.add(section) }
        var random = SplitMix64(seed: seed)
        func clock() -> VectorClock {
            VectorClock(history.lines.filter { _ in random.chance(0.2) }.map(\.position))
        }
        for _ in 0..<20 {
            let (a, b, c) = (clock(), clock(), clock())
            let ab = try store.merging(a, b)
            #expect(try ab == store.merging(b, a))
            #expect(try store.merging(ab, c) == store.merging(a, store.merging(b, c)))
            #expect(try store.merging(ab, ab) == ab)
            #expect(try store.merging(ab, a) == ab)
            let union = history.covered(by: a.positions).union(history.covered(by: b.positions))
            #expect(history.covered(by: ab.positions) == union)
            // By hand from plain sets, too.
            let (left, right) = (
                history.covered(by: a.positions), history.covered(by: b.positions)
            )
            let expected: ClockOrder =
                left == right
                ? .equal
                : left.isSubset(of: right)
                    ? .before : right.isSubset(of: left) ? .after : .concurrent
            #expect(try store.order(a, b) == expected)
            for line in history.lines {
                #expect(try store.covers(a, line.position) == left.contains(line.id))
            }
        }
    }

    @Test func `A tree comes back from its rows, and rows that make none are refused`() throws {
        let (store, names) = try Self.tree()
        let rows = store.tree.branches.map { ($0.replica, $0.parent, $0.tip) }
        let tree = try #require(LogTree(rows: rows.map { (replica: $0, parent: $1, tip: $2) }))
        #expect(tree == store.tree)
        let (a4, z1) = (try #require(names["a4"]), try #require(names["z1"]))
        for bad in [
            (a4.replica, LogPlace(branch: 7, seq: 1), a4),
            (a4.replica, LogPlace(branch: 0, seq: 0), a4),
            (a4.replica, LogPlace(branch: 0, seq: 4), a4), (a4.replica, nil, z1),
        ] as [(ReplicaID, LogPlace?, Position)] {
            let rows = [(replica: a4.replica, parent: LogPlace?.none, tip: a4)]
            #expect(LogTree(rows: rows + [(replica: bad.0, parent: bad.1, tip: bad.2)]) == nil)
        }
    }
}
