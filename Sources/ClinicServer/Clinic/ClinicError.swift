public import DiaryModel

/// Why the clinic did not do what a member of staff asked.
public enum ClinicError: Error, Equatable, Sendable {
    /// The store of this directory was not set up as a clinic's.
    case notSetUp
    /// No member of staff has this login.
    case unknownStaff
    /// That role may not do this; who may.
    case notAllowed(Act, whoMay: [Role])
    case unknownPatient
    /// No device of that patient has this label, or several have.
    case unknownDevice
    case ambiguousDevice
    /// A role that a device cannot have.
    case roleOfStaff
    /// The patient has no diary yet.
    case noDiary
}
