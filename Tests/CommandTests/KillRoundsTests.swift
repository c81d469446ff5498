import DiaryStore
import Foundation
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// `kill -9` of any process at any moment: some here, hundreds in `make torture`.
@Suite(.timeLimit(.minutes(60))) struct KillRoundsTests {
    typealias Place = Household.Place

    private enum Victim: String, CaseIterable { case writer, sync, server }

    /// How often each victim was alive when it was killed.
    private struct Tally {
        var rounds = 0
        var hits: [Victim: Int] = [:]
        /// Killed before it could say "Saved", after the disk had it.
        var silentlyKept = 0

        var all: Int { hits.values.reduce(0, +) }

        var text: String {
            let parts = Victim.allCases.map { "\($0.rawValue) \(hits[$0] ?? 0)" }
            return "\(rounds) rounds, \(all) kills of a live process "
                + "(\(parts.joined(separator: ", "))), "
                + "\(silentlyKept) notes kept whose writer was killed"
        }
    }

    @Test func `kills at any moment lose nothing saved and double nothing`() throws {
        let household = try Household.joined()
        let wanted = Figures.size("DIARY_KILLS", 40)
        var random = SplitMix64(seed: 0x6B69_6C6C)
        var promises = Promises()
        var tally = Tally()
        let span = try undisturbedSpan(household, &promises)
        while tally.all < wanted, tally.rounds < wanted * 5 {
            try round(household, &random, &promises, &tally, within: span)
        }
        #expect(tally.all >= wanted, "\(tally.text)")
        for victim in Victim.allCases {
            #expect(tally.hits[victim] ?? 0 >= wanted / 10, "\(tally.text)")
        }

        try household.meet()
        try promises.expectKept(in: household)
        try household.expectEqualStores()
        // Nobody took another process's write for a copy's.
        #expect(try household.texts(.clinic).allSatisfy { !$0.contains("\"continues\":") })
        let found = try promises.found(at: .clinic, of: household)
        tally.silentlyKept = found.count - promises.saved.count
        print("Kills: \(tally.text)")
        try Figures(
            "kills of a live process", count: tally.all,
            lost: promises.saved.subtracting(found.keys).count, note: tally.text
        ).print()
        try household.close()
        for place in Place.allCases {
            let database = try DiaryDatabase.open(
                in: household.home(place), purpose: place == .clinic ? .clinic : .device)
            #expect(try Doctor.examine(database) == [], "\(place)")
        }
    }

    /// How long, in microseconds, a write beside a sync takes here when nobody kills it.
    private func undisturbedSpan(_ household: Household, _ promises: inout Promises) throws -> Int {
        let began = Date()
        for _ in 0..<3 {
            let note = promises.next()
            let writing = try household.start(.laptop, note.words)
            try household.run(.phone, "sync", "--quiet")
            promises.note(note.number, endedWith: try writing.wait().status)
        }
        return max(80_000, Int(Date().timeIntervalSince(began) * 1_000_000) / 3)
    }

    /// A note and a sync at once, and the death of one who takes part.
    private func round(
        _ household: Household, _ random: inout SplitMix64, _ promises: inout Promises,
        _ tally: inout Tally, within span: Int
    ) throws {
        tally.rounds += 1
        let note = promises.next()
        let server = try #require(household.server)
        let writing = try household.start(random.pick([Place.laptop, .phone]), note.words)
        let syncing = try household.start(
            random.pick([Place.laptop, .phone]), ["sync", "--quiet"])
        let victim = random.pick(Victim.allCases)
        usleep(UInt32(random.below(span)))
        // A server is always alive; it counts where it died under a sync.
        let isHit =
            switch victim {
            case .writer: writing.isRunning
            case .sync, .server: syncing.isRunning
            }
        switch victim {
        case .writer: writing.send(SIGKILL)
        case .sync: syncing.send(SIGKILL)
        case .server:
            server.send(SIGKILL)
            try household.close(SIGKILL)
            try household.open()
        }
        let (wrote, synced) = (try writing.wait(), try syncing.wait())
        promises.note(note.number, endedWith: wrote.status)
        #expect(victim == .writer ? [0, 9].contains(wrote.status) : wrote.status == 0, "\(wrote)")
        switch victim {
        case .writer: #expect(synced.status == 0, "\(synced)")
        case .sync: #expect([0, 9].contains(synced.status), "\(synced)")
        case .server: #expect([0, 4].contains(synced.status), "\(synced)")
        }
        if victim == .server ? isHit : (wrote.status == 9 || synced.status == 9) {
            tally.hits[victim, default: 0] += 1
        }
    }
}
