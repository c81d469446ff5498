import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// A patient's treatment with how much of it has come here: what every figure of the clinic rests on.
struct PatientTreatment {
    let reference: String
    let treatment: Treatment
    let coverage: PatientCoverage
    let handles: HandleBook

    /// `P03: tablet, lost: retired, not waited for.`: whatever rests on coverage names it.
    var retiredDevices: [String] {
        coverage.retired.map { "\(reference): \($0.words): retired, not waited for." }
    }
}

extension ClinicHome {
    /// Looks at the treatment of one patient, or of all who have a diary, one after the other.
    ///
    /// A patient without a diary has written nothing and is named by `withoutDiary`.
    ///
    /// - Parameter name: what the audit calls the look.
    func treatments<Answer>(
        _ name: String, of patient: String?, _ answer: (PatientTreatment) throws -> Answer
    ) throws -> (answers: [Answer], withoutDiary: [String]) {
        let zone = try zone()
        return try clinic.look(name, atPatient: patient, as: staff()) { transaction, looks in
            let written = looks.filter { !$0.diaries.isEmpty }
            let answers = try written.map { look in
                let readings = try look.diaries.map {
                    try Reading(transaction, diary: $0.diary, zone: zone)
                }
                return try answer(
                    PatientTreatment(
                        reference: look.patient.reference,
                        treatment: Treatment(of: readings, at: clinic.now),
                        coverage: clinic.coverage(of: look.patient, in: transaction),
                        handles: readings.first?.handles() ?? HandleBook([])))
            }
            let others = looks.filter { $0.diaries.isEmpty }.map(\.patient.reference)
            return (answers, others)
        }
    }
}
