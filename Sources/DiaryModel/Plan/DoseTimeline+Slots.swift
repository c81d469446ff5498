import SyncCore

/// A day on which a dose is due, as the plan alone says it.
struct PlannedDose: Hashable {
    let date: CivilDate
    let doseMilligrams: Int64
    /// Days from this dose to the next one of its rhythm.
    let intervalDays: Int
    let grace: Grace
    /// Which version it is of, by its place in the timeline.
    let stretch: Int
    /// Which step of that version's ramp it is, if any.
    let rampStep: Int?

    /// The first day on which it can be given in time, or as near to that as two slots allow.
    var opensOn: CivilDate { date.adding(days: -grace.opening) }
}

extension DoseTimeline {
    /// The first dose of all.
    var firstDose: PlannedDose? {
        for index in stretches.indices {
            if let dose = beginning(of: index, notBefore: nil) { return dose }
        }
        return nil
    }

    /// The dose that comes after another one.
    ///
    /// The problem: a new version rarely begins on a day on which a dose is due. If its days were counted
    /// from its own first day, a dose due on Monday and a new version from Thursday would make two due
    /// days within one week, and the second reminder could be obeyed (H11). So a new version, and a new
    /// step of a taper, changes doses and intervals from its first day, but the dose after one that was due
    /// comes no sooner than the shorter of the two intervals. Only a ramp begins on its own days: those
    /// are dates that a doctor wrote.
    ///
    /// - Parameter anchor: from where the interval is counted: the dose's own day, or the day on which
    ///   it was given where the plan is rolling.
    func dose(after dose: PlannedDose, countedFrom anchor: CivilDate) -> PlannedDose? {
        let stretch = stretches[dose.stretch]
        var shortest = dose.intervalDays
        var date = anchor.adding(days: shortest)
        if let step = dose.rampStep, step + 1 < stretch.ramp.count {
            if stretch.days.contains(date) {
                return rampDose(step + 1, of: dose.stretch, on: date)
            }
        } else {
            for piece in stretch.pieces where !piece.days.endsBy(dose.date) {
                if piece.days.from > dose.date {
                    shortest = min(shortest, piece.intervalDays)
                    date = max(piece.days.from, anchor.adding(days: shortest))
                }
                if piece.days.contains(date) {
                    return regularDose(piece, of: dose.stretch, on: date)
                }
            }
        }
        for index in stretches.indices.dropFirst(dose.stretch + 1) {
            let next = stretches[index]
            shortest = min(shortest, next.piece(on: next.days.from).intervalDays)
            let earliest = anchor.adding(days: shortest)
            if let first = beginning(of: index, notBefore: earliest) { return first }
        }
        return nil
    }

    /// The first dose of a version.
    private func beginning(of index: Int, notBefore earliest: CivilDate?) -> PlannedDose? {
        let stretch = stretches[index]
        if let first = stretch.ramp.first {
            return stretch.days.contains(first.date) ? rampDose(0, of: index, on: first.date) : nil
        }
        let date = max(stretch.days.from, earliest ?? stretch.days.from)
        guard stretch.days.contains(date) else { return nil }
        return regularDose(stretch.piece(on: date), of: index, on: date)
    }

    private func regularDose(_ piece: PlanPiece, of index: Int, on date: CivilDate) -> PlannedDose {
        PlannedDose(
            date: date, doseMilligrams: piece.doseMilligrams, intervalDays: piece.intervalDays,
            grace: Grace(of: stretches[index].plan, intervalDays: piece.intervalDays),
            stretch: index, rampStep: nil)
    }

    private func rampDose(_ step: Int, of index: Int, on date: CivilDate) -> PlannedDose {
        let stretch = stretches[index]
        let ramp = stretch.ramp
        let next = step + 1 < ramp.count ? ramp[step + 1].date : nil
        let interval =
            next.map { $0.days(since: ramp[step].date) } ?? stretch.piece(on: date).intervalDays
        return PlannedDose(
            date: date, doseMilligrams: ramp[step].doseMilligrams, intervalDays: interval,
            grace: Grace(of: stretch.plan, intervalDays: interval), stretch: index, rampStep: step)
    }
}
