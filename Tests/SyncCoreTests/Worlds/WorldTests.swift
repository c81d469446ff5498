import Foundation
import SyncCore
import Testing

@Suite struct `Random worlds` {
    private struct Result: Sendable {
        let seed: UInt64
        let failure: String?
        let sometimes: [String: Int]
    }

    /// Worlds in a run of the tests; the environment's DIARY_WORLDS asks for more.
    static let count: UInt64 =
        ProcessInfo.processInfo.environment["DIARY_WORLDS"].flatMap { UInt64($0) } ?? 100
    static let first: UInt64 =
        ProcessInfo.processInfo.environment["DIARY_WORLDS_FIRST"].flatMap { UInt64($0) } ?? 0

    private static func run(_ seed: UInt64, _ defect: Defect?) -> Result {
        var world: World?
        do {
            let made = try World(seed: seed, defect: defect)
            world = made
            try made.run()
            return Result(seed: seed, failure: nil, sometimes: made.sometimes)
        } catch {
            return Result(seed: seed, failure: "\(error)", sometimes: world?.sometimes ?? [:])
        }
    }

    private static func run(_ seeds: Range<UInt64>) async -> [Result] {
        await withTaskGroup(of: Result.self) { group in
            for seed in seeds { group.addTask { run(seed, nil) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func `In every world nothing is lost, nobody is overruled unseen, and all end equal`()
        async
    {
        let results = await Self.run(Self.first..<(Self.first + Self.count))
        for result in results.sorted(by: { $0.seed < $1.seed }) {
            if let failure = result.failure { Issue.record("world \(result.seed): \(failure)") }
        }
        let sums = results.reduce(into: [String: Int]()) { sums, result in
            sums.merge(result.sometimes, uniquingKeysWith: +)
        }
        if Self.count > 100 { print(Self.count, "worlds", sums.sorted { $0.key < $1.key }) }
        // A state that was never reached was never tested.
        guard Self.count >= 100 else { return }
        for state in [
            "cut", "clones", "closed", "conflicts", "done", "drafts", "erased", "forks", "forms",
            "lost", "malformed", "orders", "questions", "refused", "reopened", "restores",
            "review", "rounds",
        ] { #expect(sums[state, default: 0] > 0, "never reached: \(state)") }
    }

    @Test(arguments: Defect.allCases)
    func `A planted defect is found within some worlds`(defect: Defect) {
        let found = (defect.firstWorld..<(defect.firstWorld + 300)).first {
            Self.run($0, defect).failure != nil
        }
        #expect(found != nil, "no world found \(defect.rawValue)")
    }
}
