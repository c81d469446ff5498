internal import SyncCore

/// What the old store has beyond the backup.
extension Restore {
    /// The result, or nil where the old store is damaged.
    ///
    /// SQLite takes one failing read for damage, and what it costs would be missing from the diary that
    /// goes on; so it is asked twice. Any other failure ends the restore.
    package static func unlessDamaged<T>(_ body: () throws -> T) throws -> T? {
        do { return try body() } catch {
            do { return try body() } catch let error as StoreError {
                switch error {
                case .damaged, .database, .notADiary, .otherPurpose, .newerVersion:
                    return nil
                default: throw error
                }
            }
        }
    }

    /// Takes over the lines that the old store has beyond the backup.
    ///
    /// Of one that is damaged, what can be read is read as for a repair: row by row into a new one, from
    /// which all that damage has reached is then cut. Before the cut, too, since what is damaged there
    /// may be whole in the backup, and what rests on it fits.
    ///
    /// - Returns: from where the old store can be read best; nil if it cannot, or there was none.
    mutating func takeOver(
        from old: DiaryDatabase?, by plan: RestorePlan, into transaction: DiaryTransaction
    ) throws -> DiaryDatabase? {
        guard try SafePath.exists(plan.old) else { return nil }
        if let old, try takeSections(from: old, by: plan, into: transaction) { return old }
        isOldStoreWhole = false
        unread = nil
        guard let salvaged = try salvage(by: plan) else { return nil }
        _ = try takeSections(from: salvaged, by: plan, into: transaction)
        let missing = try events(of: salvaged, missingIn: transaction)
        let before = takenOver
        guard try Self.unlessDamaged({ try salvaged.cutAwayDamage() }) != nil else {
            return salvaged
        }
        _ = try takeSections(from: salvaged, by: plan, into: transaction)
        unread = missing.map { max(0, $0 - (takenOver - before)) }
        return salvaged
    }

    /// Reads the old store row by row into a new one; nil where nothing can be read.
    private func salvage(by plan: RestorePlan) throws -> DiaryDatabase? {
        try Self.unlessDamaged {
            try SafePath.removeTree(plan.salvage)
            let salvaged = try DiaryDatabase.create(
                in: plan.salvage, purpose: plan.purpose, extraMigrations: plan.migrations)
            _ = try Salvage.run(fileAt: plan.old, into: salvaged)
            return try salvaged.read { try $0.diaries().isEmpty } ? nil : salvaged
        } ?? nil
    }

    /// How many events the logs of another store name that are not held here; nil if they are no logs.
    private func events(
        of salvaged: DiaryDatabase, missingIn transaction: DiaryTransaction
    ) throws -> Int? {
        try Self.unlessDamaged {
            try salvaged.read { reading in
                try reading.diaries().filter { try transaction.hasDiary($0.id) }.reduce(0) {
                    try $0 + reading.events(in: $1.id).missing(in: transaction.events(in: $1.id))
                }
            }
        }
    }

    /// Takes section after section as the other store keeps them; each is judged like any other, and
    /// one that does not fit keeps back only what rests on it.
    ///
    /// - Returns: whether all could be read, and fitted.
    private mutating func takeSections(
        from old: DiaryDatabase, by plan: RestorePlan, into transaction: DiaryTransaction
    ) throws -> Bool {
        let read = try Self.unlessDamaged { try old.read { try $0.diaries() } }
        guard let here = read else { return false }
        diariesLeft = try plan.left(of: here, in: transaction)
        var isWhole = true
        for diary in here.map(\.id) where try transaction.hasDiary(diary) {
            var store = try transaction.events(in: diary)
            var known: Coverage?
            while true {
                let read = try Self.unlessDamaged {
                    try old.read { reading in
                        let events = try reading.events(in: diary)
                        return try events.storedSections(
                            beyond: known ?? events.coverage(of: store.frontier.positions))
                    }
                }
                guard let (sections, reached) = read else {
                    isWhole = false
                    break
                }
                if sections.isEmpty { break }
                known = reached
                for section in sections {
                    let intake = try store.take([section])
                    takenOver += intake.stored
                    if intake.taken == 0 { isWhole = false }
                }
            }
        }
        return isWhole
    }
}

extension SQLiteEventStore {
    /// Stored sections beyond what is known, up to a page and unjoined, and what is known with them.
    fileprivate func storedSections(
        beyond known: Coverage
    ) throws -> (sections: [Section], known: Coverage) {
        var sections: [Section] = []
        var reached = known
        var length = 0
        try forEachSection(beyond: known) { stored in
            let section = Section(
                lines: stored.lines.map(\.bytes), heads: stored.heads.map(\.head))
            for line in stored.lines { reached.insert(line.place, in: tree) }
            sections.append(section)
            length += section.length
            return length < PageLimit.http.bytes
        }
        return (sections, reached)
    }

    /// How many events these logs name that another store does not hold: on each, those above the
    /// highest that it has. Of rows that are gone only their numbers are known.
    fileprivate func missing(in other: SQLiteEventStore) throws -> Int {
        try tree.branches.indices.reduce(0) { count, number in
            let branch = tree.branches[number]
            let rows = try connection.rows(
                "SELECT seq, id FROM event WHERE log = ? ORDER BY seq DESC",
                [.integer(rowNumbers[number])], table: "event"
            ) { (seq: try $0.integer(0), id: EventID(octets: (try? $0.blob(1)) ?? [])) }
            let highest = try rows.firstIndex { row in
                guard let id = row.id else { return false }
                let position = Position(replica: branch.replica, seq: row.seq, id: id)
                return try other.held(position) != nil
            }
            var reach = highest.map { rows[$0].seq } ?? branch.forkSeq
            if rows.isEmpty || highest == 0 {
                let tips = other.tree.branchNumbers(of: branch.replica)
                    .map { other.tree.branches[$0].tip.seq }
                reach = max(reach, tips.max() ?? 0)
            }
            return count + max(0, branch.tip.seq - reach)
        }
    }
}
