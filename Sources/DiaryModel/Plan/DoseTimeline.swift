import SyncCore

/// What one plan entry prescribes, version after version, as far as anything may be worked out from it.
struct DoseTimeline {
    /// The readable versions with the days they hold, in order.
    let stretches: [Stretch]

    /// One version with the days it holds.
    struct Stretch {
        /// The event that is the version.
        let version: Position
        let plan: TreatmentPlan
        let days: DaySpan
        let pieces: [PlanPiece]
        /// All doses of the ramp, those after the version's end among them.
        let ramp: [RampDose]

        init(_ version: Position, _ plan: TreatmentPlan, _ days: DaySpan) {
            self.version = version
            self.plan = plan
            self.days = days
            pieces = plan.pieces(until: days.until)
            ramp = plan.rampDoses
        }

        /// The piece that a day lies in; before the first that one.
        func piece(on day: CivilDate) -> PlanPiece {
            pieces.last { $0.days.from <= day } ?? pieces.first
                ?? PlanPiece(
                    days: days, doseMilligrams: plan.doseMilligrams,
                    intervalDays: Int(clamping: plan.intervalDays))
        }

        /// The day from which the interval's rhythm prescribes: one interval after the ramp's last dose.
        var regularFrom: CivilDate {
            guard let last = ramp.last?.date else { return days.from }
            return last.adding(days: piece(on: last).intervalDays)
        }
    }

    /// The agreed versions of an entry, up to the first day that is blocked, and to the programme's end.
    init(_ entry: PlanEntry, in history: PlanHistory) {
        let blocked = history.blocked(entry).map(\.days)
        let ends = [history.endsOn].compactMap(\.self)
        stretches = entry.spans.compactMap { span in
            guard let plan = span.version.plan, let event = span.version.event
            else { return nil }
            let stops = blocked.map(\.from).filter { $0 >= span.days.from } + ends
            let isBlocked = blocked.contains { $0.contains(span.days.from) }
            let until = (stops + [span.days.until].compactMap(\.self)).min()
            let days = DaySpan(from: span.days.from, until: until)
            return isBlocked || days.endsBy(days.from) ? nil : Stretch(event, plan, days)
        }
    }

    /// The first day on which something is prescribed; nil where nothing is.
    var firstDay: CivilDate? { stretches.first?.days.from }
}

extension DoseTimeline {
    /// Milligrams prescribed in a window, exactly; nil where the sum does not fit.
    ///
    /// A dose of the ramp counts whole, on its day; all other days count the dose in force over the
    /// interval in force (domain 4.1). So adjacent windows add up to the window over both.
    func prescribed(in window: DayWindow) -> Fraction? {
        var sum: Fraction? = .zero
        for stretch in stretches {
            for dose in stretch.ramp where window.contains(dose.date) {
                guard stretch.days.contains(dose.date) else { continue }
                sum = sum?.adding(Fraction(dose.doseMilligrams))
            }
            let regular = DaySpan(from: stretch.regularFrom, until: nil).inside(window)
            for piece in stretch.pieces {
                let days = Int64(piece.days.inside(regular).dayCount)
                let (milligrams, overflow) = days.multipliedReportingOverflow(
                    by: piece.doseMilligrams)
                guard days > 0 else { continue }
                guard !overflow, let part = Fraction(milligrams, over: Int64(piece.intervalDays))
                else { return nil }
                sum = sum?.adding(part)
            }
        }
        return sum
    }
}
