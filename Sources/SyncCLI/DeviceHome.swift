import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncClient
import SyncCore

/// The store of a device, opened: its diaries, and who writes.
struct DeviceHome {
    let database: DiaryDatabase
    let options: StoreOptions
    let clock = StoreOptions.clock

    init(options: StoreOptions) throws {
        self.options = options
        guard try DiaryDatabase.isThere(in: options.directory, purpose: .device) else {
            throw Refused(
                "There is no diary in \(options.directory) yet.",
                "Begin one:  diary init --for NAME    or with a letter:  diary join URL --code CODE",
                code: "no_diary")
        }
        database = try DiaryDatabase.open(in: options.directory, purpose: .device)
    }

    static let zoneSetting = "zone"
    static let personSetting = "person"
    static let roleSetting = "role"
    static let emergencySetting = "emergency"
    static let labelSetting = "label"
    /// What is said of a diary when it begins here.
    static let kept = [zoneSetting, roleSetting, emergencySetting, labelSetting]

    /// The patient who is meant; with two patients' diaries on a device nobody guesses.
    func patient() throws -> PatientDiaries { try patient(named: options.diaryName) }

    /// As above, where `name` says who.
    func patient(named name: String?) throws -> PatientDiaries {
        let patients = try database.read { try PatientDiaries.all(in: $0) }
        if let name {
            let found = patients.first { $0.main.isCalled(name) }
            guard let found else {
                throw Refused(
                    "This device keeps no diary for \(name). It keeps: "
                        + patients.map(\.name).joined(separator: ", "),
                    code: "no_such_diary", exit: .usage)
            }
            return found
        }
        guard let patient = patients.first else {
            throw Refused("No diary has begun here.  diary init --for NAME", code: "no_diary")
        }
        guard patients.count == 1 else {
            throw Refused(
                "This device keeps several diaries. Say whose:  --for "
                    + patients.map(\.name).joined(separator: " | "),
                code: "which_diary", exit: .usage)
        }
        return patient
    }

    /// The diary that new entries of that patient go to.
    func diary() throws -> DiaryRecord { try patient().main }

    func zone(of diary: DiaryID) throws -> TZif { try Self.zone(of: diary, in: database) }

    static func zone(of diary: DiaryID, in database: DiaryDatabase) throws -> TZif {
        let zones = ZoneFiles()
        let name = try database.read {
            try $0.setting(zoneSetting, in: diary)?.stringValue
        }
        let chosen = name ?? zones.systemZoneName
        guard let zone = zones.rules(named: chosen) ?? zones.rules(named: "Etc/UTC") else {
            throw Refused(
                "This computer has no time zone rules. Install the package tzdata.",
                code: "no_tzdata")
        }
        return zone
    }

    /// The person's desk at the diary that new entries go to.
    func desk() throws -> (desk: Desk, diary: DiaryRecord) {
        let diary = try diary()
        return (try desk(at: diary), diary)
    }

    /// The person's desk at one diary.
    ///
    /// - Parameter anybody: whether a person whom this diary does not know may read in it.
    func desk(at diary: DiaryRecord, anybody: Bool = false) throws -> Desk {
        let zone = try zone(of: diary.id)
        let pen = try database.read { transaction -> Desk.Pen in
            let role = try transaction.setting(Self.roleSetting, in: diary.id)?.stringValue
                .flatMap { Role(rawValue: $0) }
            let label = try transaction.setting(Self.labelSetting, in: diary.id)?.stringValue
            let reading = try Reading(transaction, diary: diary.id, zone: zone)
            let author = anybody ? try? self.author(in: reading) : try self.author(in: reading)
            return Desk.Pen(
                author: author?.entry, role: author?.role ?? role ?? .patient,
                label: label ?? "this device")
        }
        return Desk(
            database: database, diary: diary.id, zone: zone, clock: clock, pen: pen)
    }

    /// Who writes: `--as`, or the person this device belongs to.
    private func author(in reading: Reading) throws -> Person? {
        let people = try reading.people()
        guard let name = options.personName else {
            let own = try reading.transaction.setting(Self.personSetting, in: reading.diary)
            return people.person(own?.stringValue.flatMap { EntryID($0) })
        }
        return try Self.theOne(of: people.people(named: name), called: name)
    }

    /// The one person of that name.
    static func theOne(of found: [Person], called name: String) throws -> Person {
        guard let person = found.first, found.count == 1 else {
            throw Refused(
                found.isEmpty
                    ? "Nobody in this diary is called \(name)."
                    : "Several people in this diary are called \(name). Nobody guesses which.",
                found.isEmpty
                    ? "diary people  lists them;  diary people add \(name) --role ROLE  adds one."
                    : "diary people  lists them;  diary amend HANDLE name=…  tells them apart.",
                code: "no_such_person", exit: .usage)
        }
        return person
    }
}
