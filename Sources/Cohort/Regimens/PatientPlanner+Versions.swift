internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Visits to the clinic, and the versions of the plan that doctors sign there.
extension PatientPlanner {
    mutating func planVisits() {
        var day = facts.enrolledDay + CohortTable.visitEveryDays
        while day <= days.lastDay {
            if !random.happens(CohortTable.visitMissed) {
                visits.append(days.workday(day + random.between(-4...4)))
            }
            day += CohortTable.visitEveryDays
        }
        visits = visits.filter { $0 <= days.lastDay }
    }

    mutating func planVersions() {
        let isRamp = facts.isNewStarter && facts.regimen.route == .fsc
        let first = SignedVersion(
            fromDay: facts.startDay, signedMs: foundedMs + 1_800_000,
            doseMilligrams: facts.regimen.doseMilligrams, ramp: isRamp ? ramp : [], taper: [])
        planEntry = entryCount
        versions = [first]
        begin(
            .plan, at: first.signedMs, by: .staff(StaffPlan.doctor.login),
            Words(set: ["plan": first.json(for: facts)]))
        for (index, day) in visits.enumerated() {
            let isLate = index >= visits.count / 2
            let isWished = isLate && wishes.contains(.planRace)
            guard random.happens(CohortTable.planChanged) || isWished else { continue }
            // The recalled box is given by the plan its box came under.
            if let role = facts.role, role != .exact { continue }
            if sign(atVisit: day, isLate: isLate) { break }
        }
    }

    /// Quarters of the dose over the first seven weeks (domain A11).
    private var ramp: [SignedVersion.Step] {
        zip([0, 7, 21, 42], [Int64(1), 2, 3, 4]).map { offset, quarters in
            let dose = facts.regimen.doseMilligrams * quarters / 4 / 2500 * 2500
            return SignedVersion.Step(dayOffset: offset, doseMilligrams: max(dose, 2500))
        }
    }

    /// A doctor signs another dose.
    ///
    /// - Returns: whether two stand side by side, so that no further one is signed.
    private mutating func sign(atVisit day: Int, isLate: Bool) -> Bool {
        guard let before = versions.last else { return true }
        let ms = days.ms(day: day, minute: 720)
        let up = random.below(3) != 0
        let tapers = random.happens(CohortTable.planTapered)
        let steps = Int64(random.between(1...2))
        let dose = changed(before.doseMilligrams, by: up ? steps : -steps)
        let from = day + random.between(7...14)
        let next = version(from: from, at: ms, dose: dose, tapers: tapers)
        let isRace = strikes(.planRace, share: CohortTable.planRaces, isDue: isLate)
        let seen = versions.count
        write(next, by: StaffPlan.doctor, isDisputed: isRace)
        guard isRace else { return false }
        note(.planRace)
        let other = version(
            from: from, at: ms + 1_500_000,
            dose: changed(before.doseMilligrams, by: up ? -steps : steps), tapers: false)
        write(other, by: StaffPlan.secondDoctor, seen: .versions(upTo: seen), isDisputed: true)
        guard random.happens(CohortTable.conflictSettled) else { return true }
        let settling = version(
            from: from + 7, at: ms + Int64(random.between(3...9)) * 86_400_000, dose: dose,
            tapers: false)
        write(settling, by: StaffPlan.doctor, isDisputed: false)
        return false
    }

    private func changed(_ dose: Int64, by steps: Int64) -> Int64 {
        let step = facts.regimen.doseStep
        let least = step * Int64(facts.regimen.parts)
        return min(max(dose + steps * step, least), 400_000 / step * step)
    }

    private func version(from day: Int, at ms: Int64, dose: Int64, tapers: Bool) -> SignedVersion {
        let steps = [28, 56, 84].enumerated().map { index, offset in
            SignedVersion.Step(
                dayOffset: offset, doseMilligrams: changed(dose, by: -Int64(index + 1)))
        }
        return SignedVersion(
            fromDay: day, signedMs: ms, doseMilligrams: dose, ramp: [], taper: tapers ? steps : [])
    }

    private mutating func write(
        _ version: SignedVersion, by member: StaffPlan.Member,
        seen: PlannedAct.Seen = .everything, isDisputed: Bool
    ) {
        var version = version
        version.isDisputed = isDisputed
        versions.append(version)
        amend(
            planEntry, at: version.signedMs, by: .staff(member.login),
            Words(set: ["plan": version.json(for: facts)], about: ["reason": "asked"]), seen: seen)
    }

    /// The dose that is due on a day: of the last version that nobody disputes.
    func dose(on day: Int) -> Int64 {
        let version = versions.last { !$0.isDisputed && $0.fromDay <= day } ?? versions.first
        return version?.dose(on: day) ?? facts.regimen.doseMilligrams
    }
}
