import Foundation
import SyncCore
import Testing
import TestSupport

/// Two syncs of one device at once.
@Suite(.timeLimit(.minutes(60))) struct WaitingTests {
    @Test func `a second sync waits for the first and says what it did`() throws {
        let household = try Household.joined()
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        // The clinic's process is stopped in mid-air, so that the first sync is surely under way.
        let server = try #require(household.server)
        server.send(SIGSTOP)
        let first = try household.start(.laptop, ["sync", "--json"])
        let lock = household.home(.laptop) + "/sync.lock"
        let attributes = try FileManager.default.attributesOfItem(atPath: lock)
        let inode = try #require(attributes[.systemFileNumber] as? NSNumber)
        try wait(for: "the first to take its turn") {
            let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
            return locks.split(separator: "\n").contains {
                $0.contains("FLOCK") && $0.contains(":\(inode) ")
            }
        }
        let second = try household.start(.laptop, ["sync", "--json"])
        try wait(for: "the second to stand in line") {
            let open = "/proc/\(second.pid)/fd"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: open)) ?? []
            return names.contains {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: open + "/" + $0))
                    == lock
            }
        }
        server.send(SIGCONT)
        let (one, two) = (try first.wait(), try second.wait())
        #expect(one.status == 0)
        #expect(two.status == 0)
        let (did, heard) = (try one.json(), try two.json())
        #expect(did["sent"] == 1)
        #expect(heard["sent"] == did["sent"])
        #expect(heard["confirmedMs"] == did["confirmedMs"])
        try household.run(.phone, "sync", "--quiet")
        try household.expectEqualStores()
    }
}
