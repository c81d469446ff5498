public import DiaryModel
internal import DiaryStore
internal import SyncCore

/// The audit, as it was kept, with the names of those it speaks of.
public struct AuditPage: Sendable {
    /// The newest first.
    public let lines: [AuditLine]
    /// How many lines answer the question, those beyond the limit among them.
    public let count: Int
}

/// A line of the audit for a person to read.
public struct AuditLine: Sendable {
    public let record: AuditRecord
    /// Who acted; nil for a device, for the program, and for a login that was never anybody's.
    public let member: StaffRecord?
    /// What the device that acted calls itself.
    public let device: String?
    /// Whose diary it was, as staff call the patient.
    public let patient: String?
}

extension Clinic {
    /// Who may read the audit (domain 6.1 has no row for it).
    public static let auditReaders: [Role] = [.administrator, .auditor]

    /// The lines of the audit that are asked for; to have looked is a line of it, too.
    ///
    /// - Parameter reference: only lines about this patient's diaries.
    /// - Throws: `ClinicError.auditNotAllowed` for any role but administrator and auditor, `.unknownPatient`.
    public func audit(
        _ query: AuditQuery, ofPatient reference: String? = nil, by login: String
    ) throws -> AuditPage {
        try database.write { transaction in
            let records = ClinicRecords(transaction)
            guard let role = try records.staff(login: login)?.role else {
                throw ClinicError.unknownStaff
            }
            guard Self.auditReaders.contains(role) else {
                throw ClinicError.auditNotAllowed(whoMay: Self.auditReaders)
            }
            var query = query
            if let reference {
                guard let patient = try records.patient(reference: reference) else {
                    throw ClinicError.unknownPatient
                }
                query.diaries = try records.diaries(of: patient.number).map(\.diary)
            }
            for diary in query.diaries.map({ $0.map(Optional.some) }) ?? [nil] {
                try records.audit(AuditRecord(ms: now, staff: login, act: "audit", diary: diary))
            }
            return AuditPage(
                lines: try lines(of: records.auditLines(query), in: records),
                count: try records.auditLineCount(query))
        }
    }

    private func lines(
        of found: [AuditRecord], in records: ClinicRecords
    ) throws -> [AuditLine] {
        let staff = Dictionary(try records.staff().map { ($0.login, $0) }) { first, _ in first }
        let devices = Dictionary(
            try records.devices().map { ($0.number, $0.label) }
        ) { first, _ in first }
        var patients: [DiaryID: String] = [:]
        for patient in try records.patients() {
            for diary in try records.diaries(of: patient.number) {
                patients[diary.diary] = patient.reference
            }
        }
        return found.map { record in
            AuditLine(
                record: record, member: record.staff.flatMap { staff[$0] },
                device: record.device.flatMap { devices[$0] },
                patient: record.diary.flatMap { patients[$0] })
        }
    }
}
