/// An axis of whole numbers: its ends, its ticks, and where a number lies on so many steps.
struct PlotScale: Hashable {
    let low: Int64
    let high: Int64
    /// From the lowest to the highest.
    let ticks: [Int64]

    /// An axis that holds these numbers, its ends and ticks round numbers.
    ///
    /// - Parameters:
    ///   - least: no ticks lie nearer together than this, so that their labels differ.
    ///   - mostTicks: about so many; at least two.
    init(holding numbers: Extremes, least: Int64 = 1, mostTicks: Int = 6) {
        // More than any number on the wire, and far from where sums overflow.
        let limit: Int64 = 10_000_000_000_000_000
        let first = min(max(numbers.low, -limit), limit)
        let last = max(min(max(numbers.high, -limit), limit), first)
        let least = max(1, least)
        let span = max(last - first, least)
        let step = Self.roundStep(span: span, parts: Int64(max(1, mostTicks - 1)), least: least)
        let low = first.floorDivided(by: step) * step
        var high = last.floorDivided(by: step) * step
        if high < last { high += step }
        if high == low { high += step }
        self.low = low
        self.high = high
        var ticks: [Int64] = []
        var tick = low
        while tick <= high, ticks.count < Self.mostTicks {
            ticks.append(tick)
            tick += step
        }
        self.ticks = ticks
    }

    private static let mostTicks = 64

    /// The smallest of 1, 2, 5, 10, 20 ... times `least` of which `parts` reach over the span.
    private static func roundStep(span: Int64, parts: Int64, least: Int64) -> Int64 {
        var base = least
        while true {
            for factor: Int64 in [1, 2, 5] {
                let (step, overflow) = base.multipliedReportingOverflow(by: factor)
                guard !overflow else { return base }
                // Not `step * parts`, which could overflow.
                if span / step < parts || (span / step == parts && span % step == 0) { return step }
            }
            let (next, overflow) = base.multipliedReportingOverflow(by: 10)
            guard !overflow else { return base }
            base = next
        }
    }

    /// Where a number lies when the axis is `steps` long: 0 at the low end, `steps` at the high one, and
    /// the nearer end for what lies beyond.
    func place(_ number: Int64, steps: Int) -> Int {
        Self.place(number, from: low, to: high, steps: steps)
    }

    /// As above, between any two numbers; rounded to the nearest step, a half upwards.
    static func place(_ number: Int64, from low: Int64, to high: Int64, steps: Int) -> Int {
        guard high > low, steps > 0 else { return 0 }
        let number = min(max(number, low), high)
        let span = UInt64(bitPattern: high &- low)
        let offset = UInt64(bitPattern: number &- low)
        // offset * steps / span, and the quotient is at most `steps`, so it always fits.
        let product = offset.multipliedFullWidth(by: UInt64(steps))
        let (quotient, remainder) = span.dividingFullWidth(product)
        return Int(clamping: quotient) + (remainder > 0 && remainder >= span - remainder ? 1 : 0)
    }
}

extension MeasureUnit {
    /// Wire units of the last decimal that is always shown; ticks lie no nearer together.
    var leastTick: Int64 {
        var least = wirePerUnit
        for _ in 0..<decimals { least /= 10 }
        return max(1, least)
    }

    /// "in kPa"; nothing where a number stands alone.
    var caption: String { symbol.isEmpty ? "" : "in \(symbol)" }
}
