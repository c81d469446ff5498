/// Amounts of one period after another, each against what was planned: grams a week.
///
/// A week that has not been received is not an empty week; what may have been is told from what was.
public struct BarPlot: Hashable, Sendable {
    public var title: String
    public var unit: MeasureUnit
    public var bars: [Bar]
    /// What the planned amount is called: "plan".
    public var planName: String
    public var notes: [String]

    public init(
        title: String, unit: MeasureUnit, bars: [Bar], planName: String = "plan",
        notes: [String] = []
    ) {
        self.title = title
        self.unit = unit
        self.bars = bars
        self.planName = planName
        self.notes = notes
    }

    /// One period.
    public struct Bar: Hashable, Sendable {
        /// The period's first day.
        public let day: CivilDate
        public let amount: Amount
        /// Wire units as a fraction: numerator and denominator, the latter positive; nil without a plan.
        public let plan: Plan?

        public init(_ day: CivilDate, _ amount: Amount, plan: Plan? = nil) {
            self.day = day
            self.amount = amount
            self.plan = plan
        }
    }

    /// What is known of a period, in wire units.
    public enum Amount: Hashable, Sendable {
        /// The lowest and the highest that it can be; equal where nothing is in doubt.
        case known(low: Int64, high: Int64)
        /// The same, of the part of the period that has been received.
        case partlyReceived(low: Int64, high: Int64)
        case notReceived

        var extremes: Extremes? {
            switch self {
            case .known(let low, let high), .partlyReceived(let low, let high):
                Extremes(min(low, high), max(low, high))
            case .notReceived: nil
            }
        }
    }

    /// What was planned for a period, exactly.
    public struct Plan: Hashable, Sendable {
        public let numerator: Int64
        public let denominator: Int64

        /// Nil unless the denominator is positive.
        public init?(_ numerator: Int64, over denominator: Int64 = 1) {
            guard denominator > 0 else { return nil }
            self.numerator = numerator
            self.denominator = denominator
        }

        /// In whole wire units, to the nearest, for a place on an axis; never for a sum.
        var rounded: Int64 { rounded(to: 1) }

        /// To the nearest multiple of a number of wire units, a half upwards, for the eye.
        func rounded(to step: Int64) -> Int64 {
            let (divisor, overflow) = denominator.multipliedReportingOverflow(by: max(1, step))
            guard !overflow else { return rounded(to: 1) }
            let quotient = numerator.floorDivided(by: divisor)
            // From 0 to below the divisor, so wrapping arithmetic gives it exactly.
            let rest = numerator &- quotient &* divisor
            let nearest = rest >= divisor - rest ? quotient.addingSaturating(1) : quotient
            let (product, isTooLarge) = nearest.multipliedReportingOverflow(by: max(1, step))
            return isTooLarge ? quotient : product
        }

        var isWhole: Bool { numerator % denominator == 0 }
    }

    var scale: PlotScale {
        let numbers = bars.flatMap { bar -> [Int64] in
            [bar.amount.extremes?.high, bar.plan?.rounded].compactMap(\.self)
        }
        return PlotScale(
            holding: Extremes(0, max(numbers.max() ?? 0, 1)), least: unit.leastTick)
    }

    /// Every period as a line of words.
    public var list: [String] {
        bars.map { "\($0.day.longWords): \(words($0))" }
    }

    /// "32.0 g of 32.0 g planned", "32.0 to 64.0 g of 32.0 g planned", "not yet received, 32.0 g planned".
    func words(_ bar: Bar) -> String {
        let plan = bar.plan.map { plan in
            plan.isWhole
                ? "\(MeasureNumber(plan.rounded, unit))"
                : "about \(MeasureNumber(plan.rounded(to: unit.leastTick), unit))"
        }
        switch bar.amount {
        case .known(let low, let high):
            let amount = amount(low, high)
            return plan.map { "\(amount) of \($0) planned" } ?? amount
        case .partlyReceived(let low, let high):
            let amount = amount(low, high)
            return (plan.map { "\(amount) of \($0) planned" } ?? amount) + ", not all received yet"
        case .notReceived:
            return "not yet received" + (plan.map { ", \($0) planned" } ?? "")
        }
    }

    private func amount(_ one: Int64, _ other: Int64) -> String {
        let high = MeasureNumber(max(one, other), unit)
        return one == other
            ? "\(high)" : "\(MeasureNumber(min(one, other), unit).digits) to \(high)"
    }
}
