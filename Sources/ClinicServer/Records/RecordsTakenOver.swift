internal import DiaryStore

/// What a clinic that is put back takes from the tables of the store that was there.
///
/// The audit and the recalls only ever grow, so whatever that store has of them and the backup has not
/// is added. Where its audit goes on from the backup's, it is the later state of one clinic: who is on
/// the staff, what was allowed, and which token a device has are then as they were there, and what was
/// taken from somebody since does not come back. Where both went on by themselves (a clinic begun again
/// from its phrase, and then a backup found) neither is later: what the backup says stands, and the
/// other adds what is missing.
///
/// Codes and their challenges stay the backup's, and none is good any more: a restore makes all of them
/// worthless. Whose a diary is, is written once, with the diary.
public struct RecordsTakenOver: Sendable, Equatable {
    /// Lines of the audit.
    public internal(set) var auditLines = 0
    public internal(set) var recalls = 0
    /// The numbers of recalls that the backup had given to another search, with those they have now.
    public internal(set) var renumbered: [Int: Int] = [:]
    /// Logins that have the name and role of the backup here, and another in the old store.
    public internal(set) var staffOfBackup: [String] = []
    /// What could not be read of the old store.
    public internal(set) var unread: [Table] = []

    /// What the tables hold, for whoever has to be told that it is missing.
    public enum Table: String, Sendable, CaseIterable {
        case audit, recall, staff, patient, device, setting
    }
}

/// Takes the tables over, within the transaction that puts the clinic back.
struct RecordsIntake {
    private let records: ClinicRecords
    private let old: DiaryDatabase
    private var taken = RecordsTakenOver()
    /// The numbers here of the old store's devices.
    private var devices: [SQLValue: SQLValue] = [:]

    private typealias Row = [SQLValue]
    private typealias News = (rows: [Row], isLater: Bool)

    /// - Parameter old: a store of the same clinic.
    static func run(
        from old: DiaryDatabase, into records: ClinicRecords
    ) throws -> RecordsTakenOver {
        var intake = RecordsIntake(records: records, old: old)
        try intake.takeAll()
        return intake.taken
    }

    private init(records: ClinicRecords, old: DiaryDatabase) {
        self.records = records
        self.old = old
    }

    private mutating func takeAll() throws {
        let columns = "number, ms, staff, device, act, diary, entry, detail"
        let audit = try news(of: .audit, columns, 8)
        let isLater = audit?.isLater ?? false
        try takeStaff(isLater)
        try takePatients(isLater)
        try takeDevices(isLater)
        try takeSettings(isLater)
        if let audit {
            // A line names the device by its number.
            let lines = audit.rows.map { line in
                var line = line
                line[3] = devices[line[3]] ?? line[3]
                return line
            }
            taken.auditLines = lines.count
            _ = try append(lines, to: "audit", columns)
        }
        try takeRecalls()
    }

    // MARK: What only grows

    private mutating func takeRecalls() throws {
        let columns = "number, ms, staff, repeats, query, answer, seen"
        guard let recalls = try news(of: .recall, columns, 7) else { return }
        taken.recalls = recalls.rows.count
        var numbers: [SQLValue: SQLValue] = [:]
        for recall in recalls.rows {
            var recall = recall
            recall[3] = numbers[recall[3]] ?? recall[3]
            let number = try append([recall], to: "recall", columns)
            numbers[recall[0]] = number
            if case .integer(let was) = recall[0], case .integer(let now)? = number, was != now {
                taken.renumbered[Int(was)] = Int(now)
            }
        }
    }

    /// The rows of a table that only grows which this store lacks, and whether the old store's go on
    /// from those that are here; nil where it cannot be read.
    private mutating func news(
        of table: RecordsTakenOver.Table, _ columns: String, _ count: Int
    ) throws -> News? {
        let select = "SELECT \(columns) FROM \(table.rawValue) WHERE number > ?"
        var news: News = ([], true)
        var last: SQLValue = .integer(Int64.min)
        let page = 10_000
        while true {
            let sql = "\(select) ORDER BY number LIMIT \(page)"
            guard let there = try oldRows(table, sql, [last], count) else { return nil }
            let end = there.count < page ? .integer(Int64.max) : there.last?[0] ?? last
            let here = Set(try rows("\(select) AND number <= ?", [last, end], count))
            let new = there.filter { !here.contains($0) }
            if there.count - new.count < here.count { news.isLater = false }
            news.rows += new
            if there.count < page { return news }
            last = end
        }
    }

    /// Adds rows, each under its own number where that is free.
    ///
    /// - Returns: the number of the last.
    private func append(_ rows: [Row], to table: String, _ columns: String) throws -> SQLValue? {
        var last: SQLValue?
        for var row in rows {
            let isTaken = try records.rows(
                "SELECT 1 FROM \(table) WHERE number = ?", [row[0]], table: table
            ) { try $0.integer(0) }
            if !isTaken.isEmpty { row[0] = .null }
            try insert(row, into: table, columns)
            last = .integer(records.transaction.lastRowNumber)
        }
        return last
    }

    // MARK: What is as it was last

    private mutating func takeStaff(_ isLater: Bool) throws {
        let sql = "SELECT login, name, role FROM staff"
        guard let there = try oldRows(.staff, sql, [], 3) else { return }
        let here = Dictionary(try rows(sql, [], 3).map { ($0[0], $0) }) { first, _ in first }
        for member in there {
            if let known = here[member[0]], known != member, !isLater {
                if case .text(let login) = member[0] { taken.staffOfBackup.append(login) }
                continue
            }
            try insert(member, into: "staff", "login, name, role", replacing: isLater)
        }
        let people = "SELECT login, diary, person FROM staff_person"
        for person in try oldRows(.staff, people, [], 3) ?? [] {
            try insert(person, into: "staff_person", "login, diary, person", replacing: isLater)
        }
    }

    private mutating func takePatients(_ isLater: Bool) throws {
        for patient in try oldRows(.patient, "SELECT reference, name FROM patient", [], 2) ?? [] {
            guard case .text(let reference) = patient[0] else { continue }
            let isNew = try records.patient(reference: reference) == nil
            guard isNew || isLater else { continue }
            var name: String?
            if case .text(let text) = patient[1] { name = text }
            try records.setPatient(reference: reference, name: name)
        }
    }

    /// Devices keep their numbers where they can, since the audit calls them by those.
    private mutating func takeDevices(_ isLater: Bool) throws {
        let columns =
            "number, token_hash, diary, first_replica, label, enrolled_ms, heard_ms, frontier"
        let there = try oldRows(.device, "SELECT \(columns) FROM device ORDER BY number", [], 8)
        for var device in there ?? [] {
            let was = device[0]
            let known = try rows(
                "SELECT number FROM device WHERE diary = ? AND first_replica = ?",
                [device[2], device[3]], 1
            ).first?.first
            devices[was] = known
            if known != nil, !isLater { continue }
            // Of a diary that stays in the old store alone only the number is kept: the device comes
            // back with a new code, and nobody else is called by that number meanwhile.
            if try !isDiaryHere(device[2]) { device[1] = .blob(AccessToken().hash) }
            let isTaken = try !rows(
                "SELECT 1 FROM device WHERE number = ?", [was], 1
            ).isEmpty
            device[0] = known ?? (isTaken ? .null : was)
            try insert(device, into: "device", columns, replacing: known != nil)
            devices[was] = known ?? .integer(records.transaction.lastRowNumber)
        }
        let heard = "SELECT device, replica, heard_ms FROM log_heard"
        for var log in try oldRows(.device, heard, [], 3) ?? [] {
            log[0] = devices[log[0]] ?? log[0]
            try insert(log, into: "log_heard", "device, replica, heard_ms", replacing: isLater)
        }
    }

    private func isDiaryHere(_ diary: SQLValue) throws -> Bool {
        try !rows("SELECT 1 FROM diary WHERE id = ?", [diary], 1).isEmpty
    }

    /// What the clinic has settled for all, such as who may sign plans.
    private mutating func takeSettings(_ isLater: Bool) throws {
        let settings = "SELECT diary, name, value FROM setting WHERE diary = 0"
        for setting in try oldRows(.setting, settings, [], 3) ?? [] {
            try insert(setting, into: "setting", "diary, name, value", replacing: isLater)
        }
    }

    // MARK: Rows

    private func rows(_ sql: String, _ values: [SQLValue], _ count: Int) throws -> [Row] {
        try records.rows(sql, values, table: "clinic") { row in
            try (0..<count).map(row.value)
        }
    }

    /// Rows of the old store; nil, and noted, where they cannot be read.
    private mutating func oldRows(
        _ table: RecordsTakenOver.Table, _ sql: String, _ values: [SQLValue], _ count: Int
    ) throws -> [Row]? {
        let read = try Restore.unlessDamaged {
            try old.read { transaction in
                try transaction.rows(sql, values, table: table.rawValue) { row in
                    try (0..<count).map(row.value)
                }
            }
        }
        if read == nil, !taken.unread.contains(table) { taken.unread.append(table) }
        return read
    }

    private func insert(
        _ row: Row, into table: String, _ columns: String, replacing: Bool = false
    ) throws {
        let marks = row.map { _ in "?" }.joined(separator: ", ")
        try records.run(
            "INSERT OR \(replacing ? "REPLACE" : "IGNORE") INTO \(table)(\(columns))"
                + " VALUES (\(marks))", row, table: table)
    }
}
