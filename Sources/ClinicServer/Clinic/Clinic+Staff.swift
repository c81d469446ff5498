public import DiaryModel
public import DiaryStore
public import SyncCore

/// Staff: who may do what is checked here, and written down, before a line is written.
extension Clinic {
    /// The member of staff of this login, if that role may do this at all.
    ///
    /// - Throws: `ClinicError`.
    @discardableResult
    public func member(
        _ login: String, may act: Act, in transaction: DiaryTransaction
    ) throws -> StaffRecord {
        guard let member = try ClinicRecords(transaction).staff(login: login) else {
            throw ClinicError.unknownStaff
        }
        guard PermissionTable.may(member.role, act).isSomething else {
            throw ClinicError.notAllowed(act, whoMay: PermissionTable.whoMay(act))
        }
        return member
    }

    /// Adds a member of staff or changes their name or role; for administrators.
    public func setStaff(_ member: StaffRecord, by login: String) throws {
        try database.write { transaction in
            try self.member(login, may: .governDevice, in: transaction)
            let records = ClinicRecords(transaction)
            try records.setStaff(member)
            try records.audit(
                AuditRecord(
                    ms: now, staff: login, act: "staff", detail: member.role.rawValue))
        }
    }

    public func staff() throws -> [StaffRecord] {
        try database.read { try ClinicRecords($0).staff() }
    }

    /// One act of a member of staff on a patient: permission, work and audit line, or none of it.
    ///
    /// Reads are acts, too, so this is a writing transaction whatever `body` does.
    public func act<Result>(
        _ name: String, as login: String, needing act: Act, onPatient reference: String,
        _ body: (StaffWork) throws -> Result
    ) throws -> Result {
        try database.write { transaction in
            let member = try self.member(login, may: act, in: transaction)
            let records = ClinicRecords(transaction)
            guard let patient = try records.patient(reference: reference) else {
                throw ClinicError.unknownPatient
            }
            let diaries = try records.diaries(of: patient.number)
            try records.audit(
                AuditRecord(ms: now, staff: login, act: name, diary: diaries.first?.diary))
            return try body(
                StaffWork(
                    transaction: transaction, records: records, member: member, patient: patient,
                    diaries: diaries))
        }
    }

    /// The entry that stands for a member of staff in a diary; begins it the first time.
    public func author(
        _ member: StaffRecord, in diary: DiaryID, _ transaction: DiaryTransaction
    ) throws -> EntryID {
        let records = ClinicRecords(transaction)
        if let person = try records.person(of: member.login, in: diary),
            try transaction.entry(named: person, in: diary) != nil
        {
            return person
        }
        let person = try record(in: diary, transaction) { commit, generator in
            try commit.write(
                .begin(
                    Vocabulary.personKind,
                    set: [
                        "name": .string(member.name),
                        Vocabulary.role: .string(member.role.rawValue),
                    ]), using: &generator)
        }
        try records.setPerson(person.id, of: member.login, in: diary)
        return person.id
    }

    /// The audit line that a desk at the clinic writes with each act, in the act's transaction.
    public func auditing(
        as login: String, diary: DiaryID
    ) -> @Sendable (DiaryTransaction, String, EntryID?) throws -> Void {
        { transaction, act, entry in
            try ClinicRecords(transaction).audit(
                AuditRecord(ms: now, staff: login, act: act, diary: diary, entry: entry))
        }
    }
}

/// What a member of staff works with during one act. Valid only within it.
public struct StaffWork {
    public let transaction: DiaryTransaction
    public let records: ClinicRecords
    public let member: StaffRecord
    public let patient: PatientRecord
    public let diaries: [PatientDiary]
}
