import ClinicServer
import DiaryModel
import DiaryStore
import SyncCore
import TestSupport
import Testing

/// What a clinic's own tables say after a backup was put back over the store that was there.
@Suite struct RestoredRecordsTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let obi = StaffRecord(login: "a.obi", name: "A. Obi", role: .administrator)

    private var backup: String { scratch.file("backup") }

    private func begin(
        _ name: String = "clinic", from phrase: RecoveryPhrase? = nil
    ) throws -> (clinic: Clinic, phrase: RecoveryPhrase) {
        try Clinic.create(
            in: scratch.file(name), name: "Invented Clinic", administrator: Self.obi,
            recovering: phrase)
    }

    private func set(_ login: String, _ role: Role, at clinic: Clinic) throws {
        try clinic.setStaff(
            StaffRecord(login: login, name: login, role: role), by: Self.obi.login)
    }

    /// Keeps a search, as far as its row; what it says is of no matter here.
    private func recall(_ query: String, at clinic: Clinic) throws {
        try clinic.database.write { transaction in
            try transaction.run(
                """
                INSERT INTO recall(ms, staff, query, answer, seen)
                VALUES (1, 'p.lin', CAST(? AS BLOB), x'7B7D', x'7B7D')
                """, [.text(query)], table: "recall")
        }
    }

    private func recalls(_ clinic: Clinic) throws -> [String] {
        try clinic.database.read { transaction in
            try transaction.rows(
                "SELECT number || ' ' || CAST(query AS TEXT) FROM recall ORDER BY number",
                table: "recall"
            ) { try $0.text(0) }
        }
    }

    /// Puts the backup back over the clinic of this name, and opens it.
    private func restore(
        over name: String = "clinic"
    ) throws -> (records: RecordsTakenOver, clinic: Clinic) {
        let restored = try Clinic.restore(backup, into: scratch.file(name))
        return (try #require(restored.records), try Clinic.open(in: scratch.file(name)))
    }

    @Test func `A role that was taken away since the backup does not come back with it`() throws {
        let clinic = try begin().clinic
        try set("m.rees", .doctor, at: clinic)
        _ = try clinic.backUp(to: backup, by: Self.obi.login)
        try set("m.rees", .auditor, at: clinic)
        let (records, after) = try restore()
        #expect(try after.staff().first { $0.login == "m.rees" }?.role == .auditor)
        #expect(records.staffOfBackup == [])
        #expect(records.unread == [])
    }

    @Test func `A recall made since the backup keeps its number, and no other is given it`() throws
    {
        let clinic = try begin().clinic
        try recall("first", at: clinic)
        _ = try clinic.backUp(to: backup, by: Self.obi.login)
        try recall("second", at: clinic)
        let (records, after) = try restore()
        #expect(records.recalls == 1)
        #expect(records.renumbered == [:])
        try recall("third", at: after)
        #expect(try recalls(after) == ["1 first", "2 second", "3 third"])
    }

    @Test func `Two histories of one clinic are both kept, and it is said what was renumbered`()
        throws
    {
        let (clinic, phrase) = try begin()
        try set("m.rees", .doctor, at: clinic)
        try recall("before the disk was lost", at: clinic)
        _ = try clinic.backUp(to: backup, by: Self.obi.login)
        let again = try begin("again", from: phrase).clinic
        try set("m.rees", .nurse, at: again)
        try set("p.lin", .pharmacist, at: again)
        try recall("after it was begun again", at: again)

        let (records, after) = try restore(over: "again")
        #expect(records.renumbered == [1: 2])
        #expect(
            try recalls(after) == ["1 before the disk was lost", "2 after it was begun again"])
        #expect(try after.staff().map(\.login) == ["a.obi", "m.rees", "p.lin"])
        #expect(records.staffOfBackup == ["m.rees"])
        #expect(try after.staff().first { $0.login == "m.rees" }?.role == .doctor)
        let acts = try after.audit(AuditQuery(), by: Self.obi.login).lines.map(\.record.act)
        #expect(acts.contains("create") && acts.contains("recover"))
    }

    @Test func `A device whose diary the backup lacks keeps its number for the audit`() throws {
        let clinic = try begin().clinic
        _ = try clinic.backUp(to: backup, by: Self.obi.login)
        let first = try addDevice("tablet", at: clinic)
        let (_, after) = try restore()
        #expect(try addDevice("phone", at: after) != first)
        #expect(
            try after.database.read { try ClinicRecords($0).devices().map(\.label) }
                == ["tablet", "phone"])
    }

    private func addDevice(_ label: String, at clinic: Clinic) throws -> Int {
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let diary = DiaryID(founder: key.publicKey, nonce: nonce)
        let replica = try #require(ReplicaID(octets: Array(key.publicKey.octets.prefix(16))))
        return try clinic.database.write { transaction in
            try ClinicRecords(transaction).addDevice(
                of: diary, firstReplica: replica, label: label, at: clinic.now)
        }
    }

    @Test func `The backup of a clinic with another key is refused until it is meant`() throws {
        _ = try begin().clinic.backUp(to: backup, by: Self.obi.login)
        let here = try begin("here").clinic
        try set("p.lin", .pharmacist, at: here)
        #expect(throws: BackupError.otherClinic(path: backup)) {
            try Clinic.restore(backup, into: scratch.file("here"))
        }
        #expect(try Clinic.open(in: scratch.file("here")).key.publicKey == here.key.publicKey)
        let meant = try Clinic.restore(backup, into: scratch.file("here"), evenOfOthers: true)
        #expect(meant.records == nil)
        #expect(try Clinic.open(in: scratch.file("here")).staff().map(\.login) == ["a.obi"])
    }
}
