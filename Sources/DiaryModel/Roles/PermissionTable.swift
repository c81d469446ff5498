/// Who may do what: domain 6.1 as data, a row for each act, a column for each role.
public enum PermissionTable {
    /// The columns' order.
    public static let roles = Role.allCases

    /// The rows.
    public static let rows: [(act: Act, permissions: [Permission])] = [
        // patient, carer, nurse, pharmacist, doctor, clerk, administrator, auditor
        (.record, [.yes, .yes, .yes, .yes, .yes, .fromPaper, .no, .no]),
        (.amend, [.yes, .yes, .yes, .vialsAndStock, .yes, .ownEntries, .no, .no]),
        (.sayGrade, [.yes, .yes, .no, .no, .no, .no, .no, .no]),
        (.writeNote, [.own, .own, .own, .own, .own, .own, .no, .no]),
        (.link, [.yes, .yes, .yes, .yes, .yes, .propose, .no, .no]),
        (.assess, [.no, .no, .yes, .yes, .yes, .no, .no, .no]),
        (.answerQuestion, [.yes, .yes, .yes, .yes, .yes, .no, .no, .no]),
        (.signPlan, [.no, .no, .ifClinicAllows, .no, .yes, .no, .no, .no]),
        (.signTraining, [.no, .no, .yes, .no, .yes, .no, .no, .no]),
        (.recall, [.no, .no, .see, .yes, .see, .no, .no, .see]),
        (.governDevice, [.no, .no, .no, .no, .no, .no, .yes, .no]),
        (.acceptReview, [.no, .no, .yes, .no, .yes, .no, .no, .no]),
        (.erase, [.ask, .ask, .no, .no, .sign, .no, .sign, .no]),
        (.name, [.yes, .yes, .yes, .yes, .yes, .yes, .yes, .no]),
        (.seeDiary, [.own, .own, .yes, .yes, .yes, .whatTheyType, .no, .yes]),
    ]

    /// How far a role may do an act.
    public static func may(_ role: Role, _ act: Act) -> Permission {
        guard let row = rows.first(where: { $0.act == act }) else { return .no }
        return zip(roles, row.permissions).first { $0.0 == role }?.1 ?? .no
    }

    /// Whether a role sees all of a diary for an act, and not only its own part.
    public static func seesWhole(_ role: Role, _ act: Act) -> Bool {
        [.yes, .see].contains(may(role, act))
    }

    /// The roles that see all of a diary for an act.
    public static func whoSeesWhole(_ act: Act) -> [Role] { roles.filter { seesWhole($0, act) } }

    /// The roles that may do something of an act.
    public static func whoMay(_ act: Act) -> [Role] { roles.filter { may($0, act).isSomething } }
}
