internal import SeededRandom

/// What a seed stands for: who lives in a world, which faults it knows, and the steps it takes.
public struct Plan: Sendable {
    public let seed: UInt64
    /// What the programs of this world get wrong; nil but in tests of the simulator.
    public let mistake: Mistake?
    let odds: Odds
    public var steps: [Step]
    /// The seed of what the world begins with.
    let beginning: UInt64
    /// The seed of what happens once the faults have stopped.
    let ending: UInt64

    /// Which faults a world knows and how often they strike: each is off in many worlds, so that
    /// the others are seen alone.
    struct Odds: Sendable {
        var patients = 1
        var devices: [Int] = []
        var peers = false
        var isLarge = false
        var isHostile = false
        var isOnDisk = false
        /// Whether people log infusions, and not only short notes of how they felt.
        var hasInfusions = false
        var lose = 0.0
        var cutShort = 0.0
        var double = 0.0
        var errorAfterStoring = 0.0
        var crash = 0.0
        var diskFull = 0.0
    }

    public init(seed: UInt64, mistake: Mistake? = nil) {
        self.seed = seed
        self.mistake = mistake
        var random = SplitMix64(seed: seed)
        beginning = random.next()
        ending = random.next()
        var odds = Odds()
        odds.patients = random.pick([1, 1, 1, 1, 1, 1, 2, 2, 3, 4])
        odds.devices = (0..<odds.patients).map { _ in random.pick([1, 2, 2, 3, 3, 4, 5, 6]) }
        odds.peers = random.chance(0.4)
        odds.isLarge = random.chance(0.1)
        odds.isHostile = random.chance(0.25)
        odds.isOnDisk = random.chance(0.05)
        odds.hasInfusions = random.chance(0.4)
        func rate(_ random: inout SplitMix64) -> Double { random.pick([0, 0, 0.05, 0.15, 0.3]) }
        odds.lose = rate(&random)
        odds.cutShort = rate(&random)
        odds.double = rate(&random)
        odds.errorAfterStoring = rate(&random) / 2
        odds.crash = rate(&random) / 2
        odds.diskFull = rate(&random) / 3
        self.odds = odds

        let actions = Self.switchedOn(odds, &random)
        let weights = actions.map(\.weight)
        let sum = weights.reduce(0, +)
        let count = (30 + random.below(120)) * (odds.patients + 1) / 2
        steps = (0..<count).map { number in
            var left = random.below(sum)
            var index = 0
            while left >= weights[index] {
                left -= weights[index]
                index += 1
            }
            return Step(number: number, action: actions[index], seed: random.next())
        }
    }

    private static func switchedOn(_ odds: Odds, _ random: inout SplitMix64) -> [Action] {
        Action.allCases.filter { action in
            switch action {
            case .write, .saveForm, .beginSync, .deliver, .join, .confirm: true
            case .misbehave: odds.isHostile
            case .crash: odds.crash > 0
            case .erase, .loseClinic, .refuse, .writeNewer: random.chance(0.3)
            case .bundleOut, .bundleIn, .decide, .backUp, .restore, .restoreClinic, .clone,
                .changeVersion, .turnClock:
                random.chance(0.6)
            }
        }
    }

    /// Keeps only the steps of these numbers.
    public func keeping(_ numbers: Set<Int>) -> Plan {
        var plan = self
        plan.steps = steps.filter { numbers.contains($0.number) }
        return plan
    }
}
