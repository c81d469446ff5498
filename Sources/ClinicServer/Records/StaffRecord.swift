public import DiaryModel
internal import DiaryStore
package import SyncCore

/// A member of staff, by the login they give.
public struct StaffRecord: Sendable, Equatable {
    public let login: String
    public let name: String
    public let role: Role

    public init(login: String, name: String, role: Role) {
        self.login = login
        self.name = name
        self.role = role
    }
}

extension ClinicRecords {
    public func staff() throws -> [StaffRecord] {
        try rows("SELECT login, name, role FROM staff ORDER BY login", [], table: "staff", member)
    }

    public func staff(login: String) throws -> StaffRecord? {
        try rows(
            "SELECT login, name, role FROM staff WHERE login = ?", [.text(login)], table: "staff",
            member
        ).first
    }

    private func member(_ row: SQLRow) throws -> StaffRecord {
        guard let role = Role(rawValue: try row.text(2)) else {
            throw StoreError.damaged(.row(table: "staff"))
        }
        return StaffRecord(login: try row.text(0), name: try row.text(1), role: role)
    }

    public func setStaff(_ member: StaffRecord) throws {
        try run(
            """
            INSERT INTO staff(login, name, role) VALUES (?, ?, ?)
            ON CONFLICT(login) DO UPDATE SET name = excluded.name, role = excluded.role
            """, [.text(member.login), .text(member.name), .text(member.role.rawValue)],
            table: "staff")
    }

    /// The entry of kind `person` that stands for a member of staff in a diary.
    package func person(of login: String, in diary: DiaryID) throws -> EntryID? {
        let people: [EntryID] = try rows(
            "SELECT person FROM staff_person WHERE login = ? AND diary = ?",
            [.text(login), .blob(diary.octets)], table: "staff_person"
        ) { try $0.identifier(0) }
        return people.first
    }

    package func setPerson(_ person: EntryID, of login: String, in diary: DiaryID) throws {
        try run(
            "INSERT OR REPLACE INTO staff_person(login, diary, person) VALUES (?, ?, ?)",
            [.text(login), .blob(diary.octets), .blob(person.octets)], table: "staff_person")
    }
}
