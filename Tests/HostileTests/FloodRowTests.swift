import Foundation
import Glibc
import SyncCore
import TestSupport
import Testing

/// A09 and A10: more connections, bytes and requests than the clinic has room for.
extension HostileTable {
    struct Floods {
        private static let form = """
            POST /v1/enrol/finish HTTP/1.1\r\nHost: 127.0.0.1\r
            Content-Type: application/x-ndjson\r\nContent-Length: 100000\r\n\r\n
            """

        /// Every device pushes a line; how many were answered 200 with it taken.
        private func honestPushes(
            _ devices: [HandDevice], port: Int
        ) async throws -> Int {
            try await concurrently(devices, at: 20) { device in
                let body = try device.request([device.section([device.line()])])
                let answer = try await device.post(body, port: port)
                return try answer.status == 200 && SyncAnswer(answer.body).taken == 1
            }.count { $0 }
        }

        @Test func `slow connections by the thousand end in time, and honest devices sync`()
            async throws
        {
            let (clinic, devices) = try await FloodedClinic.get(
                limits: "header-seconds=4 body-seconds=4 idle-seconds=8")
            let port = clinic.port
            let (crowd, slow) = (devices.count, devices.count * 15)
            try await clinic.row(
                "A09", "\(slow) slow connections, headers and bodies, \(crowd) devices beside",
                adding: crowd
            ) {
                let swarm = Swarm()
                for number in 0..<slow {
                    let bytes =
                        switch number % 3 {
                        case 0: Array("GET /v1/clinic HTTP/1.1\r\nHost: 127".utf8)
                        case 1: Array(Self.form.utf8)
                        default: devices[number % crowd].wire([], length: 100_000)
                        }
                    try swarm.add(bytes, port: port)
                }
                swarm.look()
                let during = swarm.open
                let served = try await honestPushes(devices, port: port)
                #expect(served == crowd)
                try wait(for: "the slow connections' ends") {
                    swarm.drip()
                    usleep(200_000)
                    swarm.look()
                    return swarm.open == 0
                }
                #expect(during == slow)
                #expect(swarm.count(408) == slow)
                let peak = try peakMebibytes(of: clinic.process)
                #expect(peak < 256 || !Sanitizer.permits("memory of the server"))
                return "\(swarm.count(408)) x 408; \(served) x 200; \(peak) MiB"
            }
        }

        @Test func `where all places are taken a new connection gets that of the slowest`()
            async throws
        {
            let (clinic, devices) = try await FloodedClinic.get(limits: "connections=200")
            let crowd = devices.count
            try await clinic.row(
                "A09", "1,000 slow connections for 200 places, \(crowd) devices beside",
                adding: crowd
            ) {
                let swarm = Swarm()
                for number in 0..<1000 {
                    try swarm.add(
                        Array((number % 2 == 0 ? "GET / HTTP/1.1\r\nHost" : Self.form).utf8),
                        port: clinic.port)
                }
                let served = try await honestPushes(devices, port: clinic.port)
                #expect(served == crowd)
                try wait(for: "the places' new owners") {
                    swarm.look()
                    return swarm.open <= 200
                }
                // The oldest went, the newest are waited for.
                #expect(swarm.fates.prefix(700).allSatisfy { $0.isClosed })
                return "\(1000 - swarm.open) made room; \(served) x 200"
            }
        }

        @Test func `half bodies beyond the budget are sent away, and small ones find room`()
            async throws
        {
            let (clinic, devices) = try await FloodedClinic.get()
            let crowd = devices.count
            try await clinic.row(
                "A10", "300 half bodies of 1 MB, of \(crowd) devices", adding: crowd
            ) {
                let swarm = Swarm()
                let half = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
                for number in 0..<300 {
                    try swarm.add(
                        devices[number % crowd].wire(half, length: 2_000_000), port: clinic.port)
                }
                // All of the budget is taken now; ordinary syncs are as ever.
                let served = try await honestPushes(devices, port: clinic.port)
                #expect(served == crowd)
                swarm.look()
                let refused = swarm.fates.filter { $0.status == 503 }
                #expect(refused.count >= 200)
                for fate in refused {
                    let head = String(decoding: fate.received, as: UTF8.self).lowercased()
                    #expect(head.contains("\r\nretry-after: "))
                }
                let peak = try peakMebibytes(of: clinic.process)
                #expect(peak < 256 || !Sanitizer.permits("memory of the server"))
                return "\(refused.count) x 503; \(served) x 200; \(peak) MiB"
            }
            try await clinic.row("A10", "10 bodies of 4 MB at once of one device") {
                let swarm = Swarm()
                let most = [UInt8](repeating: UInt8(ascii: "x"), count: 4_000_000)
                for _ in 0..<10 {
                    try swarm.add(devices[0].wire(most, length: 4_190_000), port: clinic.port)
                }
                // Two fit into what one device may fill.
                try wait(for: "those sent away") {
                    swarm.look()
                    return swarm.count(503) == 8
                }
                return "\(swarm.count(503)) x 503"
            }
        }

        @Test func `requests beyond those that may wait are busy at once, and it recovers`()
            async throws
        {
            let (clinic, devices) = try await FloodedClinic.get(limits: "waiting-requests=16")
            try await clinic.row("A10", "60 requests while the disk takes none, 16 may wait") {
                // As a backup that holds the writer's lock would.
                let lock = open(clinic.household.home(.clinic) + "/writer.lock", O_RDWR)
                defer { close(lock) }
                #expect(flock(lock, LOCK_EX) == 0)
                let swarm = Swarm()
                for device in devices.prefix(60) {
                    try swarm.add(device.wire(device.request()), port: clinic.port)
                }
                try wait(for: "those sent away") {
                    usleep(10_000)
                    swarm.look()
                    return swarm.count(503) >= 20
                }
                let busy = swarm.count(503)
                #expect(flock(lock, LOCK_UN) == 0)
                try wait(for: "the answers") {
                    usleep(10_000)
                    swarm.look()
                    return swarm.count(503) + swarm.count(200) == 60
                }
                #expect(swarm.count(200) >= 16)
                for fate in swarm.fates where fate.status == 503 {
                    #expect(
                        String(decoding: fate.received, as: UTF8.self).lowercased()
                            .contains("\r\nretry-after: "))
                }
                return "\(busy) x 503, then \(swarm.count(200)) x 200"
            }
        }

        @Test func `who brings logs by the hundred is asked to wait, and nothing is lost`()
            async throws
        {
            let clinic = try await HostileClinic.begin(limits: "new-logs=20")
            let device = try await clinic.device()
            let forks = try (0..<30).map { _ in try device.line() }
            try await clinic.row("A22", "30 branches in a page, 20 are let in at once", adding: 30)
            {
                let first = try await device.sync(
                    forks.map { device.section([$0]) }, port: clinic.port)
                #expect(first.taken == 30)
                let more = try device.request([device.section([device.line()])])
                let busy = try await device.post(more, port: clinic.port)
                #expect(busy.summary == "503 busy")
                #expect(busy.header("retry-after").flatMap { Int($0) } ?? 0 > 0)
                let pull = try await device.sync([], port: clinic.port)
                #expect(pull.receipt != nil)
                return "200, 30 taken; \(busy.summary); pull 200"
            }
            // Two minutes later the same line is taken.
            clinic.household.now += 120_000
            try clinic.household.close()
            try clinic.household.open()
            try await clinic.row("A22", "another branch, later", adding: 1) {
                let answer = try await device.sync(
                    [device.section([device.line()])], port: clinic.port)
                #expect(answer.taken == 1)
                return answer.summary
            }
        }
    }
}
