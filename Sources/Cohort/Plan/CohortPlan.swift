package import DiaryModel
internal import SeededRandom

/// A whole synthetic clinic, planned from one seed: the same plan for the same seed, everywhere.
///
/// It is what truly happens and who writes what when; it knows no ids and no keys. `CohortRun` carries it
/// out through the engine.
package struct CohortPlan: Sendable {
    package let seed: UInt64
    package let days: CohortDays
    package let recall: RecallFixture
    package internal(set) var patients: [PatientPlan]

    /// - Parameters:
    ///   - patientCount: at least one.
    ///   - lastDay: the last of the days; two years are planned.
    package init(patientCount: Int, seed: UInt64, lastDay: CivilDate, zones: CohortZones) {
        let count = max(patientCount, 1)
        let days = CohortDays(last: lastDay, zones: zones)
        self.seed = seed
        self.days = days
        var random = SplitMix64(seed: partSeed(seed, .max))
        let recall = RecallFixture(days: days, using: &random)
        self.recall = recall
        let facts = Self.facts(of: count, seed: seed, days: days, using: &random)
        let families = Self.families(among: facts, using: &random)
        var lots = SplitMix64(seed: partSeed(seed, .max - 1))
        let pool = LotPool(
            for: facts.map(\.regimen), days: days, reserved: [recall.lot.text, recall.sister.text],
            using: &lots)
        let shared = PatientPlanner.SharedFacts(
            seed: seed, pool: pool, recall: recall, notice: Self.notice(from: pool, days: days),
            families: families)
        let wishes = Self.wishes(for: facts, families: families)
        patients = facts.map { facts in
            var planner = PatientPlanner(
                facts: facts, days: days, clinic: shared, wishes: wishes[facts.number] ?? [])
            return planner.planned()
        }
        for index in patients.indices where !patients[index].strays.isEmpty {
            guard let other = families[patients[index].facts.number], other <= count else {
                continue
            }
            patients[other - 1].take(patients[index].strays)
        }
    }

    // MARK: Who

    private static func facts(
        of count: Int, seed: UInt64, days: CohortDays, using random: inout SplitMix64
    ) -> [PatientFacts] {
        let width = max(3, String(count).count)
        let numbers = Array((1...count).shuffled(using: &random).prefix(RecallFixture.roles.count))
        let roles = Dictionary(zip(numbers, RecallFixture.roles)) { first, _ in first }
        return (1...count).map { number in
            var own = SplitMix64(seed: partSeed(seed, UInt64(number) &* 64))
            return PatientFacts(
                number: number, width: width, role: roles[number], days: days, using: &own)
        }
    }

    /// Pairs of patients with one tablet: children before others.
    private static func families(
        among facts: [PatientFacts], using random: inout SplitMix64
    ) -> [Int: Int] {
        let able = facts.filter {
            !$0.isOnPaper && !$0.isInScope && $0.indication == .pid && $0.role == nil
        }.sorted { ($0.ageYears, $0.number) < ($1.ageYears, $1.number) }
        let drawn = able.count { _ in random.happens(CohortTable.sharedDevices) }
        let pairs = min(max(drawn, 1), able.count / 2)
        var families: [Int: Int] = [:]
        for pair in 0..<pairs {
            let (one, other) = (able[2 * pair].number, able[2 * pair + 1].number)
            families[one] = other
            families[other] = one
        }
        return families
    }

    // MARK: What happens at least once

    private static func wishes(
        for facts: [PatientFacts], families: [Int: Int]
    ) -> [Int: [Injection]] {
        var wishes: [Int: [Injection]] = [:]
        for injection in Injection.allCases {
            let able = facts.filter { facts in
                let hasOther = families[facts.number].map { $0 < facts.number } ?? false
                return switch injection {
                case .wrongPatient: hasOther
                case .carersCopy, .bothSetAside: facts.deviceCount > 1
                case .planRace: facts.role == nil || facts.role == .exact
                default: facts.deviceCount > 0
                }
            }
            // One patient has not all of it; whom the recall looks at has as little as can be.
            let chosen = able.min { left, right in
                rank(left, wishes) < rank(right, wishes)
            }
            if let chosen { wishes[chosen.number, default: []].append(injection) }
        }
        return wishes
    }

    private static func rank(
        _ facts: PatientFacts, _ wishes: [Int: [Injection]]
    ) -> (Int, Int, Int) {
        // Who writes little down would have too few infusions to choose from.
        (
            wishes[facts.number]?.count ?? 0,
            (facts.role == nil ? 0 : 1) + (facts.habits.reporting < 4000 ? 2 : 0), facts.number
        )
    }

    /// The lot of the earlier notice: the first that was delivered in the second year.
    private static func notice(from pool: LotPool, days: CohortDays) -> NoticePlan? {
        let day = days.firstDay + 400
        return pool.lots.first {
            $0.component == nil && $0.product != CohortTable.recallProduct
                && ($0.fromDay + 20..<$0.untilDay).contains(day)
        }.map { NoticePlan(lot: $0, ms: days.ms(day: days.workday(day), minute: 990)) }
    }
}
