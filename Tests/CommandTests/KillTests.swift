import Foundation
import SyncCore
import Testing
import TestSupport

/// `kill -9` in the middle of a long sync, at the device and at the clinic.
@Suite(.timeLimit(.minutes(60))) struct KillTests {
    typealias Place = Household.Place

    /// Bytes that a process has read and written so far, over files and sockets.
    private func traffic(of pid: Int32) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/io", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.contains("char:") }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }

    private func isOver(_ child: Child) -> Bool {
        let stat = try? String(contentsOfFile: "/proc/\(child.pid)/stat", encoding: .utf8)
        return stat?.contains(") Z ") ?? true
    }

    private func load(_ count: Int, into household: Household) throws {
        let ended = try Child(
            Child.loadTool, [household.home(.laptop), "\(count)"],
            environment: household.environment(.laptop), in: household.scratch
        ).wait()
        #expect(ended.status == 0, "\(ended.text)")
    }

    @Test func `a long sync that is killed again and again loses nothing and doubles nothing`()
        throws
    {
        let household = try Household()
        try household.beginClinic()
        try household.open()
        try load(1, into: household)
        try household.join(.laptop, "--for", "Load", "--as", "Anna", role: "patient")
        try household.join(.phone, "--for", "Load", "--as", "Ben", role: "carer")
        try household.close()
        try load(800, into: household)
        let written = Set(try household.lines(.laptop))
        #expect(written.count > 800)

        var killed = 0
        for place in [Place.laptop, .phone] {
            for (round, bytes) in [150_000, 400_000].enumerated() {
                let before = Set(try household.lines(.clinic))
                let server = try household.open()
                let start = traffic(of: server.pid)
                let sync = try household.start(place, ["sync", "--quiet"])
                let victim = round.isMultiple(of: 2) ? sync : server
                try wait(for: "so much traffic") {
                    let now =
                        victim === sync ? traffic(of: sync.pid) : traffic(of: server.pid) - start
                    return isOver(sync) || now >= bytes
                }
                if !isOver(sync) { killed += 1 }
                victim.send(SIGKILL)
                let status = try sync.wait().status
                #expect([0, 4, 9].contains(status))
                try household.close(SIGKILL)
                // What the clinic held before, it holds.
                #expect(before.isSubset(of: try household.lines(.clinic)))
            }
            if place == .laptop {
                try household.open()
                try household.run(.laptop, "sync", "--quiet")
                try household.close(SIGKILL)
            }
        }
        #expect(killed >= 2)
        try household.open()
        try household.meet()
        #expect(written.isSubset(of: try household.lines(.clinic)))
        try household.expectEqualStores()
    }
}
