import DiaryStore
import Foundation
import SyncCore
import TestSupport
import Testing

/// One bit of a store's files is another: whatever that alters is reported, and nothing is shown for it.
@Suite(.timeLimit(.minutes(20))) struct BitFlipTests {
    private let scratch = Scratch()

    /// How many bits of each kind of file; `DIARY_FLIPS` for more.
    private static let count =
        ProcessInfo.processInfo.environment["DIARY_FLIPS"].flatMap { Int($0) } ?? 60
    /// The first seed; `DIARY_FLIPS_FROM` to find one again.
    private static let first =
        ProcessInfo.processInfo.environment["DIARY_FLIPS_FROM"].flatMap { UInt64($0) } ?? 1

    @Test func `the store whose bits are flipped has all that can go wrong`() throws {
        let store = try FlippedStore(.device, in: scratch)
        let views = store.truth.positions.compactMap {
            store.truth.answers["view \($0)"] as? EntryView
        }
        let rows = store.truth.rows ?? []
        #expect(rows.count >= 60)
        #expect(rows.contains { !$0.line.starts(with: Array(#"{"b"#.utf8)) })
        #expect(store.all.tree.branches.contains { $0.parent != nil }, "a fork")
        #expect(views.contains { !$0.conflicts.isEmpty })
        #expect(views.contains { !$0.voidQuestions.isEmpty })
        #expect(store.truth.errors.isEmpty, "\(store.truth.errors)")
        #expect(views.contains { $0.kind == "infusion" && !$0.context.isEmpty })
    }

    @Test(arguments: FlippedStore.Kind.allCases)
    func `a flipped bit is reported wherever it alters an event, and nothing wrong is shown`(
        kind: FlippedStore.Kind
    ) throws {
        let store = try FlippedStore(kind, in: scratch)
        var count = FlipCount()
        for seed in Self.first..<(Self.first + UInt64(Self.count)) {
            var random = SplitMix64(seed: seed)
            let place = store.place(&random)
            let directory = scratch.path("flipped")
            try store.write(to: directory, flipping: place)
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let trial = FlipTrial(store: store, name: "\(kind) \(seed) at \(place)")
            count.flips += 1
            if kind == .backup {
                trial.restore(directory, &count)
            } else {
                trial.open(directory, &count)
            }
        }
        print("\(kind): \(count)")
        #expect(count.flaws.isEmpty, "\(count.flaws.joined(separator: "\n"))")
    }
}
