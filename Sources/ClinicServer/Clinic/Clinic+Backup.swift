internal import DiaryModel
public import DiaryStore

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
    /// Lines that the old store had beyond the backup are taken over; its own tables are the backup's.
    public static func restore(
        _ file: String, into directory: String,
        clock: @escaping @Sendable () -> Int64 = systemClock
    ) throws -> Restore {
        try Restore.run(
            file, into: directory, purpose: .clinic, at: clock(),
            extraMigrations: ClinicSchema.migrations
        ) { database, transaction in
            try load(from: database, transaction, clock: clock).noteRestored(transaction)
        }
    }
}
