import DiaryStore
import Foundation
import TestSupport
import Testing

/// A single bit of a backup: it is refused, or what is put back is what was kept.
@Suite(.timeLimit(.minutes(60))) struct BackupFlipTests {
    @Test func `a flipped bit in a backup is refused, and the store that was here stays as it was`()
        async throws
    {
        let stores = try await SharedFlipStores.get()
        let all = Figures.size("DIARY_FLIPS", 30) / 5
        for (name, purpose) in [
            ("device", DiaryDatabase.Purpose.device), ("clinic", DiaryDatabase.Purpose.clinic),
        ] {
            try run(all, name, purpose, stores)
        }
    }

    private func run(
        _ count: Int, _ name: String, _ purpose: DiaryDatabase.Purpose, _ stores: FlipStores
    ) throws {
        let backup = stores.scratch.file("backup-" + name)
        let source = try stores.copy(name)
        let database = try DiaryDatabase.open(in: source, purpose: purpose)
        let header = try database.backUp(to: backup, at: 1_774_800_000_000)
        try database.close()
        let length = try FileManager.default.attributesOfItem(atPath: backup)[.size] as? Int ?? 0
        let firstLine = try Data(contentsOf: URL(fileURLWithPath: backup)).prefix { $0 != 0x0A }

        var home = try stores.copy(name)
        let file = purpose == .device ? "/diary.db" : "/clinic.db"
        let before = try Data(contentsOf: URL(fileURLWithPath: home + file))
        var refused = 0
        var harmless = 0
        var lost = 0
        var wrong = 0
        for seed in 0..<UInt64(count) {
            // The first line is short beside the rest, so every fourth bit is one of it.
            let site = FlipSite(seed: seed, length: seed % 4 == 0 ? firstLine.count + 1 : length)
            let flipped = stores.scratch.file("flipped-backup")
            try? FileManager.default.removeItem(atPath: flipped)
            try FileManager.default.copyItem(atPath: backup, toPath: flipped)
            try site.flip(flipped)
            do {
                // The name of the member that proves the first line is proved by nothing.
                let restore = try Restore.run(flipped, into: home, purpose: purpose, at: 1)
                harmless += 1
                if restore.backup != header { wrong += 1 }
                #expect(restore.backup == header, "seed \(seed), \(site)")
                home = try stores.copy(name)
            } catch is BackupError {
                refused += 1
                let isSame = try Data(contentsOf: URL(fileURLWithPath: home + file)) == before
                if !isSame { lost += 1 }
                #expect(isSame, "seed \(seed), \(site)")
            }
        }
        #expect(refused >= count * 9 / 10)
        try Figures(
            "bits flipped in a \(name)'s backup", count: count, lost: lost, wrong: wrong,
            note: "\(refused) refused, and nothing that was here changed; \(harmless) harmless"
        ).print()
    }
}
