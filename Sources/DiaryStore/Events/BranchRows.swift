internal import SyncCore

/// The branches of one diary as this file has kept them, and the tree they make.
///
/// A tree counts its branches from 0; the file counts those of all its diaries. A parent's number is
/// smaller than its child's in both.
struct BranchRows {
    private(set) var numbers: [Int] = []
    private(set) var tree = LogTree()

    init(of diary: Int, in connection: SQLConnection) throws {
        var branches: [Int: Int] = [:]
        var rows: [(replica: ReplicaID, parent: LogPlace?, tip: Position)] = []
        let stored = try connection.rows(
            """
            SELECT number, replica, parent, fork, tip_seq, tip_id FROM branch
            WHERE diary = ? ORDER BY number
            """, [.integer(diary)], table: "branch"
        ) { row in
            let replica = try row.identifier(1, as: ReplicaID.self)
            return (
                number: try row.integer(0), parent: try row.optionalInteger(2),
                fork: try row.integer(3),
                tip: Position(
                    replica: replica, seq: try row.integer(4), id: try row.identifier(5))
            )
        }
        for row in stored {
            let parent = try row.parent.map { number in
                guard let branch = branches[number] else { throw StoreError.damaged(.tree) }
                return LogPlace(branch: branch, seq: row.fork)
            }
            branches[row.number] = numbers.count
            numbers.append(row.number)
            rows.append((row.tip.replica, parent, row.tip))
        }
        guard let tree = LogTree(rows: rows) else { throw StoreError.damaged(.tree) }
        self.tree = tree
    }
}
