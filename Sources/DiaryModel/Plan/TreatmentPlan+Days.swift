/// A run of days in which a plan's dose and interval stay the same.
struct PlanPiece: Hashable {
    let days: DaySpan
    let doseMilligrams: Int64
    let intervalDays: Int
}

/// A dose of a ramp with the day it is planned for.
struct RampDose: Hashable {
    let date: CivilDate
    let doseMilligrams: Int64
}

extension TreatmentPlan {
    /// The plan's days from its first to the end, cut where its taper changes the dose or the interval.
    ///
    /// A step dated before the plan begins holds from its first day; of several such the last stands.
    func pieces(until end: CivilDate? = nil) -> [PlanPiece] {
        var dose = doseMilligrams
        var interval = Int(clamping: intervalDays)
        var start = effectiveFrom
        var pieces: [PlanPiece] = []
        for step in (taper ?? []).sorted(by: { $0.from < $1.from }) {
            if let end, step.from >= end { break }
            if step.from > start {
                pieces.append(
                    PlanPiece(
                        days: DaySpan(from: start, until: step.from), doseMilligrams: dose,
                        intervalDays: interval))
                start = step.from
            }
            switch step.change {
            case .doseMilligrams(let changed): dose = changed
            case .intervalDays(let changed): interval = Int(clamping: changed)
            }
        }
        pieces.append(
            PlanPiece(
                days: DaySpan(from: start, until: end), doseMilligrams: dose, intervalDays: interval
            ))
        return pieces
    }

    /// The doses of the ramp in order of their days.
    var rampDoses: [RampDose] {
        (ramp ?? []).sorted { $0.dayOffset < $1.dayOffset }.map { step in
            RampDose(
                date: effectiveFrom.adding(days: Int(clamping: step.dayOffset)),
                doseMilligrams: step.doseMilligrams)
        }
    }

    /// Milligrams of the dose that an infusion of this day gives.
    ///
    /// A step of the ramp holds from its grace before its day until the next one's.
    func doseMilligrams(on day: CivilDate) -> Int64 {
        let pieces = pieces()
        let piece = pieces.last { $0.days.from <= day } ?? pieces.first
        let doses = rampDoses
        guard let last = doses.last else { return piece?.doseMilligrams ?? doseMilligrams }
        let interval = piece?.intervalDays ?? Int(clamping: intervalDays)
        let regular = last.date.adding(days: interval)
        if graceStart(of: regular, intervalDays: interval) <= day {
            return piece?.doseMilligrams ?? doseMilligrams
        }
        var holding = doses.first
        for (before, step) in zip(doses, doses.dropFirst()) {
            let gap = step.date.days(since: before.date)
            if graceStart(of: step.date, intervalDays: gap) <= day { holding = step }
        }
        return holding?.doseMilligrams ?? doseMilligrams
    }

    private func graceStart(of date: CivilDate, intervalDays: Int) -> CivilDate {
        date.adding(days: -Grace(of: self, intervalDays: intervalDays).opening)
    }
}
