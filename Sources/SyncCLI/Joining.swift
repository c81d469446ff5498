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

    /// Joins with the diary kept here that has no clinic yet, or with the patient's, or a new one.
    func join(
        _ address: ClinicAddress, insecureHTTP: Bool, authority: TrustedAuthority?, code: String,
        confirm: @escaping @Sendable (EnrolmentClient.Introduction) -> Bool
    ) async throws -> EnrolmentClient.Joined {
        let own = try ownDiary()
        let kept = try own.map { diary in
            try database.read { try $0.setting(DeviceHome.labelSetting, in: diary)?.stringValue }
        }
        let label = device ?? (kept ?? nil) ?? "this device"
        let now = StoreOptions.clock.now
        let zone = ZoneFiles().rules(named: try founding.checkedZone())
        let wish = EnrolmentClient.Wish(
            address: address, insecureHTTP: insecureHTTP, authority: authority, code: code,
            diary: own, diaryName: diaryName, label: label,
            at: Timestamp(milliseconds: now, offset: zone?.offsetMinutes(atMs: now) ?? 0))
        let joined = try await EnrolmentClient(database: database).join(wish, confirm: confirm)
        if own == nil {
            let zoneName = try founding.checkedZone()
            try database.write {
                try founding.settle(
                    in: $0, joined.diary, zoneName: zoneName, role: role, device: label)
            }
        }
        return joined
    }

    /// The diary that this device keeps and brings along.
    private func ownDiary() throws -> DiaryID? {
        let records = try database.read { try $0.diaries() }
        if let name = options.diaryName {
            return records.first { $0.name.lowercased() == name.lowercased() }?.id
        }
        let free = records.filter { $0.pinnedClinic == nil }
        guard free.count <= 1 else {
            throw Refused(
                "This device keeps several diaries. Say which one joins:  --for NAME",
                code: "which_diary", exit: .usage)
        }
        return free.first?.id ?? (records.count == 1 ? records.first?.id : nil)
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
        let label = try database.read {
            try $0.setting(DeviceHome.labelSetting, in: diary)?.stringValue
        }
        try DeviceFounding.addOwnPerson(
            name, role: role, device: label ?? "this device", to: diary, in: database,
            zoneName: zoneName)
        return ["You write here as \(name)."]
    }
}
