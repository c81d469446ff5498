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
    /// - Parameter name: what the audit calls the look.
    func treatments<Answer>(
        _ name: String, of patient: String?, _ answer: (PatientTreatment) throws -> Answer
    ) throws -> (answers: [Answer], withoutDiary: [String]) {
        try readings(name, of: patient) { look in
            try answer(
                PatientTreatment(
                    reference: look.patient.reference,
                    treatment: Treatment(of: look.readings, at: clinic.now),
                    coverage: look.coverage,
                    handles: look.readings.first?.handles() ?? HandleBook([])))
        }
    }
}
