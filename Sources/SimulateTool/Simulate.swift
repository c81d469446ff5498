internal import ArgumentParser
internal import Foundation
internal import Simulator

/// Runs random worlds, and tells how one failed.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs random worlds of devices, clinics, networks and people.",
        discussion: """
            One seed is one world: the same steps, faults and verdicts on every machine. A world that \
            fails is shrunk, told, and can be run again by the command that is printed.
            """)

    @Option(help: "How many worlds to run.") var seeds: UInt64 = 1000
    @Option(help: "The seed of the first world.") var first: UInt64 = 0
    @Option(help: "Run this one world and tell its story.") var seed: UInt64?
    @Option(help: "With --seed: only these steps, as 3,17,42.") var steps: String?
    @Flag(help: "End at the first world that fails.") var untilFailure = false
    @Flag(help: "Print nothing but the verdict.") var quiet = false

    func run() async throws {
        if let seed {
            try replay(seed)
        } else {
            try await runAll()
        }
    }

    private func replay(_ seed: UInt64) throws {
        var plan = Plan(seed: seed)
        if let steps {
            plan = plan.keeping(Set(steps.split(separator: ",").compactMap { Int($0) }))
        }
        let result = Simulation.run(plan, tellingStory: true)
        if !quiet { for line in result.story { say(line) } }
        say("world \(seed): \(result.failure ?? "clean"), digest \(result.digest)")
        if result.failure != nil { throw ExitCode.failure }
    }

    private func runAll() async throws {
        let started = Date()
        var run = Tally(wanted: seeds, isQuiet: quiet)
        let end = first &+ seeds
        await withTaskGroup(of: Simulation.Result.self) { group in
            var next = first
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount where next < end {
                let seed = next
                group.addTask { Simulation.run(Plan(seed: seed)) }
                next += 1
            }
            while let result = await group.next() {
                run.add(result)
                if untilFailure, result.failure != nil { break }
                guard next < end else { continue }
                let seed = next
                group.addTask { Simulation.run(Plan(seed: seed)) }
                next += 1
            }
            group.cancelAll()
        }
        run.finish(seconds: Date().timeIntervalSince(started))
        let failed = run.failed.sorted { $0.seed < $1.seed }
        for result in failed.prefix(20) {
            say("world \(result.seed) fails: \(result.failure ?? "")")
        }
        if let first = failed.first, !quiet { tell(first) }
        let missing = seeds >= 2000 && !untilFailure ? run.occurrences.missing : []
        for occurrence in missing { say("never happened: \(occurrence.rawValue)") }
        if !run.failed.isEmpty || !missing.isEmpty { throw ExitCode.failure }
    }

    /// The shrunken schedule of a failure, its story, and how to run it again.
    private func tell(_ failed: Simulation.Result) {
        guard let failure = failed.failure else { return }
        let plan = Simulation.shrink(Plan(seed: failed.seed), failingWith: failure)
        for line in Simulation.run(plan, tellingStory: true).story { say("  \(line)") }
        let steps = plan.steps.map { "\($0.number)" }.joined(separator: ",")
        say("again: make simulate SEED=\(failed.seed) STEPS=\(steps.isEmpty ? "-" : steps)")
    }
}

/// What all worlds of a run came to.
private struct Tally {
    let wanted: UInt64
    let isQuiet: Bool
    private(set) var occurrences = Occurrences()
    private(set) var failed: [Simulation.Result] = []
    private var count: UInt64 = 0
    /// Of all digests, whatever the order in which worlds ended.
    private var digest: UInt64 = 0

    init(wanted: UInt64, isQuiet: Bool) {
        self.wanted = wanted
        self.isQuiet = isQuiet
    }

    mutating func add(_ result: Simulation.Result) {
        count += 1
        occurrences.add(result.occurrences)
        if result.failure != nil { failed.append(result) }
        // FNV-1a of each, added up.
        digest &+= "\(result.seed) \(result.digest)".utf8.reduce(0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        guard !isQuiet, count.isMultiple(of: max(1, wanted / 20)) else { return }
        let line = "\(count) of \(wanted) worlds, \(failed.count) failed\n"
        FileHandle.standardError.write(Data(line.utf8))
    }

    func finish(seconds: Double) {
        if !isQuiet {
            let width = Occurrence.allCases.map(\.rawValue.count).max() ?? 0
            for occurrence in Occurrence.allCases {
                let name = occurrence.rawValue.padding(
                    toLength: width + 2, withPad: " ", startingAt: 0)
                say("\(name)\(occurrences[occurrence])")
            }
        }
        say(
            "\(count) worlds, \(failed.count) failed, in \(Int(seconds)) s; digest of all "
                + String(digest, radix: 16))
    }
}

/// A line to standard output, at once: a long run is watched.
private func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
