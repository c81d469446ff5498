import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// Which diary a device brings when it joins, and what it keeps of having joined.
struct Joining {
    let options: StoreOptions
    let founding: DeviceFounding
    let role: Role
    let device: String?
    let database: DiaryDatabase

    init(options: StoreOptions, founding: DeviceFounding, role: Role, device: String?) throws {
        self.options = options
        self.founding = founding
        self.role = role
        self.device = device
        _ = try founding.checkedZone()
        database = try founding.database()
    }

    private var diaryName: String { options.diaryName ?? "the patient" }

    /// The diary that this device joins with.
    ///
    /// One that it keeps already and that has no clinic is brought along. Otherwise it joins the diary
    /// that the patient has at the clinic, or founds one.
    func diary(for start: EnrolmentClient.Start) throws -> DiaryID {
        let own = try database.read { transaction in
            try transaction.diaries().filter { record in
                options.diaryName.map { $0.lowercased() == record.name.lowercased() } ?? true
            }
        }
        if let joined = own.first(where: { $0.id == start.diary }) { return joined.id }
        let free = own.filter { $0.pinnedClinic == nil }
        guard free.count <= 1 else {
            throw Refused(
                "This device keeps several diaries. Say which one joins:  --for NAME",
                code: "which_diary", exit: .usage)
        }
        if let record = free.first { return record.id }
        guard let diary = start.diary else {
            return try founding.begin(
                for: diaryName, by: options.personName ?? diaryName, role: role,
                device: device ?? "this device")
        }
        try enter(diary)
        return diary
    }

    /// Becomes a replica of a diary that is at the clinic: its introduction is the first thing it writes.
    private func enter(_ diary: DiaryID) throws {
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let zone = try founding.checkedZone()
        let now = StoreOptions.clock.now
        try database.write { transaction in
            try transaction.addDiary(diary, name: diaryName)
            try transaction.setOwnLog(OwnLog(diary: diary, key: key, nonce: nonce), in: diary)
            try founding.settle(
                in: transaction, diary, zoneName: zone, role: role, device: device ?? "this device")
            _ = try transaction.record(
                in: diary, at: Timestamp(milliseconds: now, offset: 0),
                label: device ?? "this device"
            ) { _, _ in }
        }
    }

    func label(of diary: DiaryID) throws -> String {
        try database.read {
            try $0.setting(DeviceHome.labelSetting, in: diary)?.stringValue
        } ?? "this device"
    }

    static let addressSetting = "clinic.address"
    static let nameSetting = "clinic.name"
    static let tokenSetting = "clinic.token"
    static let insecureSetting = "clinic.insecure"

    /// Pins the clinic and keeps the token; from here on this diary has a clinic.
    func settle(
        _ diary: DiaryID, clinic: EnrolmentClient.ClinicIdentity, address: ClinicAddress,
        token: String, allowInsecure: Bool
    ) throws {
        try database.write { transaction in
            try transaction.pin(clinic.key, in: diary)
            try transaction.setSetting(Self.addressSetting, .string(address.base), in: diary)
            try transaction.setSetting(Self.nameSetting, .string(clinic.name), in: diary)
            try transaction.setSetting(Self.tokenSetting, .string(token), in: diary)
            try transaction.setSetting(Self.insecureSetting, .bool(allowInsecure), in: diary)
        }
    }

    /// Adds the person this device belongs to, once the first sync has shown who is there already.
    func introduce(to diary: DiaryID) throws -> [String] {
        let known = try database.read {
            try $0.setting(DeviceHome.personSetting, in: diary) != nil
        }
        guard !known, let name = options.personName ?? options.diaryName else { return [] }
        let zoneName = try founding.checkedZone()
        guard let zone = ZoneFiles().rules(named: zoneName) else { return [] }
        let existing = try database.read { transaction in
            try Reading(transaction, diary: diary, zone: zone).people().people(named: name)
        }
        if let person = existing.first, existing.count == 1 {
            try database.write {
                try $0.setSetting(
                    DeviceHome.personSetting, .string(person.entry.text), in: diary)
            }
            return ["You write here as \(person.name)."]
        }
        try DeviceFounding.addOwnPerson(
            name, role: role, device: try label(of: diary), to: diary, in: database,
            zoneName: zoneName)
        return ["You write here as \(name)."]
    }
}
