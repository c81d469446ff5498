import Foundation
import TestSupport
import Testing

/// A single bit, anywhere: whatever it alters is reported, and nothing altered is shown as a value.
@Suite(.timeLimit(.minutes(60))) struct FlipTests {
    @Test func `a flipped bit in a store is reported or harmless, and no view lies`() async throws {
        let stores = try await SharedFlipStores.get()
        let all = Figures.size("DIARY_FLIPS", 30)
        let targets = [
            (try FlippedStore("a device's database", "device", "diary.db", of: stores), 5),
            (try FlippedStore("a device's log", "device-log", "diary.db-wal", of: stores), 4),
            (try FlippedStore("a clinic's database", "clinic", "clinic.db", of: stores), 4),
            (try FlippedStore("a clinic's log", "clinic-log", "clinic.db-wal", of: stores), 3),
        ]
        for (target, share) in targets {
            #expect(target.truth.refusal == nil)
            #expect(target.truth.findings == [], "\(target.what)")
            #expect(target.truth.window?.marked == 0)
            try run(target, count: max(1, all * share / 16))
        }
    }

    private func run(_ target: FlippedStore, count: Int) throws {
        var places = Tally()
        var notices = Tally()
        var altered = 0
        var lost = 0
        var wrong = 0
        for seed in 0..<UInt64(count) {
            let outcome = try target.outcome(seed: seed)
            places.note(outcome.place)
            notices.note("noticed " + outcome.notice.rawValue)
            if outcome.isAltered { altered += 1 }
            if outcome.isUnreported { lost += 1 }
            if !outcome.lies.isEmpty { wrong += 1 }
            #expect(!outcome.isUnreported, "\(outcome.story)")
            #expect(outcome.lies == [], "\(outcome.story)")
        }
        try Figures(
            "bits flipped in \(target.what)", count: count, lost: lost, wrong: wrong,
            note: "\(altered) altered events; \(notices.words); in \(places.words)"
        ).print()
    }
}
