import Foundation
import SyncCore
import TestSupport
import Testing

/// A sample of flipped bits through the commands as people type them, and through a real server.
@Suite(.timeLimit(.minutes(60))) struct CommandFlipTests {
    private static let ends: Set<Int32> = [0, 1, 3, 4, 5, 6]

    private static func lasting(_ text: String) -> [Substring] {
        text.split(separator: "\n").lasting
    }

    @Test func `with a flipped bit the commands say what is so, or that the store is damaged`()
        async throws
    {
        let stores = try await SharedFlipStores.get()
        let household = stores.household
        try household.open()
        let count = max(6, Figures.size("DIARY_FLIPS", 30) / 25)
        let home = household.home(.secondCopy)
        func put(_ template: String) throws {
            try? FileManager.default.removeItem(atPath: home)
            try FileManager.default.copyItem(atPath: stores.template(template), toPath: home)
        }
        let reading = [["list"], ["status"], ["conflicts"], ["history", "last"]]
        var tally = Tally()
        var lost = 0
        var wrong = 0
        for seed in 0..<UInt64(count) {
            let (template, file) =
                seed % 2 == 0 ? ("device", "diary.db") : ("device-log", "diary.db-wal")
            household.now = 1_774_900_000_000
            try put(template)
            let truths = try reading.map { try household.start(.secondCopy, $0).wait().output }
            let held = Set(try household.lines(.clinic))

            household.now = 1_774_900_000_000
            try put(template)
            let length =
                try FileManager.default.attributesOfItem(atPath: home + "/" + file)[.size] as? Int
            let site = FlipSite(seed: seed + 5000, length: try #require(length))
            try site.flip(home + "/" + file)
            for (words, truth) in zip(reading, truths) {
                let ended = try household.start(.secondCopy, words).wait()
                let isRight =
                    Self.lasting(ended.output) == Self.lasting(truth) || ended.status == 6
                    || ended.errors.contains("Of note: ")
                if !isRight { wrong += 1 }
                #expect(
                    isRight, "seed \(seed), \(site), \(words): \(ended.text)\ninstead of \(truth)")
                tally.note("\(words[0]) \(ended.status)")
            }
            let doctor = try household.start(.secondCopy, ["doctor"]).wait()
            tally.note("doctor \(doctor.status)")
            let sync = try household.start(.secondCopy, ["sync", "--quiet"]).wait()
            tally.note("sync \(sync.status)")
            #expect(Self.ends.contains(sync.status), "seed \(seed), \(site): \(sync.text)")
            #expect(Self.ends.contains(doctor.status), "seed \(seed), \(site): \(doctor.text)")
            // Nothing that a flip made comes to the clinic, and nothing goes there.
            let after = Set(try household.lines(.clinic))
            if !held.isSubset(of: after) { lost += 1 }
            #expect(after == held, "seed \(seed), \(site)")
        }
        try household.close()
        try Figures(
            "bits flipped under the real commands and a sync", count: count, lost: lost,
            wrong: wrong, note: "command and exit status: \(tally.words)"
        ).print()
    }
}
