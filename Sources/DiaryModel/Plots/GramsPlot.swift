extension GramsByPeriod {
    /// The periods as bars, each against its plan.
    public var plot: BarPlot {
        BarPlot(
            title: "Grams each \(periodWords)", unit: .grams, bars: periods.map { bar($0) },
            notes: obstacles.map(\.words))
    }

    /// "week", "3 weeks".
    public var periodWords: String { periodDays == 7 ? "week" : "\(periodDays / 7) weeks" }

    private func bar(_ period: Period) -> BarPlot.Bar {
        BarPlot.Bar(period.window.from, period.amount, plan: period.plan)
    }

    /// Why nothing is planned for some period, each reason once.
    private var obstacles: [PlanObstacle] {
        var found: [PlanObstacle] = []
        for case .notComputed(let obstacle) in periods.map(\.prescribed)
        where !found.contains(obstacle) {
            found.append(obstacle)
        }
        return found
    }
}

extension GramsByPeriod.Period {
    /// What is known of it; where nothing has been received that is no zero.
    public var amount: BarPlot.Amount {
        if daysNotReceived == 0 { return .known(low: given.low, high: given.high) }
        return daysNotReceived < window.dayCount || given.high > 0
            ? .partlyReceived(low: given.low, high: given.high) : .notReceived
    }

    /// What was planned for it; nil where nothing was, or nothing is worked out.
    public var plan: BarPlot.Plan? {
        prescribed.milligrams.flatMap { BarPlot.Plan($0.numerator, over: $0.denominator) }
    }
}
