import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// Which diary a device brings when it joins, and what it keeps of having joined.
struct Joining {
    let options: StoreOptions
    let founding: DeviceFounding
    /// Who joins here, where that was said; otherwise it is as the letter has it.
    let role: Role?
    let device: String?
    let database: DiaryDatabase

    init(options: StoreOptions, founding: DeviceFounding, role: Role?, device: String?) throws {
        self.options = options
        self.founding = founding
        self.role = role
        self.device = device
        _ = try founding.checkedZone()
        try founding.checkEmergency()
        for case (let name?, let what) in [
            (options.diaryName, "The name of whose diary it is"),
            (options.personName, "The name of who writes"), (device, "The name of a device"),
        ] {
            try founding.check(name, what)
        }
        database = try founding.database()
    }

    /// Joins with the diary kept here that has no clinic yet, or with the patient's, or a new one.
    func join(
        _ address: ClinicAddress, insecureHTTP: Bool, authority: TrustedAuthority?, code: String,
        confirm: @escaping @Sendable (EnrolmentClient.Introduction) -> Bool
    ) async throws -> EnrolmentClient.Joined {
        let own = try ownDiaries()
        let kept = try own.map { patient in
            try database.read {
                try $0.setting(DeviceHome.labelSetting, in: patient.main.id)?.stringValue
            }
        }
        let label = device ?? (kept ?? nil) ?? "this device"
        let now = StoreOptions.clock.now
        let zoneName = try founding.checkedZone()
        let zone = ZoneFiles().rules(named: zoneName)
        let wish = EnrolmentClient.Wish(
            address: address, insecureHTTP: insecureHTTP, authority: authority, code: code,
            diary: own?.main.id,
            further: own?.further.map(\.id) ?? [],
            diaryName: own?.name ?? options.diaryName ?? "the patient", label: label,
            at: Timestamp(milliseconds: now, offset: zone?.offsetMinutes(atMs: now) ?? 0))
        let joined = try await EnrolmentClient(database: database).join(wish, confirm: confirm)
        try database.write { transaction in
            for diary in [joined.diary] + joined.further
            where try transaction.setting(DeviceHome.zoneSetting, in: diary) == nil {
                try founding.settle(
                    in: transaction, diary, zoneName: zoneName, role: role ?? .patient,
                    device: label)
                // Beside a diary kept here, what was said of that one holds.
                for setting in DeviceHome.kept {
                    guard let main = own?.main.id,
                        let value = try transaction.setting(setting, in: main)
                    else { continue }
                    try transaction.setSetting(setting, value, in: diary)
                }
            }
            let main = try Self.patient(of: joined.diary, in: transaction).main.id
            if let before = own?.main.id, before != main {
                try Desk.moveDrafts(from: before, to: main, in: transaction)
            }
            let wish = WhoWrites.Wish(
                name: options.personName, diaryName: options.diaryName, role: role)
            try transaction.setSetting(WhoWrites.Wish.setting, wish.json, in: joined.diary)
        }
        return joined
    }

    /// The patient's diaries as they are kept here after joining.
    func patient(of diary: DiaryID) throws -> PatientDiaries {
        try database.read { try Self.patient(of: diary, in: $0) }
    }

    private static func patient(
        of diary: DiaryID, in transaction: DiaryTransaction
    ) throws -> PatientDiaries {
        let patients = try PatientDiaries.all(in: transaction)
        guard let patient = patients.first(where: { $0.all.contains { $0.id == diary } }) else {
            throw StoreError.unknownDiary
        }
        return patient
    }

    /// The diaries that this device keeps and brings along.
    private func ownDiaries() throws -> PatientDiaries? {
        let patients = try database.read { try PatientDiaries.all(in: $0) }
        if let name = options.diaryName {
            return patients.first { $0.main.isCalled(name) }
        }
        let free = patients.filter { $0.main.pinnedClinic == nil }
        guard free.count <= 1 else {
            throw Refused(
                "This device keeps several diaries. Say which one joins:  --for NAME",
                code: "which_diary", exit: .usage)
        }
        return free.first ?? (patients.count == 1 ? patients.first : nil)
    }
}
