package import DiaryModel

/// The days of a cohort: two years up to a last day that is handed in, in the zone of its clinic.
package struct CohortDays: Sendable {
    package let first: CivilDate
    package let last: CivilDate
    let home: any ZoneRules
    let abroad: [any ZoneRules]
    /// The local days on which the clocks change, in order.
    let clockChanges: [Int]

    package init(last: CivilDate, zones: CohortZones) {
        self.last = last
        let back = CivilDate(
            year: last.year - CohortTable.years, month: last.month, day: min(last.day, 28))
        first = (back ?? last).adding(days: 1)
        home = zones.home
        abroad = zones.abroad
        let from = Int64(first.daysSinceEpoch) * 86_400_000
        let through = Int64(last.daysSinceEpoch + 1) * 86_400_000
        let rules = zones.home
        clockChanges = rules.transitions(fromMs: from, throughMs: through)
            .map { rules.day(atMs: $0.atMs).daysSinceEpoch }
    }

    var firstDay: Int { first.daysSinceEpoch }
    var lastDay: Int { last.daysSinceEpoch }
    /// How many days there are.
    package var count: Int { lastDay - firstDay + 1 }

    /// Noon of the last day, UTC: what the recall is asked as of.
    package var asOfMs: Int64 { Int64(lastDay) * 86_400_000 + 12 * 3_600_000 }
    /// The last minute of the last day; nothing is written after it.
    package var endMs: Int64 { ms(day: lastDay, minute: 1439) }

    /// The instant at which a clock at home, or in another zone, shows this minute of a day.
    func ms(day: Int, minute: Int, in zone: (any ZoneRules)? = nil) -> Int64 {
        let rules = zone ?? home
        let wall = WallTime(
            date: CivilDate(daysSinceEpoch: day), minuteOfDay: min(max(minute, 0), 1439))
        let resolved = wall.flatMap { rules.resolve($0) }
        return resolved?.standard.ms ?? Int64(day) * 86_400_000
    }

    func day(atMs ms: Int64) -> Int { home.day(atMs: ms).daysSinceEpoch }

    func weekday(_ day: Int) -> Weekday { CivilDate(daysSinceEpoch: day).weekday }

    /// The first day from this one on that is such a weekday.
    func next(_ weekday: Weekday, from day: Int) -> Int {
        day + (weekday.rawValue - self.weekday(day).rawValue + 7) % 7
    }

    /// This day, or the Monday after it.
    func workday(_ day: Int) -> Int {
        switch weekday(day) {
        case .saturday: day + 2
        case .sunday: day + 1
        default: day
        }
    }
}

/// The zones in which the cohort lives and travels, handed in by whoever reads files.
package struct CohortZones: Sendable {
    /// Where the clinic and its patients are.
    package static let homeName = "Europe/London"
    package static let abroadNames = [
        "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Madrid",
        "Pacific/Auckland",
    ]

    let home: any ZoneRules
    let abroad: [any ZoneRules]

    package init(home: any ZoneRules, abroad: [any ZoneRules]) {
        self.home = home
        self.abroad = abroad
    }
}
