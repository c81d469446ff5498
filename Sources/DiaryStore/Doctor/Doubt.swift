/// Why what a store shows may not be all, found by a short look; the doctor reads everything.
public enum Doubt: String, Sendable, CaseIterable {
    /// SQLite finds faults in its file: a view may lack rows without anybody noticing.
    case file
    /// More had been taken here than the file holds.
    case fewerEvents
}

extension DiaryDatabase {
    /// A file up to this length is checked whole before anything of it is shown. A diary of many years
    /// is shorter; a longer file waits for the doctor, as the check would take a second.
    private static let glanceLength = 8 << 20

    /// What has to be said with everything that is shown of this store.
    ///
    /// Each line proves itself, and each row of what is derived. That none is missing from an index is
    /// proved by nothing but SQLite's own check.
    public func doubts() -> [Doubt] {
        var doubts: [Doubt] = []
        let isSound = try? read { transaction in
            let connection = transaction.connection
            let length =
                try connection.integer("PRAGMA page_count")
                * connection.integer("PRAGMA page_size")
            guard length <= Self.glanceLength else { return true }
            return try connection.rows("PRAGMA integrity_check(1)", table: "pragma") {
                try $0.text(0)
            } == ["ok"]
        }
        if isSound != true { doubts.append(.file) }
        if !historyWentBackwards.isEmpty || eventsWentMissing != nil {
            doubts.append(.fewerEvents)
        }
        return doubts
    }
}
