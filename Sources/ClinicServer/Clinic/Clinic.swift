public import DiaryStore
internal import Foundation
public import SyncCore

/// A clinic: its store, its name and its key. What the `clinic` commands and the server stand on.
public struct Clinic: Sendable {
    public let database: DiaryDatabase
    public let name: String
    public let key: SigningKey
    /// Milliseconds since 1970.
    private let clock: @Sendable () -> Int64

    private static let nameSetting = "clinic.name"
    private static let seedSetting = "clinic.seed"

    /// The clock of this computer.
    public static let systemClock: @Sendable () -> Int64 = {
        Int64(Date().timeIntervalSince1970 * 1000)
    }

    init(
        database: DiaryDatabase, name: String, key: SigningKey,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.database = database
        self.name = name
        self.key = key
        self.clock = clock
    }

    /// Now, by this clinic's clock.
    public var now: Int64 { clock() }

    /// Begins a clinic, or begins one again as itself.
    ///
    /// - Parameters:
    ///   - phrase: from paper, for a clinic whose disk was lost. It then gives nothing to devices until
    ///     its list of devices is confirmed.
    ///   - administrator: the first member of staff.
    /// - Returns: the clinic and the phrase to write on paper; it is kept nowhere.
    public static func create(
        in directory: String, name: String, administrator: StaffRecord,
        recovering phrase: RecoveryPhrase? = nil,
        clock: @escaping @Sendable () -> Int64 = systemClock
    ) throws -> (clinic: Clinic, phrase: RecoveryPhrase) {
        var generator = SystemRandomNumberGenerator()
        let isRecovery = phrase != nil
        let phrase = phrase ?? RecoveryPhrase(using: &generator)
        let clinic = try create(
            in: directory, name: name, administrator: administrator, phrase: phrase,
            isRecovery: isRecovery, clock: clock)
        return (clinic, phrase)
    }

    /// As above, with a phrase that is handed in for a new clinic, too: an invented one's comes from its seed.
    package static func create(
        in directory: String, name: String, administrator: StaffRecord, phrase: RecoveryPhrase,
        isRecovery: Bool, clock: @escaping @Sendable () -> Int64
    ) throws -> Clinic {
        let key = phrase.signingKey
        let database = try DiaryDatabase.create(
            in: directory, purpose: .clinic, extraMigrations: ClinicSchema.migrations)
        let clinic = Clinic(database: database, name: name, key: key, clock: clock)
        let now = clock()
        try database.write { transaction in
            try transaction.setSetting(nameSetting, .string(name), in: nil)
            let seed = String(decoding: Base64URL.encode(key.seed), as: UTF8.self)
            try transaction.setSetting(seedSetting, .string(seed), in: nil)
            let records = ClinicRecords(transaction)
            try records.setStaff(administrator)
            try records.audit(
                AuditRecord(
                    ms: now, staff: administrator.login, act: isRecovery ? "recover" : "create"))
            if isRecovery { try clinic.noteRestored(transaction, by: .recovered) }
        }
        return clinic
    }

    /// Opens the clinic of a directory.
    public static func open(
        in directory: String, clock: @escaping @Sendable () -> Int64 = systemClock
    ) throws -> Clinic {
        let database = try DiaryDatabase.open(
            in: directory, purpose: .clinic, extraMigrations: ClinicSchema.migrations)
        let clinic = try database.read { try load(from: database, $0, clock: clock) }
        if !database.historyWentBackwards.isEmpty {
            // A disk that is full or read-only still lets staff read; no sync is answered there.
            do { try database.write(clinic.noticeHistory) } catch StoreError.diskFull {
            } catch StoreError.readOnly {}
        }
        return clinic
    }

    /// The clinic whose store this is.
    static func load(
        from database: DiaryDatabase, _ transaction: DiaryTransaction,
        clock: @escaping @Sendable () -> Int64
    ) throws -> Clinic {
        guard let name = try transaction.setting(nameSetting, in: nil)?.stringValue,
            let text = try transaction.setting(seedSetting, in: nil)?.stringValue,
            let seed = Base64URL.decode(Array(text.utf8), octetCount: 32),
            let key = SigningKey(seed: seed)
        else { throw ClinicError.notSetUp }
        return Clinic(database: database, name: name, key: key, clock: clock)
    }

    // MARK: The clinic's own log

    /// Writes to the clinic's log of a diary, in the transaction of whoever calls.
    ///
    /// If the store notices that it was put back to a backup, it takes from every device and gives to
    /// none from here on, until `confirmDevices`.
    @discardableResult
    public func record<R>(
        in diary: DiaryID, _ transaction: DiaryTransaction,
        _ build: (inout LocalCommit<SQLiteEventStore>, inout SystemRandomNumberGenerator) throws ->
            R
    ) throws -> R {
        let (result, continued) = try transaction.record(
            in: diary, at: Timestamp(milliseconds: now, offset: 0), label: name,
            newKey: .clinic(key), build)
        if continued { try noteRestored(transaction, by: .history, continuing: diary) }
        return result
    }
}
