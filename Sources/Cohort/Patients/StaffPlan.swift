package import DiaryModel

/// The staff of the synthetic clinic, all invented.
package enum StaffPlan {
    package struct Member: Sendable, Hashable {
        package let login: String
        package let name: String
        package let role: Role
    }

    package static let administrator = Member(
        login: "a.obi", name: "Ada Obi", role: .administrator)
    static let doctor = Member(login: "g.rees", name: "Dr Gwen Rees", role: .doctor)
    static let secondDoctor = Member(
        login: "m.lindqvist", name: "Dr Marta Lindqvist", role: .doctor)
    package static let nurse = Member(login: "r.evans", name: "Rhys Evans", role: .nurse)
    static let secondNurse = Member(login: "j.okafor", name: "Joy Okafor", role: .nurse)
    package static let pharmacist = Member(
        login: "p.khan", name: "Parveen Khan", role: .pharmacist)
    static let clerk = Member(login: "c.brown", name: "Chris Brown", role: .clerk)
    static let auditor = Member(login: "t.ng", name: "Tom Ng", role: .auditor)

    package static let members = [
        administrator, doctor, secondDoctor, nurse, secondNurse, pharmacist, clerk, auditor,
    ]
}
