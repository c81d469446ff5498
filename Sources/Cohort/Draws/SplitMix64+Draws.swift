internal import SeededRandom

/// Draws in whole numbers alone: one seed, one cohort, on every platform.
extension SplitMix64 {
    /// True in so many of 10 000 draws.
    mutating func happens(_ share: Int) -> Bool { below(CohortTable.whole) < share }

    /// One of these, by their weights; the caller keeps them in a fixed order and not empty.
    mutating func choose<Item>(_ weighted: [(Item, Int)]) -> Item {
        var left = below(weighted.reduce(0) { $0 + $1.1 })
        for (item, weight) in weighted {
            if left < weight { return item }
            left -= weight
        }
        return weighted[weighted.count - 1].0
    }

    mutating func between(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    mutating func between(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(below(Int(range.upperBound - range.lowerBound) + 1))
    }

    /// A draw from a bell shape: the sum of twelve even draws has the variance of one of them times
    /// twelve, which makes its deviation a thousand.
    mutating func draw(_ spread: Spread) -> Int64 {
        for _ in 0..<50 {
            let sum = (0..<12).reduce(Int64(-6000)) { sum, _ in sum + Int64(below(1001)) }
            let value = spread.mean + sum * spread.deviation / 1000
            if spread.within.contains(value) { return value }
        }
        return spread.mean
    }

    /// Milliseconds of a gap whose length is forgotten at every moment, of this mean.
    ///
    /// Twelfths of the mean are counted until one in twelve draws ends it; the rest is even.
    mutating func gapMs(meanHours: Int) -> Int64 {
        let step = Int64(meanHours) * 3_600_000 / 12
        var steps: Int64 = 0
        while below(12) != 0 { steps += 1 }
        return steps * step + Int64(below(Int(2 * step)))
    }
}

/// A seed for one part of the cohort, so that no part depends on how much another one drew.
func partSeed(_ seed: UInt64, _ part: UInt64) -> UInt64 {
    var mixer = SplitMix64(seed: seed ^ (part &* 0xD6E8_FEB8_6659_FD93))
    return mixer.next()
}
