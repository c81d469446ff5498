public import DiaryModel
public import DiaryStore
public import SyncCore

/// How much of what a patient's devices wrote has come here: what every recall rests on.
extension Clinic {
    /// The coverage of a patient: all devices of all their diaries.
    public func coverage(
        of patient: PatientRecord, in transaction: DiaryTransaction
    ) throws -> PatientCoverage {
        let diaries = try ClinicRecords(transaction).diaries(of: patient.number)
        return PatientCoverage(
            try diaries.flatMap { diary in
                try coverage(ofDiary: diary.diary, in: transaction).devices
            })
    }

    /// The coverage of one diary.
    public func coverage(
        ofDiary diary: DiaryID, in transaction: DiaryTransaction
    ) throws -> PatientCoverage {
        PatientCoverage(try devices(of: diary, in: transaction).map(\.enrolled))
    }

    /// The devices of a diary, in the transaction of whoever calls.
    public func devices(
        of diary: DiaryID, in transaction: DiaryTransaction
    ) throws -> [DeviceStatus] {
        try DeviceList(of: diary, in: transaction).statuses()
    }
}

extension DeviceStatus {
    /// The device as far as coverage rests on it.
    ///
    /// It is waited for unless all who closed it say that it is out of use: while staff disagree, what it
    /// wrote may yet come.
    fileprivate var enrolled: EnrolledDevice {
        let reasons = because.map { ClosingReason(rawValue: $0) }
        let isRetired =
            isClosed && !reasons.isEmpty && reasons.allSatisfy { $0?.isRetirement ?? false }
        return EnrolledDevice(
            PrintedText(label),
            logs: copies.map {
                DeviceLog(
                    $0.replica, continues: $0.continues, arrivals: $0.mayGoOn, heardMs: $0.heardMs)
            },
            isBehind: isBehind, state: isRetired ? .retired : isClosed ? .revoked : .open,
            because: because.map { PrintedText($0) })
    }
}

extension DeviceCopy {
    /// Its arrivals as far as they say that it has ended.
    ///
    /// A log that was continued in two places never has: what goes on from one of them says nothing of the
    /// other, and a sync that brings no line does not tell them apart.
    fileprivate var mayGoOn: ClosedRange<Int>? {
        isForked ? arrivals.map { $0.lowerBound...Int.max } : arrivals
    }
}
