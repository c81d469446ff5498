public import DiaryStore

extension Clinic {
    /// Mends the store of the clinic in a directory; no server may be running on it.
    ///
    /// - Throws: `Repair.Refusal` or a `StoreError`.
    public static func repair(in directory: String, atMs ms: Int64) throws -> Repair {
        try Repair.run(
            in: directory, purpose: .clinic, extraMigrations: ClinicSchema.migrations, atMs: ms)
    }
}
