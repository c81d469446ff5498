import SyncCore
import TestSupport

/// One clinic and its many devices, for all floods.
actor FloodedClinic {
    /// Two hundred in `make hostile`, a share of them in each test run.
    static let crowd = Figures.size("DIARY_CROWD", 60)

    private static let shared = FloodedClinic()
    private var begun: Task<(HostileClinic, [HandDevice]), any Error>?

    /// The clinic, its server started anew with these limits, and the devices.
    static func get(limits: String = "") async throws -> (HostileClinic, [HandDevice]) {
        let (clinic, devices) = try await shared.clinic()
        clinic.household.drills["DIARY_LIMITS"] = limits
        try clinic.household.close()
        try clinic.household.open()
        EndOfTests.end(clinic.process, clinic.household.scratch.path)
        return (clinic, devices)
    }

    private func clinic() async throws -> (HostileClinic, [HandDevice]) {
        if let begun { return try await begun.value }
        let task = Task {
            Swarm.raiseFileLimit()
            let clinic = try await HostileClinic.begin()
            return (clinic, try await clinic.admit(Self.crowd))
        }
        begun = task
        return try await task.value
    }
}

extension HostileClinic {
    /// Devices with tokens of their own, eight patients' together.
    ///
    /// The slow hash of a code would take a minute for all of them, so their tokens are put where
    /// joining puts them; what they bring is judged as ever.
    fileprivate func admit(_ count: Int) async throws -> [HandDevice] {
        var generator = SystemRandomNumberGenerator()
        var founders: [HandDevice] = []
        for _ in 0..<8 { founders.append(try await device()) }
        var devices: [HandDevice] = []
        var rows: [String] = []
        for number in 0..<count {
            let diary = founders[number % 8].diary
            let token = Challenge.random(using: &generator)
            let device = try HandDevice.unknown(in: diary, token: token.text)
            devices.append(device)
            let hash = SHA256Hash.octets(of: token.octets)
            rows.append(
                "(x'\(hex(hash))', x'\(hex(diary.octets))', x'\(hex(device.replica.octets))', '', 0)"
            )
        }
        try sql(
            """
            INSERT INTO device(token_hash, diary, first_replica, label, enrolled_ms)
            VALUES \(rows.joined(separator: ", "))
            """)
        let port = self.port
        _ = try await concurrently(devices, at: 8) { device in
            try await device.sync(
                [device.section([device.introduction])], frontier: [], port: port)
        }
        return devices
    }
}

/// Does `work` for each, some at a time, and gives the results in any order.
func concurrently<Item: Sendable, R: Sendable>(
    _ items: [Item], at once: Int, _ work: @escaping @Sendable (Item) async throws -> R
) async throws -> [R] {
    try await withThrowingTaskGroup(of: R.self) { group in
        var results: [R] = []
        for (number, item) in items.enumerated() {
            if number >= once, let result = try await group.next() { results.append(result) }
            group.addTask { try await work(item) }
        }
        for try await result in group { results.append(result) }
        return results
    }
}
