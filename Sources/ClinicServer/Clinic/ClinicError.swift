public import DiaryModel

/// Why the clinic did not do what a member of staff asked.
public enum ClinicError: Error, Equatable, Sendable {
    /// The store of this directory was not set up as a clinic's.
    case notSetUp
    /// No member of staff has this login.
    case unknownStaff
    /// That role may not do this; who may.
    case notAllowed(Act, whoMay: [Role])
    /// That role may not read the audit; who may.
    case auditNotAllowed(whoMay: [Role])
    case unknownPatient
    /// No device is called so.
    case unknownDevice
    /// Several devices are called so.
    case ambiguousDevice([DeviceCandidate])
    /// A role that a device cannot have.
    case roleOfStaff
    /// The patient has no diary yet.
    case noDiary
}

/// A device that may be the one that is meant.
public struct DeviceCandidate: Equatable, Sendable {
    public let label: String
    public let patient: String?
    /// The first characters of its log's name, enough to name it by.
    public let logName: String
}
