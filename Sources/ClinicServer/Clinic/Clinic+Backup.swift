internal import DiaryModel
public import DiaryStore
internal import SyncCore

extension Clinic {
    /// Writes a backup of the whole clinic; for administrators, and audited.
    public func backUp(to file: String, by login: String) throws -> BackupHeader {
        try database.write { transaction in
            try member(login, may: .governDevice, in: transaction)
            try ClinicRecords(transaction).audit(AuditRecord(ms: now, staff: login, act: "backup"))
        }
        return try database.backUp(to: file, at: now)
    }

    /// Puts a clinic back to a backup: from then on it gives nothing until its devices are confirmed.
    ///
    /// Lines that the old store had beyond the backup are taken over, and so are its own tables.
    ///
    /// - Parameter isMeant: whether the backup of another clinic is meant, too.
    /// - Returns: with what was taken of the tables; nil if there was no store, or none of it was read.
    public static func restore(
        _ file: String, into directory: String, evenOfOthers isMeant: Bool = false,
        clock: @escaping @Sendable () -> Int64 = systemClock
    ) throws -> (restore: Restore, records: RecordsTakenOver?) {
        var taken: RecordsTakenOver?
        let restore = try Restore.run(
            file, into: directory, purpose: .clinic, at: clock(),
            extraMigrations: ClinicSchema.migrations
        ) { database, transaction, old in
            let clinic = try load(from: database, transaction, clock: clock)
            let records = ClinicRecords(transaction)
            let copyMs = try records.lastKnownMs()
            if let old, let before = try Self.key(of: old, clock: clock) {
                if before == clinic.key.publicKey {
                    taken = try RecordsIntake.run(from: old, into: records)
                } else if !isMeant {
                    throw BackupError.otherClinic(path: file)
                }
            }
            try clinic.noteRestored(transaction, copyMs: copyMs)
        }
        return (restore, taken)
    }

    /// The key of the clinic whose store this is; nil if that cannot be read.
    private static func key(
        of old: DiaryDatabase, clock: @escaping @Sendable () -> Int64
    ) throws -> PublicKey? {
        try Restore.unlessDamaged {
            try old.read { transaction in
                do {
                    return try load(from: old, transaction, clock: clock).key.publicKey
                } catch ClinicError.notSetUp { return nil }
            }
        } ?? nil
    }
}
