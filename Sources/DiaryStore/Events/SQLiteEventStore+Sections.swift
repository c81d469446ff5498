public import SyncCore

extension SQLiteEventStore {
    /// Walks over the branches side by side, in order of arrival.
    ///
    /// Each branch is entered just above what is known, so nothing known is read. A section's last
    /// event on a branch always has a head, so a section ends where the next head of the branch says.
    public func forEachSection(
        beyond known: Coverage, _ body: (StoredSection) throws -> Bool
    ) throws {
        var branches: [BranchCursor] = []
        for (number, branch) in tree.branches.enumerated() {
            let reach = max(known.reach(of: number), branch.forkSeq)
            guard branch.tip.seq > reach else { continue }
            let cursor = try BranchCursor(
                branch: number, row: rowNumbers[number], replica: branch.replica, beyond: reach,
                in: connection)
            branches.append(cursor)
        }
        defer { for branch in branches { branch.end() } }

        while let first = branches.min(by: { $0.arrival < $1.arrival }), first.arrival < .max {
            let end = first.sectionEnd
            guard end >= first.arrival, end < .max else {
                throw StoreError.damaged(.row(table: "head"))
            }
            var section = StoredSection(lines: [], heads: [])
            var lines: [(arrival: Int, line: StoredLine)] = []
            for branch in branches {
                lines += try branch.takeLines(upTo: end)
                section.heads += try branch.takeHeads(upTo: end)
            }
            section.lines = lines.sorted { $0.arrival < $1.arrival }.map(\.line)
            if try !body(section) { return }
        }
    }
}

/// One branch of a walk over sections: the next line not yet handed out, and the next head.
private final class BranchCursor {
    private let branch: Int
    private let replica: ReplicaID
    private let lines: SQLStatement
    private let heads: SQLStatement
    private var line: StoredLine?
    /// When the next line arrived; `Int.max` at the end.
    private(set) var arrival = Int.max
    private var head: PlacedHead?
    /// Where the section of the next head ends; `Int.max` at the end.
    private(set) var sectionEnd = Int.max

    init(
        branch: Int, row: Int, replica: ReplicaID, beyond reach: Int, in connection: SQLConnection
    ) throws {
        self.branch = branch
        self.replica = replica
        lines = try connection.cursor(
            "SELECT arrival, seq, line FROM event WHERE log = ? AND seq > ? ORDER BY seq",
            table: "event", [.integer(row), .integer(reach)])
        heads = try connection.cursor(
            """
            SELECT head.seq, head.signature, head.ends_at, event.id FROM head
            JOIN event ON event.log = head.log AND event.seq = head.seq
            WHERE head.log = ? AND head.seq > ? ORDER BY head.seq
            """, table: "head", [.integer(row), .integer(reach)])
        try nextLine()
        try nextHead()
    }

    func end() {
        lines.reset()
        heads.reset()
    }

    private func nextLine() throws {
        guard let row = try lines.step() else {
            line = nil
            arrival = .max
            return
        }
        arrival = try row.integer(0)
        line = StoredLine(
            bytes: try row.blob(2), place: LogPlace(branch: branch, seq: try row.integer(1)))
    }

    private func nextHead() throws {
        guard let row = try heads.step() else {
            head = nil
            sectionEnd = .max
            return
        }
        let seq = try row.integer(0)
        let position = Position(replica: replica, seq: seq, id: try row.identifier(3))
        head = PlacedHead(
            head: Head(position: position, signature: try row.identifier(1)),
            place: LogPlace(branch: branch, seq: seq))
        sectionEnd = try row.integer(2)
    }

    func takeLines(upTo end: Int) throws -> [(arrival: Int, line: StoredLine)] {
        var taken: [(Int, StoredLine)] = []
        while let line, arrival <= end {
            taken.append((arrival, line))
            try nextLine()
        }
        return taken
    }

    func takeHeads(upTo end: Int) throws -> [PlacedHead] {
        var taken: [PlacedHead] = []
        while let head, sectionEnd <= end {
            taken.append(head)
            try nextHead()
        }
        return taken
    }
}
