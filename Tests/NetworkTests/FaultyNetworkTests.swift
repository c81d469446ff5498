import DiaryStore
import Foundation
import Testing
import TestSupport

/// Real devices and a real clinic with a network between that cuts, doubles, replays and garbles.
@Suite(.timeLimit(.minutes(20))) struct FaultyNetworkTests {
    typealias Place = Household.Place

    private struct Tally {
        var rounds = 0
        var ends: [Int32: Int] = [:]

        func text(_ proxy: FaultyProxy) -> String {
            let faults = FaultyProxy.Fault.allCases.map { "\($0) \(proxy.counts[$0] ?? 0)" }
            let ends = self.ends.sorted { $0.key < $1.key }.map { "\($0.value) ended \($0.key)" }
            let met = proxy.counts.values.reduce(0, +)
            return "\(rounds) rounds, \(ends.joined(separator: ", ")); "
                + "\(met) of \(met + proxy.untouched) requests met a fault: "
                + faults.joined(separator: ", ")
        }
    }

    @Test func `a network that does all it can loses nothing, doubles nothing and tells no lie`()
        throws
    {
        let rounds = ProcessInfo.processInfo.environment["DIARY_PROXY"].flatMap { Int($0) } ?? 60
        let seed: UInt64 = 0x7072_6F78
        var random = SplitMix64(seed: seed)
        var opened: FaultyProxy?
        let household = try Household.joined { clinic in
            let proxy = try FaultyProxy(clinic: clinic, seed: seed, patience: .seconds(2))
            opened = proxy
            return proxy.address
        }
        let proxy = try #require(opened)
        household.drills["DIARY_TIMEOUT"] = "2"
        var promises = Promises()
        var tally = Tally()
        while tally.rounds < rounds {
            try round(household, proxy, &random, &promises, &tally)
        }

        proxy.misbehave(0)
        household.drills["DIARY_TIMEOUT"] = nil
        try household.meet()
        print("Network: \(tally.text(proxy))")
        try promises.expectKept(in: household)
        #expect(promises.saved.count == rounds)
        try household.expectEqualStores()
        // Nobody took what came twice or late for a copy's.
        #expect(try household.texts(.clinic).allSatisfy { !$0.contains("\"continues\":") })
        for fault in FaultyProxy.Fault.allCases { #expect(proxy.counts[fault] ?? 0 > 0) }
        try proxy.end()
        try household.close()
        for place in Place.allCases {
            let database = try DiaryDatabase.open(
                in: household.home(place), purpose: place == .clinic ? .clinic : .device)
            #expect(try Doctor.examine(database) == [], "\(place)")
        }
    }

    /// A note on one device, and a sync of one through whatever the network is now.
    private func round(
        _ household: Household, _ proxy: FaultyProxy, _ random: inout SplitMix64,
        _ promises: inout Promises, _ tally: inout Tally
    ) throws {
        tally.rounds += 1
        let devices: [Place] = [.laptop, .phone]
        let note = promises.next()
        let wrote = try household.start(random.pick(devices), note.words).wait()
        promises.note(note.number, endedWith: wrote.status)
        #expect(wrote.status == 0, "\(wrote)")

        let place = random.pick(devices)
        let own = Set(try household.lines(place))
        let flipped = { FaultyProxy.Fault.flips.reduce(0) { $0 + (proxy.counts[$1] ?? 0) } }
        let before = flipped()
        proxy.misbehave(random.pick([0.3, 0.7, 1.0]))
        let synced = try household.start(place, ["sync", "--quiet"]).wait()
        tally.ends[synced.status, default: 0] += 1
        // Only a garbled word can make the clinic seem to say something else.
        let allowed: [Int32] = flipped() > before ? [0, 1, 4, 5] : [0, 4]
        #expect(
            synced.signal == nil && allowed.contains(synced.status),
            "round \(tally.rounds), \(place): \(synced)")
        guard synced.status == 0 else { return }
        let lacking = own.subtracting(try household.lines(.clinic))
        #expect(lacking.isEmpty, "round \(tally.rounds), \(place) was told all is there")
    }
}

extension FaultyProxy.Fault {
    fileprivate static let flips: [Self] = [.flippedRequest, .flippedAnswer]
}
