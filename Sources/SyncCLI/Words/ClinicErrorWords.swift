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
                "Your role may not \(words(for: act)). Nothing was done.",
                "It is for: \(whoMay.filter(\.isStaff).map(\.rawValue).joined(separator: ", ")).",
                code: "not_allowed")
        case .auditNotAllowed(let whoMay):
            Refused(
                "Your role may not read the audit. Nothing was shown.",
                "It is for: \(whoMay.map(\.rawValue).joined(separator: ", ")).",
                code: "not_allowed")
        case .unknownPatient:
            Refused(
                "No patient has that reference.",
                "diary clinic enrol REFERENCE  adds one and makes the code for a device.",
                code: "unknown_patient", exit: .usage)
        case .unknownDevice:
            Refused(
                "No device is called so. Nothing was done.", "diary clinic devices  lists them.",
                code: "unknown_device", exit: .usage)
        case .ambiguousDevice(let candidates): ambiguous(candidates)
        case .roleOfStaff:
            Refused("A device is a patient's or a carer's.", code: "role_of_staff", exit: .usage)
        case .noDiary:
            Refused("That patient has no diary yet.", code: "no_diary")
        }
    }

    private static func ambiguous(_ candidates: [DeviceCandidate]) -> Refused {
        var refused = Refused(
            "Several devices are called so. Nothing was done.", code: "ambiguous", exit: .usage)
        refused.lines += candidates.map { "  \($0.patient ?? "?")  \($0.label)  \($0.logName)" }
        refused.lines.append("Say whose with --patient, or the name in the last column.")
        return refused
    }

    private static func words(for act: Act) -> String {
        switch act {
        case .record: "record or enrol"
        case .amend: "change an entry"
        case .sayGrade, .assess: "grade a reaction"
        case .writeNote: "write a note"
        case .link: "say of two entries that they are one"
        case .answerQuestion: "answer a question"
        case .signPlan: "sign a plan"
        case .signTraining: "sign a training"
        case .recall: "write a notice or search for a lot"
        case .governDevice: "govern devices and staff"
        case .acceptReview: "rely on what is to review"
        case .erase: "order an erasure"
        case .name: "name a person or a device"
        case .seeDiary: "read a diary"
        }
    }
}
