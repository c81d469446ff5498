import DiaryStore
import Foundation
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// Two devices, their clinic, and a line between them that does everything a line can do.
@Suite(.timeLimit(.minutes(60))) struct BrokenNetworkTests {
    typealias Place = Household.Place

    /// What a sync may end with: done, failed, not reached, not known.
    private static let ends: Set<Int32> = [0, 1, 4, 5]

    @Test func `whatever a line does, an ended sync says the truth and nothing saved is lost`()
        throws
    {
        try rounds(Figures.size("DIARY_LINES", 18), seed: 0x6C69_6E65, overTLS: false)
    }

    @Test func `a line under TLS that does its worst costs nothing, either`() throws {
        try rounds(max(8, Figures.size("DIARY_LINES", 18) / 6), seed: 0x746C_73, overTLS: true)
    }

    /// Both devices write and sync at the same time over the bad line, again and again.
    private func rounds(_ count: Int, seed: UInt64, overTLS: Bool) throws {
        let household = try Household()
        try household.beginClinic()
        var words: [String] = []
        if overTLS {
            let authority = try TestAuthority("authority", in: household.scratch)
            try authority.issue(
                household.scratch.file("clinic"), serial: 100, name: "IP:127.0.0.1", days: 7)
            household.serverWords = [
                "--certificate", household.scratch.file("clinic.pem"), "--key",
                household.scratch.file("clinic.key"),
            ]
            words = ["--ca", authority.certificate]
        }
        // A request that stands still is given up in a second or two, not in half a minute.
        household.drills["DIARY_LIMITS"] = "header-seconds=2 body-seconds=1 idle-seconds=3"
        try household.open()
        household.drills = [:]
        let proxy = try FaultyProxy(clinic: household.port, seed: seed)
        household.address = (overTLS ? "https" : "http") + "://127.0.0.1:\(proxy.port)"
        try join(household, words)

        var random = SplitMix64(seed: seed)
        var promises = Promises()
        var ends: [Int32: Int] = [:]
        var untrue = 0
        proxy.be(faulty: true)
        for _ in 0..<count {
            let before = try Dictionary(
                [Place.laptop, .phone].map { place in
                    if random.chance(0.7) {
                        let note = promises.next()
                        let ended = try household.start(place, note.words).wait()
                        #expect(ended.status == 0, "\(ended.text)")
                        promises.note(note.number, endedWith: ended.status)
                    }
                    return (place, Set(try household.lines(place)))
                }, uniquingKeysWith: { one, _ in one })
            let syncs = try [Place.laptop, .phone].map {
                ($0, try household.start($0, ["sync", "--quiet"]))
            }
            for (place, sync) in syncs {
                let ended = try sync.wait()
                ends[ended.status, default: 0] += 1
                #expect(Self.ends.contains(ended.status), "\(proxy.faults) \(ended.text)")
                guard ended.status == 0 else { continue }
                let held = Set(try household.lines(.clinic))
                let isTrue = before[place]?.isSubset(of: held) == true
                if !isTrue { untrue += 1 }
                #expect(isTrue, "the clinic has not all of \(place): \(ended.text)")
            }
        }
        proxy.be(faulty: false)
        try household.meet()
        try promises.expectKept(in: household)
        try household.expectEqualStores()
        let found = try promises.found(at: .clinic, of: household)
        let lost = promises.saved.subtracting(found.keys).count
        try household.close()
        for place in Place.allCases {
            let database = try DiaryDatabase.open(
                in: household.home(place), purpose: place == .clinic ? .clinic : .device)
            #expect(try Doctor.examine(database) == [], "\(place)")
        }
        let faults = proxy.faults.sorted { $0.key < $1.key }
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let codes = ends.sorted { $0.key < $1.key }
            .map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
        try Figures(
            "syncs over a bad line\(overTLS ? " with TLS" : "")", count: count * 2,
            lost: lost, wrong: untrue, note: "ends: \(codes); faults: \(faults)"
        ).print()
    }

    private func join(_ household: Household, _ words: [String]) throws {
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try household.join(.laptop, words: words, role: "patient")
        try household.join(
            .phone,
            words: words + [
                "--for", "Anna", "--as", "Ben", "--device", "phone", "--zone", "Europe/London",
            ], role: "carer")
        try household.meet()
    }
}
