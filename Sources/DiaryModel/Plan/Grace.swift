/// How far from its day a dose may lie and still be in time (domain 4.1).
struct Grace: Hashable {
    /// Days either way.
    let days: Int
    /// Days before its day from which a slot is open: never so many that two slots are open at once.
    let opening: Int

    init(days: Int, intervalDays: Int) {
        self.days = days
        opening = min(days, max(0, (intervalDays - 1) / 2))
    }

    /// The plan's own grace, or that which goes with an interval.
    init(of plan: TreatmentPlan, intervalDays: Int) {
        let days = plan.graceDays.map { Int(clamping: $0) } ?? Self.standard(intervalDays)
        self.init(days: days, intervalDays: intervalDays)
    }

    /// The days of grace that go with an interval.
    static func standard(_ intervalDays: Int) -> Int {
        switch intervalDays {
        case ...2: 0
        case ...14: 1
        case ...24: 2
        default: 3
        }
    }
}
