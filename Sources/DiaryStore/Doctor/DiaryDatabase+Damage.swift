public import SyncCore

/// A line that was cut from a log because damage reached it, and is not held again.
public struct SetAsideLine: Sendable, Equatable {
    public let replica: ReplicaID
    public let seq: Int
    /// The id it had; nil where that is damaged.
    public let id: EventID?
    /// The bytes as they were found; nil as an event where they are damaged themselves.
    public let bytes: [UInt8]
    public let event: EventLine?
}

extension DiaryDatabase {
    /// Cuts damaged lines and all that rests on them from the logs, and keeps them aside.
    ///
    /// The frontier is lower afterwards, so the next sync brings back what anybody else holds. What
    /// nobody holds can be looked at in `setAside(in:)` and recorded again by a person.
    ///
    /// - Returns: how many lines were cut.
    public func cutAwayDamage() throws -> Int {
        let cut = try write { transaction in
            var count = 0
            for record in try transaction.diaries() {
                try transaction.correctTips(of: record.id)
                let store = try transaction.events(in: record.id)
                var cut = try DamageCut(over: store)
                count += try cut.apply()
                transaction.forgetEvents(in: record.id)
                try transaction.events(in: record.id).rebuild()
            }
            return count
        }
        try forgetArrival()
        return cut
    }
}

extension DiaryTransaction {
    /// The lines that were cut from the logs and are not held again, in the order of their logs.
    public func setAside(in diary: DiaryID) throws -> [SetAsideLine] {
        let store = try events(in: diary)
        let lines = try connection.rows(
            "SELECT replica, seq, id, line FROM set_aside WHERE diary = ? ORDER BY number",
            [.integer(store.number)], table: "set_aside"
        ) { row in
            let bytes = try row.blob(3)
            return SetAsideLine(
                replica: try row.identifier(0), seq: try row.integer(1),
                id: EventID(octets: try row.blob(2)), bytes: bytes,
                event: try? EventLine(bytes, diary: diary))
        }
        var seen: Set<[UInt8]> = []
        return try lines.filter { line in
            guard seen.insert(line.bytes).inserted else { return false }
            let ids = [line.id, line.event?.id].compactMap { $0 }
            return try ids.allSatisfy {
                try store.held(Position(replica: line.replica, seq: line.seq, id: $0)) == nil
            }
        }
    }

    /// Stops listing what was set aside: a person has recorded again what they wanted to keep.
    public func dismissSetAside(in diary: DiaryID) throws {
        try connection.check(writing: true)
        try connection.run(
            "DELETE FROM set_aside WHERE diary = ?", [.integer(number(of: diary))],
            table: "set_aside")
    }

    /// How many of the lines that arrived last in this file are not what their ids say.
    ///
    /// A glance for whoever asks how things stand; `Doctor` reads everything.
    public func damagedLines(amongLast count: Int, in diary: DiaryID) throws -> Int {
        let store = try events(in: diary)
        return try connection.rows(
            """
            SELECT arrival, log, seq, entry, id, line FROM event
            ORDER BY arrival DESC LIMIT ?
            """, [.integer(count)], table: "event"
        ) { row in
            // One file may keep several diaries.
            guard store.branchOfRow[try row.integer(1)] != nil else { return false }
            return (try? store.storedEvent(row)) == nil
        }.count { $0 }
    }

    /// Makes the rows of branches say what the rows of events say, before a tree is made of them.
    func correctTips(of diary: DiaryID) throws {
        let number = try number(of: diary)
        let rows = try connection.rows(
            "SELECT number FROM branch WHERE diary = ? ORDER BY number DESC", [.integer(number)],
            table: "branch"
        ) { try $0.integer(0) }
        for row in rows {
            try connection.run(
                """
                UPDATE branch SET (tip_seq, tip_id) = (
                    SELECT seq, id FROM event WHERE log = ?1 ORDER BY seq DESC LIMIT 1)
                WHERE number = ?1 AND EXISTS (SELECT 1 FROM event WHERE log = ?1)
                """, [.integer(row)], table: "branch")
            try connection.run(
                """
                DELETE FROM branch
                WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM event WHERE log = ?1)
                """, [.integer(row)], table: "branch")
        }
    }
}
