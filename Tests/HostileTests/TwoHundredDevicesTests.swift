import SyncCore
import TestSupport
import Testing

/// Two hundred devices that sync at once, and what memory that costs the clinic.
extension HostileTable {
    struct TwoHundredDevices {
        /// Syncs as a device does: told that all places are taken, it comes again.
        private static func sync(
            _ device: HandDevice, _ sections: [Section], _ frontier: [Position], port: Int
        ) async throws -> SyncAnswer {
            for _ in 0..<100 {
                let request = device.request(sections, frontier: frontier)
                let answer = try await device.post(request, port: port)
                if answer.status == 200 { return try SyncAnswer(answer.body) }
                guard [429, 503].contains(answer.status) else { throw Unexpected(answer.summary) }
                try await Task.sleep(for: .milliseconds(200))
            }
            throw Unexpected("busy a hundred times")
        }

        @Test
        func `two hundred devices meet at once in less than 256 MiB and end with the same`()
            async throws
        {
            let (clinic, devices) = try await FloodedClinic.get()
            let before = try peakMebibytes(of: clinic.process)
            let port = clinic.port
            var written: [DiaryID: Set<Position>] = [:]
            var pushes: [(device: HandDevice, lines: [EventLine])] = []
            for device in devices {
                let lines = try device.lines(5)
                written[device.diary, default: []].formUnion(lines.suffix(1).map(\.position))
                pushes.append((device, lines))
            }
            // All at once: everybody sends, then everybody reads.
            let taken = try await concurrently(pushes, at: pushes.count) { push in
                let section = push.device.section(push.lines)
                return try await Self.sync(
                    push.device, [section], [push.device.tip], port: port
                ).taken
            }
            #expect(taken == Array(repeating: 1, count: 200))
            let ends = try await concurrently(devices, at: devices.count) { device in
                let answer = try await Self.sync(device, [], [], port: port)
                return (device.diary, Set(answer.frontier?.positions ?? []))
            }
            for (diary, frontier) in ends {
                #expect(frontier.isSuperset(of: written[diary] ?? []))
            }
            // Every device of a patient was told of the same.
            let told = Dictionary(grouping: ends) { $0.0 }.values.map { Set($0.map { $0.1 }).count }
            #expect(told == Array(repeating: 1, count: 8))
            let peak = try peakMebibytes(of: clinic.process)
            print(
                "Memory: 200 devices with 5 entries each synced at once, the clinic's peak "
                    + "\(peak) MiB (\(before) MiB before)")
            #expect(peak < 256 || !Sanitizer.permits("memory of the server"))
        }
    }
}
