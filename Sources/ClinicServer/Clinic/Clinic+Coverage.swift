public import DiaryModel
public import DiaryStore
internal import SyncCore

/// How much of what a patient's devices wrote has come here.
extension Clinic {
    /// The coverage of a patient: all devices of all their diaries.
    public func coverage(
        of patient: PatientRecord, in transaction: DiaryTransaction
    ) throws -> PatientCoverage {
        let diaries = try ClinicRecords(transaction).diaries(of: patient.number)
        return PatientCoverage(
            try diaries.flatMap { diary in
                try DeviceList(of: diary.diary, in: transaction).statuses().map { status in
                    EnrolledDevice(
                        PrintedText(status.label),
                        heardMs: status.record?.heardMs,
                        state: status.isRetired
                            ? .retired : status.isClosed ? .revoked : .open,
                        because: status.because.map { PrintedText($0) })
                }
            })
    }
}
