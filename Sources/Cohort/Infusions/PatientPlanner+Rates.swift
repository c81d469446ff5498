internal import DiaryModel

/// How fast it runs, and how long that takes.
extension PatientPlanner {
    /// Microlitres of immunoglobulin in these vials.
    static func microlitres(of lines: [DrawnLine]) -> Int64 {
        lines.reduce(0) { sum, line in
            line.lot.component == .hy ? sum : sum + line.count * (line.lot.size.microlitres ?? 0)
        }
    }

    /// The pump's steps, over all sites together.
    var rateSteps: [RateStep] {
        switch facts.regimen.route {
        case .sc:
            let rate = facts.habits.ratePerSite * Int64(facts.habits.siteCount)
            return [RateStep(fromMinutes: 0, rateMicrolitresPerHour: rate)]
        case .fsc:
            return CohortTable.facilitatedSteps.enumerated().map {
                RateStep(fromMinutes: Int64($0 * 10), rateMicrolitresPerHour: $1)
            }
        case .iv:
            return CohortTable.intravenousSteps.enumerated().map {
                RateStep(
                    fromMinutes: Int64($0 * 30),
                    rateMicrolitresPerHour: min($1 * facts.weightGrams / 1000, 2_000_000))
            }
        }
    }

    /// Minutes from beginning to end at these rates.
    func minutes(of lines: [DrawnLine]) -> Int64 {
        var left = Self.microlitres(of: lines)
        let steps = rateSteps
        var minutes: Int64 = 0
        for (index, step) in steps.enumerated() {
            let rate = max(step.rateMicrolitresPerHour.value ?? 1, 1)
            let next = index + 1 < steps.count ? steps[index + 1].fromMinutes.value : nil
            let needed = (left * 60 + rate - 1) / rate
            let length = next.map { min($0 - minutes, needed) } ?? needed
            minutes += length
            left -= length * rate / 60
            if left <= 0 { break }
        }
        return max(minutes, 5)
    }
}
