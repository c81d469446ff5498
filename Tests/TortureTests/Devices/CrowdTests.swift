import DiaryStore
import Foundation
import Glibc
import SyncClient
import SyncCore
import TestSupport
import Testing

/// Two hundred devices with their stores, all syncing at once with one server of its own process.
@Suite(.timeLimit(.minutes(60))) struct CrowdTests {
    private static let patients = 8
    private static let notes = 5

    /// One device: its store, and the diary in it.
    private struct Device: Sendable {
        let database: DiaryDatabase
        let diary: DiaryID
    }

    @Test func `a crowd of devices at once ends equal, and the server's memory stays bounded`()
        async throws
    {
        let count = Figures.size("DIARY_CROWD", 40)
        Self.raiseFileLimit()
        let household = try Household()
        try household.beginClinic()
        try household.open()
        let devices = try await devices(count, of: household)
        var failures = 0
        for round in 0..<3 {
            if round < 2 { for device in devices { try write(device, Self.notes) } }
            // All connect in the same moment; nobody waits for anybody.
            failures += try await Self.all(devices) { device in
                let outcome = try await SyncDriver(
                    database: device.database,
                    environment: SyncEnvironment(
                        backoff: Backoff(attemptLimit: 10), timeoutSeconds: 120)
                ).sync(device.diary)
                return outcome.result == .equal ? 0 : 1
            }.reduce(0, +)
        }
        #expect(failures == 0)
        let server = try #require(household.server)
        let peak = try Self.peakMebibytes(of: server.pid)
        #expect(peak < 256)

        try household.close()
        let clinic = try DiaryDatabase.open(in: household.home(.clinic), purpose: .clinic)
        var behind = 0
        for device in devices {
            let held = try clinic.read { try $0.events(in: device.diary).frontier }
            let own = try device.database.read { try $0.events(in: device.diary).frontier }
            if held != own { behind += 1 }
            try device.database.close()
        }
        #expect(behind == 0)
        let written = try clinic.read { transaction in
            try transaction.diaries().reduce(0) { sum, diary in
                try sum + transaction.entries(in: diary.id, kinds: ["note"]).count
            }
        }
        // Those that were not founders have written one to begin their logs.
        let wanted = count * Self.notes * 2 + max(0, count - Self.patients)
        #expect(written == wanted)
        #expect(try Doctor.examine(clinic) == [])
        try Figures(
            "devices at once, three times", count: count,
            lost: wanted - written, wrong: behind,
            note: "\(written) notes; the server's memory at most \(peak) MiB"
        ).print()
    }

    /// Devices that have joined: a founder of each patient's diary, and others.
    ///
    /// The slow hash of a code would take a minute for all of them, so the others' tokens are put where
    /// joining puts them.
    private func devices(_ count: Int, of household: Household) async throws -> [Device] {
        let address = try ClinicAddress(household.address)
        var devices: [Device] = []
        var rows: [String] = []
        var generator = SystemRandomNumberGenerator()
        for number in 0..<count {
            let database = try DiaryDatabase.create(
                in: household.scratch.file("device-\(number)"), purpose: .device)
            guard number >= Self.patients else {
                let letter = try household.json(
                    .clinic, "enrol", "P1\(number)", staff: Household.administrator)
                let code = try #require(letter["code"]?.stringValue)
                let joined = try await EnrolmentClient(database: database).join(
                    EnrolmentClient.Wish(
                        address: address, code: code, diaryName: "Anna", label: "founder",
                        at: Self.now)
                ) { _ in true }
                devices.append(Device(database: database, diary: joined.diary))
                continue
            }
            let founder = devices[number % Self.patients]
            let (link, pin) = try founder.database.read { transaction in
                (
                    try transaction.setting("clinic.link", in: founder.diary),
                    try transaction.pinnedClinic(in: founder.diary)
                )
            }
            let token = Challenge.random(using: &generator)
            var own = try #require(link?.objectValue)
            own["token"] = .string(token.text)
            let linked = own
            let device = Device(database: database, diary: founder.diary)
            try database.write { transaction in
                try transaction.addDiary(device.diary, name: "Anna")
                try transaction.pin(try #require(pin), in: device.diary)
                try transaction.setSetting("clinic.link", .object(linked), in: device.diary)
            }
            let replica = try write(device, 1)
            rows.append(
                "(x'\(hex(SHA256Hash.octets(of: token.octets)))', x'\(hex(device.diary.octets))', "
                    + "x'\(hex(replica.octets))', '', 0)")
            devices.append(device)
        }
        try household.sql(
            .clinic,
            """
            INSERT INTO device(token_hash, diary, first_replica, label, enrolled_ms)
            VALUES \(rows.joined(separator: ", "))
            """)
        return devices
    }

    private static let now = Timestamp(milliseconds: 1_774_775_645_000, offset: 60)

    @discardableResult
    private func write(_ device: Device, _ count: Int) throws -> ReplicaID {
        try device.database.write { transaction in
            try transaction.record(
                in: device.diary, at: Self.now, label: "device"
            ) { commit, generator in
                for _ in 1..<count {
                    try commit.write(
                        .begin("note", set: ["text": "At home."]), using: &generator)
                }
                return try commit.write(
                    .begin("note", set: ["text": "At home."]), using: &generator)
            }.result.replica
        }
    }

    private func hex(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func all<Item: Sendable, R: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) async throws -> R
    ) async throws -> [R] {
        try await withThrowingTaskGroup(of: R.self) { group in
            for item in items { group.addTask { try await work(item) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func raiseFileLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The most memory a process ever had, as the kernel counted it.
    private static func peakMebibytes(of process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw Unexpected("no VmHWM of \(process)") }
        return kibibytes / 1024
    }
}
