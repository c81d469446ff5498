internal import SyncCore

/// Reads every line of a diary once, branch by branch, and checks it against what stands below it.
struct LogExamination {
    private let store: SQLiteEventStore
    private var flaws: [Finding.Kind] = []

    static func run(over store: SQLiteEventStore) throws -> [Finding.Kind] {
        var examination = LogExamination(store: store)
        for branch in store.tree.branches.indices { try examination.examine(branch) }
        return examination.flaws
    }

    private init(store: SQLiteEventStore) { self.store = store }

    private mutating func examine(_ number: Int) throws {
        let branch = store.tree.branches[number]
        let row = store.rowNumbers[number]
        var seq = branch.forkSeq
        var previous = try branch.parent.flatMap { try store.event(at: $0)?.0 }
        var arrivalBefore = try branch.parent.flatMap { try store.event(at: $0)?.1.arrival } ?? 0
        var headed: [Int: (id: EventID, arrival: Int)] = [:]
        let heads = try headRows(of: row)
        let cursor = try store.connection.cursor(
            "SELECT arrival, seq, id, entry, line FROM event WHERE log = ? ORDER BY seq",
            table: "event", [.integer(row)])
        defer { cursor.reset() }
        while let line = try cursor.step() {
            let arrival = try line.integer(0)
            let found = try line.integer(1)
            guard let id = try? line.identifier(2, as: EventID.self),
                let event = try? EventLine(try line.blob(4), diary: store.diary)
            else {
                flaws.append(.line(arrival: arrival, .unreadable))
                seq = found
                previous = nil
                continue
            }
            let flaw = try check(
                event, id: id, at: (branch.replica, found), arrival: arrival,
                entry: try line.integer(3), after: previous)
            if let flaw {
                flaws.append(.line(arrival: arrival, flaw))
            } else if found &- 1 != seq || arrival <= arrivalBefore {
                flaws.append(.line(arrival: arrival, .otherPlace))
            }
            seq = found
            arrivalBefore = arrival
            previous = id
            if heads[found] != nil { headed[found] = (id, arrival) }
        }
        if seq != branch.tip.seq || (previous != nil && previous != branch.tip.id) {
            flaws.append(.branch(number: row))
        }
        try check(heads, over: headed, of: branch, row: row)
    }

    private func check(
        _ line: EventLine, id: EventID, at place: (replica: ReplicaID, seq: Int), arrival: Int,
        entry: Int, after previous: EventID?
    ) throws -> Finding.LineFlaw? {
        let envelope = line.envelope
        guard line.id == id else { return .otherID }
        guard envelope.replica == place.replica, envelope.seq == place.seq else {
            return .otherPlace
        }
        // Where the line below cannot be read, that is the finding.
        if let previous, envelope.prev != previous { return .brokenLink }
        if envelope.seq > 1, envelope.prev == nil { return .brokenLink }
        switch envelope.subject {
        case .begins: if entry != arrival { return .entry }
        case .entry(let position):
            guard let held = try held(position), held.beginsEntry, held.arrival == entry,
                entry < arrival
            else { return .entry }
        }
        for position in envelope.context {
            guard let held = try held(position), held.entry == entry, held.arrival < arrival else {
                return .context
            }
        }
        if let continues = envelope.introduction?.continues {
            guard try held(continues.position) != nil else { return .continuation }
        }
        if case .erased(let signature) = line.content {
            let kind = try? store.kind(ofEntry: entry)
            guard ErasureOrders.mayErase(fields: envelope.fields, kind: kind ?? "") else {
                return .erasure
            }
            if let clinic = store.pinnedClinic,
                !clinic.verifies(signature, over: .erasure(store.diary, id))
            {
                return .erasure
            }
        }
        return nil
    }

    private func held(_ position: Position) throws -> HeldEvent? {
        do { return try store.held(position) } catch StoreError.damaged { return nil }
    }

    private func headRows(of row: Int) throws -> [Int: (signature: Signature?, end: Int)] {
        let rows = try store.connection.rows(
            "SELECT seq, signature, ends_at FROM head WHERE log = ?", [.integer(row)],
            table: "head"
        ) { row in
            let signature = try? row.identifier(1, as: Signature.self)
            return (try row.integer(0), (signature: signature, end: try row.integer(2)))
        }
        return Dictionary(rows) { first, _ in first }
    }

    private mutating func check(
        _ heads: [Int: (signature: Signature?, end: Int)],
        over events: [Int: (id: EventID, arrival: Int)],
        of branch: LogTree.Branch, row: Int
    ) throws {
        let key = try? store.key(of: branch.replica)
        var highest = branch.forkSeq
        for seq in heads.keys.sorted() {
            guard let (id, arrival) = events[seq], let head = heads[seq],
                let signature = head.signature
            else {
                flaws.append(.withoutHead(branch: row, above: highest))
                continue
            }
            let position = Position(replica: branch.replica, seq: seq, id: id)
            if let key, head.end >= arrival,
                key.verifies(signature, over: .head(store.diary, position))
            {
                highest = seq
            } else {
                flaws.append(.head(position))
            }
        }
        if highest < branch.tip.seq { flaws.append(.withoutHead(branch: row, above: highest)) }
    }
}
