import Foundation
import SyncCore
import TestSupport
import Testing

/// A39: the clinic's disk fails while devices push.
extension HostileTable {
    struct Disks {
        @Test
        func `while the disk fails nothing is acknowledged, devices read, and it recovers alone`()
            async throws
        {
            let household = try Household()
            let disk = try FailingDisk(household)
            let clinic = try await HostileClinic.begin(household, under: disk.tool)
            var device = try await clinic.device()
            var acknowledged: [EventLine] = []
            for fault in FailingDisk.Fault.allCases {
                let line = try device.line()
                let push = device.request([device.section([line])])
                try await clinic.row("A39", fault.words, adding: 1) {
                    try disk.fail(fault)
                    let refused = try await device.post(push, port: clinic.port)
                    #expect([503, 507].contains(refused.status))
                    #expect(refused.header("retry-after").flatMap { Int($0) } != nil)
                    let pulled = try await device.sync([], port: clinic.port)
                    #expect(pulled.receipt != nil)
                    #expect(pulled.frontier?.positions.contains(device.tip) == true)
                    // Again and again, the same.
                    for _ in 0..<3 {
                        let again = try await device.post(push, port: clinic.port)
                        #expect([503, 507].contains(again.status))
                    }
                    try disk.recover()
                    let answer = try await device.sync([device.section([line])], port: clinic.port)
                    #expect(answer.taken == 1)
                    return "\(refused.summary), pull 200, then \(answer.summary)"
                }
                acknowledged.append(line)
                device.tip = line.position
            }
            // What was acknowledged is on the disk, whatever the process still knew.
            try clinic.household.close(SIGKILL)
            let held = try clinic.held().events.joined(separator: "\n")
            for line in acknowledged {
                #expect(held.contains(hex(line.bytes)))
            }
        }
    }
}
