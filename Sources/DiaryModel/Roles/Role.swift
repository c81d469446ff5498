/// What a person or a device is in a diary.
public enum Role: String, DiaryValue, CaseIterable {
    case patient, carer, nurse, pharmacist, doctor, clerk, administrator, auditor

    /// One of the clinic's people.
    public var isStaff: Bool { self != .patient && self != .carer }
}
