internal import SyncCore

/// Cuts what damage has reached from the logs of one diary, so that a sync can bring it again.
///
/// A frontier is causally closed: a damaged line lowers it to the last head below, on its log and on
/// every log that rests on it. What is cut is kept aside. Whoever holds the lines brings them again;
/// if nobody does and they were this store's own, the next record begins a new replica from below.
struct DamageCut {
    private let store: SQLiteEventStore
    private var lines: [Line] = []
    private var numbers: [EventID: Int] = [:]
    private var numberAt: [LogPlace: Int] = [:]

    private struct Line {
        let arrival: Int
        let place: LogPlace
        let id: [UInt8]
        let bytes: [UInt8]
        /// The lines below that it rests on; nil where it is not what it should be.
        var supports: [Int]?
    }

    init(over store: SQLiteEventStore) throws {
        self.store = store
        let rows = store.rowNumbers.enumerated().map { ($0.offset, $0.element) }
        for (branch, row) in rows {
            lines += try store.connection.rows(
                "SELECT arrival, seq, id, line FROM event WHERE log = ? ORDER BY seq",
                [.integer(row)], table: "event"
            ) { row in
                Line(
                    arrival: try row.integer(0),
                    place: LogPlace(branch: branch, seq: try row.integer(1)), id: try row.blob(2),
                    bytes: try row.blob(3))
            }
        }
        lines.sort { $0.arrival < $1.arrival }
        for number in lines.indices {
            numberAt[lines[number].place] = number
            guard let supports = supports(of: number) else { continue }
            lines[number].supports = supports
            if let id = EventID(octets: lines[number].id) { numbers[id] = number }
        }
    }

    /// What a line rests on; nil if it is damaged or rests on what is not there.
    private func supports(of number: Int) -> [Int]? {
        let row = lines[number]
        let branch = store.tree.branches[row.place.branch]
        guard let line = try? EventLine(row.bytes, diary: store.diary), line.id.octets == row.id,
            line.envelope.replica == branch.replica, line.envelope.seq == row.place.seq
        else { return nil }
        if case .erased(let signature) = line.content, let clinic = store.pinnedClinic,
            !clinic.verifies(signature, over: .erasure(store.diary, line.id))
        {
            return nil
        }
        let envelope = line.envelope
        var positions = envelope.context
        if case .entry(let entry) = envelope.subject { positions.append(entry) }
        if let continues = envelope.introduction?.continues { positions.append(continues.position) }
        var supports: [Int] = []
        for position in positions {
            guard let below = numbers[position.id] else { return nil }
            supports.append(below)
        }
        if let prev = envelope.prev {
            let below = row.place.seq - 1
            let place =
                below == branch.forkSeq
                ? branch.parent : LogPlace(branch: row.place.branch, seq: below)
            guard let number = numbers[prev], place == lines[number].place else { return nil }
            supports.append(number)
        }
        return supports
    }

    /// How far each branch stays: to the highest good head with nothing damaged below.
    private func limits(heads: [Int: Set<Int>]) -> [Int] {
        var limits: [Int] = []
        for (number, branch) in store.tree.branches.enumerated() {
            var reach = branch.forkSeq
            while let next = numberAt[LogPlace(branch: number, seq: reach + 1)],
                lines[next].supports != nil
            { reach += 1 }
            let head = heads[number]?.filter { $0 <= reach && $0 > branch.forkSeq }.max()
            limits.append(head ?? branch.forkSeq)
        }
        return limits
    }

    /// Cuts, and says how many lines were cut.
    mutating func apply() throws -> Int {
        let heads = try goodHeads()
        var limits = limits(heads: heads)
        while true {
            for number in lines.indices {
                guard let supports = lines[number].supports else { continue }
                let place = lines[number].place
                if place.seq > limits[place.branch]
                    || supports.contains(where: { lines[$0].supports == nil })
                {
                    lines[number].supports = nil
                }
            }
            let next = self.limits(heads: heads)
            if next == limits { break }
            limits = next
        }
        let cut = lines.filter { $0.supports == nil }
        for line in cut { try setAside(line) }
        for branch in limits.indices.reversed() {
            try lower(branch, to: limits[branch], keeping: heads[branch] ?? [])
        }
        return cut.count
    }

    private func setAside(_ line: Line) throws {
        let replica = store.tree.branches[line.place.branch].replica
        try store.connection.run(
            "INSERT INTO set_aside(diary, replica, seq, id, line) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(store.number), .blob(replica.octets), .integer(line.place.seq),
                .blob(line.id), .blob(line.bytes),
            ], table: "set_aside")
        try store.connection.run(
            "DELETE FROM event WHERE arrival = ?", [.integer(line.arrival)], table: "event")
    }

    private func lower(_ branch: Int, to limit: Int, keeping heads: Set<Int>) throws {
        let row = SQLValue.integer(store.rowNumbers[branch])
        let connection = store.connection
        let kept = try connection.rows(
            "SELECT seq FROM head WHERE log = ?", [row], table: "head"
        ) { try $0.integer(0) }
        for seq in kept where seq > limit || !heads.contains(seq) {
            try connection.run(
                "DELETE FROM head WHERE log = ? AND seq = ?", [row, .integer(seq)], table: "head")
        }
        if limit == store.tree.branches[branch].forkSeq {
            try connection.run("DELETE FROM branch WHERE number = ?", [row], table: "branch")
        } else {
            try connection.run(
                """
                UPDATE branch SET (tip_seq, tip_id) =
                    (SELECT seq, id FROM event WHERE log = ?1 AND seq = ?2)
                WHERE number = ?1
                """, [row, .integer(limit)], table: "branch")
        }
    }

    /// The seqs of each branch at which a head of it verifies and its section ends above.
    private func goodHeads() throws -> [Int: Set<Int>] {
        var good: [Int: Set<Int>] = [:]
        for (number, branch) in store.tree.branches.enumerated() {
            guard let key = key(of: branch.replica) else { continue }
            let heads = try store.connection.rows(
                "SELECT seq, signature, ends_at FROM head WHERE log = ?",
                [.integer(store.rowNumbers[number])], table: "head"
            ) { (try $0.integer(0), try $0.blob(1), try $0.integer(2)) }
            for (seq, octets, end) in heads {
                guard let line = numberAt[LogPlace(branch: number, seq: seq)].map({ lines[$0] }),
                    let id = EventID(octets: line.id), let signature = Signature(octets: octets),
                    end >= line.arrival
                else { continue }
                let position = Position(replica: branch.replica, seq: seq, id: id)
                if key.verifies(signature, over: .head(store.diary, position)) {
                    good[number, default: []].insert(seq)
                }
            }
        }
        return good
    }

    private func key(of replica: ReplicaID) -> PublicKey? {
        for branch in store.tree.branchNumbers(of: replica)
        where store.tree.branches[branch].parent == nil {
            guard let number = numberAt[LogPlace(branch: branch, seq: 1)],
                let line = try? EventLine(lines[number].bytes, diary: store.diary)
            else { continue }
            if let key = line.envelope.introduction?.key { return key }
        }
        return nil
    }
}
