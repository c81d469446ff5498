public import DiaryModel
public import DiaryStore
public import SyncCore

extension Clinic {
    /// A code to print in a letter; it is shown once and kept as a hash.
    public struct PrintedCode: Sendable {
        public let code: EnrolmentCode
        public let expiresMs: Int64
    }

    /// Two weeks: how long a letter's code is good.
    public static let codeLifetimeMs: Int64 = 14 * 24 * 3600 * 1000

    /// Adds a patient, or names the one of this reference.
    public func addPatient(_ reference: String, name: String? = nil, by login: String) throws {
        try database.write { transaction in
            try member(login, may: .record, orBe: .administrator, in: transaction)
            let records = ClinicRecords(transaction)
            try records.setPatient(reference: reference, name: name)
            try records.audit(AuditRecord(ms: now, staff: login, act: "patient"))
        }
    }

    public func patients() throws -> [PatientRecord] {
        try database.read { try ClinicRecords($0).patients() }
    }

    /// Makes a code for one device of a patient, who is added if not yet there.
    ///
    /// - Parameter role: what the device will be: `patient` or `carer`.
    public func enrol(
        patient reference: String, name: String? = nil, role: Role = .patient, by login: String,
        lifetimeMs: Int64 = codeLifetimeMs
    ) throws -> PrintedCode {
        guard role == .patient || role == .carer else { throw ClinicError.roleOfStaff }
        // The slow hash is made before the transaction, which holds up everybody.
        var generator = SystemRandomNumberGenerator()
        var code = EnrolmentCode(using: &generator)
        let taken = try database.read { transaction in
            let records = ClinicRecords(transaction)
            while try records.hasCode(name: code.name) {
                code = EnrolmentCode(using: &generator)
            }
            return code
        }
        let secret = try SecretHash(of: taken.secret)
        let expires = now &+ lifetimeMs
        try database.write { transaction in
            try member(login, may: .record, orBe: .administrator, in: transaction)
            let records = ClinicRecords(transaction)
            try records.setPatient(reference: reference, name: name)
            guard let patient = try records.patient(reference: reference) else {
                throw ClinicError.unknownPatient
            }
            try records.addCode(
                name: taken.name, secret: secret, patient: patient.number, role: role.rawValue,
                madeBy: login, expiresMs: expires)
            try records.audit(
                AuditRecord(
                    ms: now, staff: login, act: "code",
                    diary: try records.diaries(of: patient.number).first?.diary,
                    detail: role.rawValue))
        }
        return PrintedCode(code: taken, expiresMs: expires)
    }

    /// The diary that staff write in for a patient; founds one if the patient has none.
    public func diary(
        ofPatient reference: String, by login: String
    ) throws -> DiaryID {
        try database.write { transaction in
            try member(login, may: .record, in: transaction)
            return try foundDiary(ofPatient: reference, by: login, in: transaction)
        }
    }

    /// As above, within a transaction that has checked who acts.
    public func foundDiary(
        ofPatient reference: String, by login: String, in transaction: DiaryTransaction
    ) throws -> DiaryID {
        let records = ClinicRecords(transaction)
        guard let patient = try records.patient(reference: reference) else {
            throw ClinicError.unknownPatient
        }
        if let diary = try records.diaries(of: patient.number).first { return diary.diary }
        var generator = SystemRandomNumberGenerator()
        let nonce = Nonce.random(using: &generator)
        let diary = DiaryID(founder: key.publicKey, nonce: nonce)
        try transaction.addDiary(diary, name: "")
        try transaction.pin(key.publicKey, in: diary)
        try transaction.setOwnLog(OwnLog(diary: diary, key: key, nonce: nonce), in: diary)
        try record(in: diary, transaction) { _, _ in }
        try records.attach(diary, to: patient.number)
        try records.audit(AuditRecord(ms: now, staff: login, act: "found", diary: diary))
        return diary
    }

    private func member(
        _ login: String, may act: Act, orBe role: Role, in transaction: DiaryTransaction
    ) throws {
        let isThatRole = try ClinicRecords(transaction).staff(login: login)?.role == role
        if !isThatRole { try member(login, may: act, in: transaction) }
    }
}
