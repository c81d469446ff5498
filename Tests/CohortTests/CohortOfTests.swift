import Cohort
import DiaryDesk
import DiaryModel

/// Cohorts that the tests look at, planned once.
enum CohortOfTests {
    static let lastDay =
        CivilDate(year: 2026, month: 9, day: 30) ?? CivilDate(daysSinceEpoch: 20_726)

    static var zones: CohortZones {
        let files = ZoneFiles()
        let home: any ZoneRules = files.rules(named: CohortZones.homeName) ?? NoZone()
        return CohortZones(
            home: home, abroad: CohortZones.abroadNames.compactMap { files.rules(named: $0) })
    }

    static func plan(_ patients: Int, seed: UInt64) -> CohortPlan {
        CohortPlan(patientCount: patients, seed: seed, lastDay: lastDay, zones: zones)
    }

    /// Enough of them for shares.
    static let big = plan(400, seed: 7)

    /// A zone for computers without tzdata.
    private struct NoZone: ZoneRules {
        let name = "Etc/UTC"
        func offsetMinutes(atMs ms: Int64) -> Int { 0 }
        func transitions(fromMs: Int64, throughMs: Int64) -> [ZoneTransition] { [] }
    }
}

/// Holds a share against section 11: so many of so many, in 10 000, within a generous bound.
func isNear(_ found: Int, of all: Int, _ share: Int, within bound: Int) -> Bool {
    guard all > 0 else { return false }
    return abs(found * 10_000 / all - share) <= bound
}
