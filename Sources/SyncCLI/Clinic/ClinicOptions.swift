import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncCore

/// Where the clinic's store is, who acts, and how to answer.
struct ClinicOptions: ParsableArguments {
    @Option(help: "The directory of the clinic's store (or DIARY_CLINIC).")
    var home: String?

    @Option(name: .customLong("staff"), help: "Who acts: the login of a member of staff.")
    var login: String?

    @Flag(help: "Print one JSON object instead of sentences.")
    var json = false

    var directory: String {
        if let home { return home }
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["DIARY_CLINIC"], !home.isEmpty { return home }
        return "/var/lib/diary"
    }

    func open() throws -> ClinicHome {
        guard try DiaryDatabase.isThere(in: directory, purpose: .clinic) else {
            throw Refused(
                "There is no clinic in \(directory) yet.",
                "Begin one:  diary clinic init --name NAME --staff LOGIN --home DIR",
                code: "no_clinic")
        }
        let clock = StoreOptions.clock
        let clinic = try ClinicServer.Clinic.open(in: directory, clock: { clock.now })
        for doubt in clinic.database.doubts() {
            Output.complain(doubt.words("diary clinic doctor"))
        }
        return ClinicHome(clinic: clinic, login: login)
    }
}

/// A clinic, opened, with a member of staff at it.
struct ClinicHome {
    let clinic: ClinicServer.Clinic
    let login: String?
    private let zones = ZoneFiles()

    /// Who acts; no act of staff is anonymous.
    func staff() throws -> String {
        guard let login else {
            throw Refused(
                "Say who you are:  --staff LOGIN", code: "no_staff", exit: .usage)
        }
        return login
    }

    /// This computer's zone.
    func zone() throws -> TZif {
        guard let zone = zones.local else {
            throw Refused("Install the package tzdata.", code: "no_tzdata")
        }
        return zone
    }

    /// A patient's home zone, in which times are typed and shown at their diary: the plan's; the
    /// clinic's own where no plan names one.
    func zone(of diary: DiaryID) throws -> TZif {
        try clinic.database.read { try zone(of: diary, $0) }
    }

    private func zone(of diary: DiaryID, _ transaction: DiaryTransaction) throws -> TZif {
        let reading = try Reading(transaction, diary: diary, zone: zone())
        return reading.zone(of: try reading.plans())
    }

    /// The desk of this member of staff at a patient's diary.
    ///
    /// - Parameter act: what they are about to do; refused here if their role may not do it at all, or
    ///   may only look.
    /// - Parameter sight: whose entries the command is about to show.
    func desk(diary: DiaryID, act: Act, sight: Sight = .whole) throws -> Desk {
        let login = try staff()
        let clinic = self.clinic
        let nursesSign = try nursesMaySignPlans()
        let hand = try clinic.database.write { transaction in
            try self.hand(of: login, in: diary, act, sight, nursesSign: nursesSign, transaction)
        }
        return Desk(
            database: clinic.database, diary: diary, zone: try zone(of: diary),
            clock: StoreOptions.clock,
            pen: Desk.Pen(
                author: hand.author, role: hand.role, label: clinic.name, clinicKey: clinic.key,
                reader: login, nursesMaySignPlans: nursesSign, seesOnlyOwn: hand.seesOnlyOwn,
                audit: clinic.auditing(as: login, diary: diary),
                continued: { try clinic.noteRestored($0, by: .history, continuing: diary) }))
    }

    /// Who acts at a desk, and whether they see there only what they typed.
    private struct Hand {
        let role: Role
        var author: EntryID?
        var seesOnlyOwn = false
    }

    private func hand(
        of login: String, in diary: DiaryID, _ act: Act, _ sight: Sight, nursesSign: Bool,
        _ transaction: DiaryTransaction
    ) throws -> Hand {
        let member = try clinic.member(login, may: act, in: transaction)
        guard act == .seeDiary else {
            let writer = try Self.writer(member, act, nursesSign: nursesSign)
            return Hand(
                role: member.role, author: try clinic.author(writer, in: diary, transaction))
        }
        if PermissionTable.seesWhole(member.role, act) { return Hand(role: member.role) }
        guard sight == .asFarAsAllowed else {
            throw ClinicError.notAllowed(act, whoMay: PermissionTable.whoSeesWhole(act))
        }
        let author = try ClinicRecords(transaction).person(of: login, in: diary)
        return Hand(role: member.role, author: author, seesOnlyOwn: true)
    }

    /// How much of a diary a command shows.
    enum Sight {
        /// Entries of anybody: for those who may see a diary.
        case whole
        /// Single entries; whoever sees only what they typed is shown that.
        case asFarAsAllowed
    }

    /// The member of staff, if they may write what this act writes and not only look at it.
    private static func writer(
        _ member: StaffRecord, _ act: Act, nursesSign: Bool
    ) throws -> StaffRecord {
        func mayWrite(_ role: Role) -> Bool {
            switch PermissionTable.may(role, act) {
            case .no, .see, .ask, .whatTheyType: false
            case .ifClinicAllows: nursesSign
            case .yes, .own, .fromPaper, .vialsAndStock, .ownEntries, .propose, .sign: true
            }
        }
        guard mayWrite(member.role) else {
            throw ClinicError.notAllowed(act, whoMay: PermissionTable.roles.filter(mayWrite))
        }
        return member
    }

    /// Refuses whoever may not write what an act writes, before anything is done.
    func require(_ act: Act) throws {
        let login = try staff()
        let nursesSign = try nursesMaySignPlans()
        try clinic.database.read { transaction in
            let member = try clinic.member(login, may: act, in: transaction)
            _ = try Self.writer(member, act, nursesSign: nursesSign)
        }
    }

    /// Every diary of a patient, or of all, with the patient's reference.
    func patientDiaries(of patient: String?) throws -> [(reference: String, diary: DiaryID)] {
        try clinic.database.read { transaction in
            let records = ClinicRecords(transaction)
            return try Self.patients(patient, in: records).flatMap { one in
                try records.diaries(of: one.number).map { (one.reference, $0.diary) }
            }
        }
    }

    private static let nursesSetting = "clinic.nursesSignPlans"

    /// Whether this clinic lets nurses sign plan versions; it does not, unless somebody said so.
    func nursesMaySignPlans() throws -> Bool {
        try clinic.database.read {
            try $0.setting(Self.nursesSetting, in: nil)?.boolValue ?? false
        }
    }

    /// Says whether nurses may sign plan versions here; for administrators.
    func letNursesSignPlans(_ may: Bool) throws {
        let login = try staff()
        try clinic.database.write { transaction in
            try clinic.member(login, may: .governDevice, in: transaction)
            try transaction.setSetting(Self.nursesSetting, .bool(may), in: nil)
            try ClinicRecords(transaction).audit(
                AuditRecord(
                    ms: clinic.now, staff: login, act: "nurses sign plans",
                    detail: may ? "yes" : "no"))
        }
    }

    /// The diary that an entry is in, over all diaries of this clinic or of one patient.
    func diary(ofEntry typed: String, patient: String?) throws -> DiaryID {
        let found = try clinic.database.read { transaction in
            try diaries(byPatient: patient, transaction).compactMap { diaries in
                let readings = try diaries.map {
                    try Reading(transaction, diary: $0, zone: zone(of: $0, transaction))
                }
                return Self.found(typed, in: readings)
            }
        }
        guard let first = found.first else { throw DeskError.noSuchEntry(typed) }
        guard found.count == 1 else {
            throw Refused(
                "\(typed) is in the diaries of several patients. Say whose:  --patient REFERENCE",
                code: "ambiguous", exit: .usage)
        }
        return try first.get().diary
    }

    /// What is meant in the diaries of one patient; nil if nothing of them can be.
    private static func found(
        _ typed: String, in readings: [Reading]
    ) -> Result<FoundEntry, any Error>? {
        let found = Result {
            try FoundEntry(named: typed, in: readings, nowMs: StoreOptions.clock.now)
        }
        if case .failure(DeskError.noSuchEntry) = found { return nil }
        return found
    }

    /// The diaries of each patient, that which new entries go to first.
    func diaries(byPatient reference: String?) throws -> [[DiaryID]] {
        try clinic.database.read { try diaries(byPatient: reference, $0) }
    }

    private func diaries(
        byPatient reference: String?, _ transaction: DiaryTransaction
    ) throws -> [[DiaryID]] {
        let records = ClinicRecords(transaction)
        return try Self.patients(reference, in: records).map {
            try records.diaries(of: $0.number).map(\.diary)
        }
    }

    /// The patient of this reference, or all.
    private static func patients(
        _ reference: String?, in records: ClinicRecords
    ) throws -> [PatientRecord] {
        let patients = try records.patients().filter {
            reference == nil || $0.reference == reference
        }
        guard reference == nil || !patients.isEmpty else { throw ClinicError.unknownPatient }
        return patients
    }

    func diaries(of patient: String?) throws -> [DiaryID] {
        guard let patient else {
            return try clinic.database.read { try $0.diaries().map(\.id) }
        }
        return try clinic.database.read { transaction in
            let records = ClinicRecords(transaction)
            guard let record = try records.patient(reference: patient) else {
                throw ClinicError.unknownPatient
            }
            return try records.diaries(of: record.number).map(\.diary)
        }
    }

    /// The desk at the diary an entry is in, and the entry.
    func desk(
        entry typed: String, patient: String?, act: Act, sight: Sight = .whole
    ) throws -> (desk: Desk, entry: EntryID) {
        _ = try staff()
        let desk = try desk(
            diary: diary(ofEntry: typed, patient: patient), act: act, sight: sight)
        let entry = try desk.entry(named: typed)
        guard try desk.sees(entry) else {
            throw ClinicError.notAllowed(act, whoMay: PermissionTable.whoSeesWhole(act))
        }
        return (desk, entry)
    }
}
