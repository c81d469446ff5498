internal import SyncCore

/// Runs worlds.
public enum Simulation {
    /// What became of one world.
    public struct Result: Sendable {
        public let seed: UInt64
        /// The check that did not hold; nil where all did.
        public let failure: String?
        /// Of all steps, all frontiers on the way and all that is shown in the end: equal for equal
        /// plans, on every machine.
        public let digest: String
        public let occurrences: Occurrences
        /// What happened, a line each, where it was asked for.
        public let story: [String]
    }

    /// Runs the world of a plan to its end, or to the first check that does not hold.
    public static func run(_ plan: Plan, tellingStory: Bool = false) -> Result {
        var failure: String?
        var world: World?
        do {
            let made = try World(plan, tellingStory: tellingStory)
            world = made
            try made.run()
        } catch { failure = "\(error)" }
        let digest = world?.journal.digest ?? []
        return Result(
            seed: plan.seed, failure: failure,
            digest: String(decoding: Base64URL.encode(digest), as: UTF8.self),
            occurrences: world?.occurrences ?? Occurrences(), story: world?.journal.story ?? [])
    }

    /// Leaves out steps as long as the same check still fails.
    ///
    /// Halves first, then quarters, down to single steps, until none can go (delta debugging, Zeller
    /// and Hildebrandt 2002).
    public static func shrink(_ plan: Plan, failingWith failure: String) -> Plan {
        var plan = plan
        var size = max(1, plan.steps.count / 2)
        while true {
            var hasShrunk = false
            var start = 0
            while start < plan.steps.count {
                var candidate = plan
                let end = min(start + size, plan.steps.count)
                candidate.steps.removeSubrange(start..<end)
                if run(candidate).failure == failure {
                    plan = candidate
                    hasShrunk = true
                } else {
                    start = end
                }
            }
            if size == 1, !hasShrunk { return plan }
            if !hasShrunk { size = max(1, size / 2) }
        }
    }
}
