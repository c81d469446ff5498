import DiaryModel
import ClinicServer

extension Output {
    /// What the clinic refused, in words for staff.
    static func words(for error: ClinicError) -> Refused {
        switch error {
        case .notSetUp:
            Refused("That store was not set up as a clinic's.", code: "not_set_up", exit: .damaged)
        case .unknownStaff:
            Refused(
                "No member of staff has that login.",
                "An administrator adds one:  diary clinic staff add LOGIN --name … --role …",
                code: "unknown_staff", exit: .usage)
        case .notAllowed(let act, let whoMay):
            Refused(
                "Your role may not do that (\(act.rawValue)). Nothing was done.",
                "It is for: \(whoMay.map(\.rawValue).joined(separator: ", ")).",
                code: "not_allowed")
        case .unknownPatient:
            Refused(
                "No patient has that reference.",
                "diary clinic enrol REFERENCE  adds one and makes the code for a device.",
                code: "unknown_patient", exit: .usage)
        case .unknownDevice:
            Refused("No device of that patient is called so.", code: "unknown_device", exit: .usage)
        case .ambiguousDevice:
            Refused("Several devices are called so.", code: "ambiguous", exit: .usage)
        case .roleOfStaff:
            Refused("A device is a patient's or a carer's.", code: "role_of_staff", exit: .usage)
        case .noDiary:
            Refused("That patient has no diary yet.", code: "no_diary")
        }
    }
}
