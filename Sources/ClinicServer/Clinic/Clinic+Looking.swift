public import DiaryModel
public import DiaryStore

/// A patient with all diaries of theirs, the one that new entries go to first.
public struct PatientLook: Sendable, Equatable {
    public let patient: PatientRecord
    public let diaries: [PatientDiary]
}

extension Clinic {
    /// Looks at the diaries of one patient, or of all, in one snapshot.
    ///
    /// Every look is a line in the audit of each diary (I38), on the disk before anything is read. It is
    /// not of the transaction that reads: adding up a whole clinic takes long, and nobody who syncs is to
    /// wait for it.
    ///
    /// - Parameters:
    ///   - name: what the audit calls it.
    ///   - act: for which act the diaries are read.
    /// - Throws: `ClinicError.unknownPatient`, `.notAllowed`, `.unknownStaff`.
    public func look<Result>(
        _ name: String, atPatient reference: String? = nil, as login: String,
        for act: Act = .seeDiary, _ body: (DiaryTransaction, [PatientLook]) throws -> Result
    ) throws -> Result {
        let looks = try database.write { transaction in
            let member = try member(login, may: act, in: transaction)
            // Whoever sees only what they type sees no diary whole.
            guard PermissionTable.seesWhole(member.role, act) else {
                throw ClinicError.notAllowed(act, whoMay: PermissionTable.whoSeesWhole(act))
            }
            let records = ClinicRecords(transaction)
            let patients = try records.patients().filter {
                reference == nil || $0.reference == reference
            }
            guard reference == nil || !patients.isEmpty else { throw ClinicError.unknownPatient }
            return try patients.map { patient in
                let diaries = try records.diaries(of: patient.number)
                for diary in diaries {
                    try records.audit(
                        AuditRecord(ms: now, staff: login, act: name, diary: diary.diary))
                }
                return PatientLook(patient: patient, diaries: diaries)
            }
        }
        return try database.read { try body($0, looks) }
    }
}
