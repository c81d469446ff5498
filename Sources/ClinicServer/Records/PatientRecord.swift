internal import DiaryStore
public import SyncCore

/// A patient of the clinic, by the reference that staff use.
public struct PatientRecord: Sendable, Equatable {
    public let number: Int
    public let reference: String
    public let name: String?
}

/// A diary that is a patient's: the first one, or one that a device brought beside it.
public struct PatientDiary: Sendable, Equatable {
    public let diary: DiaryID
    public let isFurther: Bool
}

extension ClinicRecords {
    public func patients() throws -> [PatientRecord] {
        try rows(
            "SELECT number, reference, name FROM patient ORDER BY reference", [], table: "patient",
            patient)
    }

    public func patient(reference: String) throws -> PatientRecord? {
        try rows(
            "SELECT number, reference, name FROM patient WHERE reference = ?", [.text(reference)],
            table: "patient", patient
        ).first
    }

    public func patient(number: Int) throws -> PatientRecord? {
        try rows(
            "SELECT number, reference, name FROM patient WHERE number = ?", [.integer(number)],
            table: "patient", patient
        ).first
    }

    private func patient(_ row: SQLRow) throws -> PatientRecord {
        PatientRecord(
            number: try row.integer(0), reference: try row.text(1), name: try row.optionalText(2))
    }

    /// Adds a patient, or gives a name to the one of this reference.
    public func setPatient(reference: String, name: String?) throws {
        try run(
            """
            INSERT INTO patient(reference, name) VALUES (?, ?)
            ON CONFLICT(reference) DO UPDATE SET name = coalesce(excluded.name, name)
            """, [.text(reference), .optional(name)], table: "patient")
    }

    /// A patient's diaries, the one new entries go to first.
    public func diaries(of patient: Int) throws -> [PatientDiary] {
        try rows(
            "SELECT diary, is_further FROM diary_of_patient WHERE patient = ? ORDER BY is_further, rowid",
            [.integer(patient)], table: "diary_of_patient"
        ) { PatientDiary(diary: try $0.identifier(0), isFurther: try $0.bool(1)) }
    }

    /// Whose diary this is.
    public func patientNumber(of diary: DiaryID) throws -> Int? {
        try rows(
            "SELECT patient FROM diary_of_patient WHERE diary = ?", [.blob(diary.octets)],
            table: "diary_of_patient"
        ) { try $0.integer(0) }.first
    }

    /// Makes a diary a patient's; it never becomes anybody else's.
    package func attach(_ diary: DiaryID, to patient: Int) throws {
        let isFurther = try !diaries(of: patient).isEmpty
        try run(
            "INSERT INTO diary_of_patient(diary, patient, is_further) VALUES (?, ?, ?)",
            [.blob(diary.octets), .integer(patient), .integer(isFurther ? 1 : 0)],
            table: "diary_of_patient")
    }
}
