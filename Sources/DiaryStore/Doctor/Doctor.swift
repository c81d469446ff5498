internal import SyncCore

/// Checks all that a store holds against itself: the file, every line, link, head and derived row.
public struct Doctor {
    private let transaction: DiaryTransaction
    private var findings: [Finding] = []

    private init(_ transaction: DiaryTransaction) { self.transaction = transaction }

    /// Reads everything in one snapshot; its cost is that of the whole file.
    ///
    /// - Returns: what is wrong, in the order in which it should be mended; empty if nothing is.
    public static func examine(_ database: DiaryDatabase) throws -> [Finding] {
        let backwards = database.historyWentBackwards
        let fewer = database.eventsWentMissing
        return try database.read { transaction in
            var doctor = Doctor(transaction)
            try doctor.examineFile()
            for record in try transaction.diaries() {
                do {
                    try doctor.examine(record.id)
                } catch let error as StoreError {
                    guard case .damaged = error else { throw error }
                    doctor.note(.branch(number: 0), in: record.id)
                }
            }
            for (diary, position) in backwards.sorted(by: { $0.key < $1.key }) {
                doctor.note(.wentBackwards(from: position), in: diary)
            }
            if let fewer, backwards.isEmpty {
                doctor.note(.fewerEvents(was: fewer.was, held: fewer.held), in: nil)
            }
            return doctor.findings
        }
    }

    private mutating func note(_ kind: Finding.Kind, in diary: DiaryID?) {
        findings.append(Finding(kind: kind, diary: diary))
    }

    private mutating func examineFile() throws {
        let connection = transaction.connection
        let faults = try connection.rows("PRAGMA integrity_check", table: "pragma") {
            try $0.text(0)
        }
        if faults != ["ok"] { note(.file(faults: faults.count), in: nil) }
        let tables = try connection.rows("PRAGMA foreign_key_check", table: "pragma") {
            try $0.text(0)
        }
        for table in Set(tables).sorted() { note(.loose(table: table), in: nil) }
        let loose = try connection.integer(
            "SELECT count(*) FROM event WHERE log NOT IN (SELECT number FROM branch)")
        if loose > 0 { note(.loose(table: "event"), in: nil) }
        let rows = try connection.integer(
            "SELECT count(*) FROM entry WHERE diary NOT IN (SELECT number FROM diary)")
        if rows > 0 { note(.loose(table: "entry"), in: nil) }
    }

    private mutating func examine(_ diary: DiaryID) throws {
        let store = try transaction.events(in: diary)
        let logs = try LogExamination.run(over: store)
        for kind in logs { note(kind, in: diary) }
        if let own = try transaction.ownLog(in: diary), own.wentOnElsewhere(in: store.tree) {
            note(.ownLog, in: diary)
        }
        // What damaged lines say is not known, so there is nothing to compare the rows with.
        guard logs.isEmpty else { return }
        for arrival in try store.rowsThatDiffer() { note(.readModel(arrival: arrival), in: diary) }
    }
}

extension SQLiteEventStore {
    /// The entries whose rows are not those a rebuild would give.
    func rowsThatDiffer() throws -> [Int] {
        var stored = try storedRows()
        var different: [Int] = []
        try forEachRowFromLines { row in
            guard case .success(let kept)? = stored.removeValue(forKey: row.arrival), kept == row
            else {
                different.append(row.arrival)
                return
            }
        }
        return (different + stored.keys).sorted()
    }
}

extension DiaryDatabase {
    /// Makes the read model anew from the lines.
    public func rebuildReadModel() throws {
        try write { transaction in
            for record in try transaction.diaries() {
                try transaction.events(in: record.id).rebuild()
            }
        }
    }

    /// The rows of the read model as text, in order: equal dumps say the same.
    package func readModelDump() throws -> [String] {
        try read { transaction in
            try transaction.diaries().flatMap { record in
                let rows = try transaction.events(in: record.id).storedRows()
                return rows.sorted { $0.key < $1.key }.map { "\(record.id) \($0.value)" }
            }
        }
    }
}
