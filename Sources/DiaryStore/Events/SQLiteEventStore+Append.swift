public import SyncCore

extension SQLiteEventStore {
    public func append(_ section: AcceptedSection) throws {
        try connection.check(writing: true)
        guard let last = section.events.last?.held.arrival else { return }
        try rememberStandingBefore()
        let branchCount = tree.branches.count
        tree = section.tree
        for branch in branchCount..<tree.branches.count { try insertBranch(branch) }
        if tree.branches.count > branchCount { projection.standingMayHaveChanged = true }

        let insert = try connection.statement(
            "INSERT INTO event(arrival, log, seq, id, line, entry) VALUES (?, ?, ?, ?, ?, ?)",
            table: "event")
        for event in section.events {
            let held = event.held
            movedBranches.insert(held.place.branch)
            try insert.bind(1, held.arrival)
            try insert.bind(2, rowNumbers[held.place.branch])
            try insert.bind(3, held.place.seq)
            try insert.bind(4, event.line.id.octets)
            try insert.bind(5, event.line.bytes)
            try insert.bind(6, held.entry)
            try insert.run()
            remember(event.line.id, held)
            if let introduction = event.line.envelope.introduction {
                learn(introduction, of: event.line.envelope.replica)
            }
            try project(event)
        }
        arrivals.used(last)
        try insertHeads(section.heads, endingAt: last)
    }

    private func insertHeads(_ heads: [PlacedHead], endingAt last: Int) throws {
        // A head named twice in a section is one head.
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO head(log, seq, signature, ends_at) VALUES (?, ?, ?, ?)",
            table: "head")
        for head in heads {
            try insert.bind(1, rowNumbers[head.place.branch])
            try insert.bind(2, head.place.seq)
            try insert.bind(3, head.head.signature.octets)
            try insert.bind(4, last)
            try insert.run()
        }
    }

    private func insertBranch(_ branch: Int) throws {
        let added = tree.branches[branch]
        let parent = added.parent.map { SQLValue.integer(rowNumbers[$0.branch]) } ?? .null
        try connection.run(
            """
            INSERT INTO branch(diary, replica, parent, fork, tip_seq, tip_id)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(number), .blob(added.replica.octets), parent, .integer(added.forkSeq),
                .integer(added.tip.seq), .blob(added.tip.id.octets),
            ], table: "branch")
        rowNumbers.append(connection.lastRowNumber)
        branchOfRow[connection.lastRowNumber] = branch
    }

    /// Writes what this transaction has put off: tips of branches and rows of the read model.
    func flush() throws {
        guard connection.isWriting else { return }
        for branch in movedBranches.sorted() {
            let tip = tree.branches[branch].tip
            try connection.run(
                "UPDATE branch SET tip_seq = ?, tip_id = ? WHERE number = ?",
                [.integer(tip.seq), .blob(tip.id.octets), .integer(rowNumbers[branch])],
                table: "branch")
        }
        movedBranches = []
        try refreshOutdated()
        try writeRows()
    }
}
