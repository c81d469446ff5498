import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore

/// All diaries of a patient in one look, and how much of them has come here.
struct PatientReadings {
    let patient: PatientRecord
    /// That of the diary that new entries go to first; never empty.
    let readings: [Reading]
    let coverage: PatientCoverage
}

extension ClinicHome {
    /// Looks at the diaries of one patient, or of all, one patient after the other.
    ///
    /// A patient without a diary has written nothing and is named by `withoutDiary`.
    ///
    /// - Parameter name: what the audit calls the look.
    func readings<Answer>(
        _ name: String, of patient: String?, _ answer: (PatientReadings) throws -> Answer
    ) throws -> (answers: [Answer], withoutDiary: [String]) {
        let zone = try zone()
        return try clinic.look(name, atPatient: patient, as: staff()) { transaction, looks in
            let answers = try looks.filter { !$0.diaries.isEmpty }.map { look in
                try answer(
                    PatientReadings(
                        patient: look.patient,
                        readings: look.diaries.map {
                            try Reading(transaction, diary: $0.diary, zone: zone)
                        },
                        coverage: clinic.coverage(of: look.patient, in: transaction)))
            }
            let others = looks.filter { $0.diaries.isEmpty }.map(\.patient.reference)
            return (answers, others)
        }
    }
}
