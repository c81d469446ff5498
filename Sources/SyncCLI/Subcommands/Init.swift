import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary init`: begins a diary that needs no clinic.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begins a diary on this computer. It needs no clinic to work.")

    @OptionGroup var store: StoreOptions

    @Option(name: .customLong("role"), help: "Who begins it here: patient or carer.")
    var roleName: String = "patient"

    @Option(help: "The home time zone, such as Europe/London.")
    var zone: String?

    @Option(help: "The emergency number that every reaction screen shows.")
    var emergency: String = "112"

    @Option(help: "What this device is called.")
    var device: String = "this device"

    func run() throws {
        try Output.run("init", json: store.json) {
            guard let name = store.diaryName, !name.allSatisfy(\.isWhitespace) else {
                throw Refused(
                    "Whose diary is it?  diary init --for NAME", code: "no_name", exit: .usage)
            }
            // `--as patient` says a role where no person can be known yet.
            let said = store.personName.flatMap { Role(rawValue: $0.lowercased()) }
            let role =
                try said.map { try DeviceRole.read($0.rawValue) } ?? DeviceRole.read(roleName)
            let person = said == nil ? store.personName ?? name : name
            let founding = DeviceFounding(options: store, zoneName: zone, emergency: emergency)
            let diary = try founding.begin(
                for: name, by: person, role: role, device: device)
            return Reply(
                "A diary for \(name) begins on this computer, in \(store.directory).",
                "Times are of \(try founding.checkedZone()); the emergency number is \(emergency).",
                "It needs no clinic to work. When you have a letter from yours:  diary join",
                json: [
                    "diary": .string(diary.text), "for": .string(name),
                    "home": .string(store.directory),
                ])
        }
    }
}

/// The roles a device's own people may claim.
enum DeviceRole {
    static func read(_ typed: String) throws -> Role {
        guard let role = Role(rawValue: typed), !role.isStaff else {
            throw Refused(
                "At home a person is patient or carer; staff write at the clinic.",
                code: "no_such_role", exit: .usage)
        }
        return role
    }
}

/// Begins a diary in a new or an existing store of this device.
struct DeviceFounding {
    let options: StoreOptions
    let zoneName: String?
    let emergency: String

    func database() throws -> DiaryDatabase {
        Files.makeParent(of: options.directory)
        return try DiaryDatabase.isThere(in: options.directory, purpose: .device)
            ? try DiaryDatabase.open(in: options.directory, purpose: .device)
            : try DiaryDatabase.create(in: options.directory, purpose: .device)
    }

    /// Checks the zone before anything is written.
    func checkedZone() throws -> String {
        let zones = ZoneFiles()
        let name = zoneName ?? zones.systemZoneName
        guard zones.rules(named: name) != nil else {
            throw Refused(
                "“\(name)” is no time zone this computer knows. Type Europe/London, for example.",
                "If every zone is refused, install the package tzdata.", code: "no_such_zone",
                exit: .usage)
        }
        return name
    }

    /// Checks the number before anything is written: it is what a reaction screen says to ring.
    func checkEmergency() throws {
        let isNumber = emergency.allSatisfy { $0.isASCII && ($0.isNumber || " +-()".contains($0)) }
        guard isNumber, (2...15).contains(emergency.filter(\.isNumber).count) else {
            throw Refused(
                "“\(emergency)” is no number to ring. Type 999 or 112, for example.",
                "Nothing was written.", code: "no_such_number", exit: .usage)
        }
    }

    /// Checks a name before anything is written.
    func check(_ name: String, _ what: String) throws {
        guard (1...256).contains(name.utf8.count), !name.allSatisfy(\.isWhitespace) else {
            throw Refused(
                "\(what) has 1 to 256 bytes. Nothing was written.", code: "no_name", exit: .usage)
        }
    }

    func begin(for name: String, by person: String, role: Role, device: String) throws -> DiaryID {
        let zoneName = try checkedZone()
        try checkEmergency()
        try check(name, "The name of whose diary it is")
        try check(person, "The name of who writes")
        try check(device, "The name of a device")
        let database = try database()
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let diary = DiaryID(founder: key.publicKey, nonce: nonce)
        try database.write { transaction in
            let known = try transaction.diaries()
            guard !known.contains(where: { $0.isCalled(name) }) else {
                throw Refused(
                    "This device already keeps a diary for \(name). Nothing was done.",
                    code: "diary_exists")
            }
            try transaction.addDiary(diary, name: name)
            try transaction.setOwnLog(
                OwnLog(diary: diary, key: key, nonce: nonce), in: diary)
            try settle(in: transaction, diary, zoneName: zoneName, role: role, device: device)
        }
        try Self.addOwnPerson(
            person, role: role, device: device, to: diary, in: database, zoneName: zoneName)
        return diary
    }

    func settle(
        in transaction: DiaryTransaction, _ diary: DiaryID, zoneName: String, role: Role,
        device: String
    ) throws {
        try transaction.setSetting(DeviceHome.zoneSetting, .string(zoneName), in: diary)
        try transaction.setSetting(DeviceHome.roleSetting, .string(role.rawValue), in: diary)
        try transaction.setSetting(DeviceHome.labelSetting, .string(device), in: diary)
        try transaction.setSetting(DeviceHome.emergencySetting, .string(emergency), in: diary)
    }

    /// The person this device belongs to: an entry like any other.
    static func addOwnPerson(
        _ name: String, role: Role, device: String, to diary: DiaryID, in database: DiaryDatabase,
        zoneName: String
    ) throws {
        guard let zone = ZoneFiles().rules(named: zoneName) else { return }
        let desk = Desk(
            database: database, diary: diary, zone: zone, clock: StoreOptions.clock,
            pen: .init(author: nil, role: role, label: device))
        let person = try desk.addPerson(name: name, role: role).result
        try database.write {
            try $0.setSetting(DeviceHome.personSetting, .string(person.text), in: diary)
        }
    }
}
