extension ThreeMonthlyReport {
    /// The report line by line, the coverage first.
    public var lines: [String] {
        var lines = [coverage]
        lines.append("\(from.shortWords) to \(to.adding(days: -1).shortWords)")
        lines += doses
        lines.append("Reactions: \(reactions.words)")
        lines.append("Infections: \(infections.words)")
        lines.append("Courses of antibiotics: \(antibiotics.words)")
        lines += outcomes.flatMap(\.lines)
        lines += iggBelowTarget.map(\.words)
        lines += [wearingOff.verdict.words].compactMap(\.self)
        if !leftOut.isEmpty {
            let noun = leftOut.count == 1 ? "measurement" : "measurements"
            lines.append("\(leftOut.count) \(noun) without a number that can be read.")
        }
        return lines
    }
}

extension PeriodTotal {
    /// "2; 10 days not asked about", "not asked".
    public var words: String {
        var parts: [String] = []
        if let count {
            let (low, high) = (count.lowerBound, count.upperBound)
            parts.append(low == high ? "\(low)" : "\(low) to \(high)")
        } else {
            parts.append("not asked")
        }
        if count != nil, daysNotCovered > 0 {
            parts.append(
                "\(daysNotCovered) \(daysNotCovered == 1 ? "day" : "days") not asked about")
        }
        if !notAdded.isEmpty {
            let listed = notAdded.map(\.words).joined(separator: "; ")
            parts.append("not added, because the periods overlap or pass the window: \(listed)")
        }
        return parts.joined(separator: "; ")
    }
}

extension MeasureDeltas {
    /// The latest day with its numbers, then the changes.
    public var lines: [String] {
        guard let latest else { return [] }
        let name = series.measure.words
        let title = name.prefix(1).uppercased() + name.dropFirst()
        let numbers = latest.points.map(\.words).joined(separator: "; ")
        var lines = ["\(title), \(latest.day.shortWords): \(numbers)"]
        if let sinceBaseline { lines.append("  baseline, \(sinceBaseline.words)") }
        if let sinceLastVisit { lines.append("  last visit, \(sinceLastVisit.words)") }
        return lines
    }
}
