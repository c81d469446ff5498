internal import SeededRandom
internal import SyncCore

/// A random world: a clinic, its patients, their devices, and what people and machines do to them.
///
/// Everything in it is the plan's: time, network, disks and people. One plan is one world, on every
/// machine. An oracle beside it remembers in plain sets of ids what each writer saw and whom the clinic
/// trusts, and holds every store against that after each step that touched it.
final class World {
    let plan: Plan
    var odds: Plan.Odds { plan.odds }
    let clinicKey: SigningKey
    var random: SplitMix64
    private(set) var diaries: [DiaryWorld] = []
    var scratch: ScratchFolder?
    /// Milliseconds; goes on by itself.
    var now: Int64 = 1_750_000_000_000
    private var incarnations = 0
    /// Backups of the clinic's server: what it held of every diary.
    var clinicBackups: [[DiaryWorld.Backup]] = []
    var occurrences = Occurrences()
    var journal: Journal

    init(_ plan: Plan, tellingStory: Bool = false) throws {
        self.plan = plan
        journal = Journal(isTelling: tellingStory)
        random = SplitMix64(seed: plan.beginning)
        clinicKey = SigningKey.random(using: &random)
        if plan.odds.isOnDisk {
            scratch = try ScratchFolder()
            occurrences.add(.onRealDisk)
        }
        if plan.odds.patients > 1 { occurrences.add(.severalPatients) }
        for number in 0..<plan.odds.patients {
            diaries.append(try DiaryWorld(number, in: self))
        }
    }

    func nextIncarnation() -> Int {
        incarnations += 1
        return incarnations
    }

    /// Takes all steps; then the faults stop, and everything has to become equal.
    func run() throws {
        for step in plan.steps {
            random = SplitMix64(seed: step.seed)
            now += Int64(random.below(7_200_000))
            journal.begin(step)
            try take(step)
            for diary in diaries { try diary.judgeTouched() }
        }
        random = SplitMix64(seed: plan.ending)
        journal.say("The faults stop.")
        for diary in diaries { try diary.end() }
    }

    private func take(_ step: Step) throws {
        switch step.action {
        case .restoreClinic: try restoreClinic()
        case .loseClinic:
            occurrences.add(.clinicGone)
            journal.say("the clinic's disk is gone; it begins again from its phrase")
            for diary in diaries { try diary.loseClinic() }
        case .confirm: for diary in diaries { try diary.confirm(diary.hub) }
        default: try random.pick(diaries).take(step.action)
        }
    }

    /// The clinic's server has one disk: a backup of it brings back all patients' diaries at once.
    private func restoreClinic() throws {
        if clinicBackups.isEmpty || random.chance(0.4) {
            occurrences.add(.backedUp)
            journal.say("the clinic is backed up")
            return clinicBackups.append(try diaries.map { try $0.backup(of: $0.hub) })
        }
        occurrences.add(.clinicRestored)
        journal.say("the clinic is put back")
        let backup = random.pick(clinicBackups)
        for (diary, disk) in zip(diaries, backup) { try diary.restore(diary.hub, disk) }
    }
}
