import SyncCore

/// Which course fills which slot, and what is left over.
///
/// The problem: slots and infusions meet in any number, and each decision changes the next: in a rolling
/// plan even the day of the next slot. The rule (domain 4.1): an infusion fills the nearest open slot,
/// ties go to the earlier one; each slot is filled once; what finds none is additional, and not an early
/// dose of the slot after.
///
/// A plan with days of its own (fixed): of the courses that are nearest to a slot the nearest fills it. One
/// that came before it and was not the nearest fills the slot before, if that stands open; otherwise it
/// is additional. A rolling plan has one open slot at a time, since the next one is counted from what
/// fills it: the first course that is nearer to it than to the last one fills it, until the next opens.
/// A not_done closes the slot that is due on its day. If that slot is filled it is kept and marked.
///
/// It walks once along the days, so neither arrival nor the order of the list can matter.
struct SlotFilling {
    private(set) var slots: [Filled] = []
    private(set) var additional: [DoseCourse] = []
    /// Courses from before the plan's first day.
    private(set) var beforePlan: [DoseCourse] = []
    private(set) var contradicted: [ContradictedNotDone] = []
    /// Not_dones at which nothing was due.
    private(set) var unattached: [DueSlot.NotDoneEntry] = []

    /// A slot with what fills it.
    struct Filled {
        let dose: PlannedDose
        /// The first day on which the next one is open; nil where none comes.
        var nextOpensOn: CivilDate?
        var course: DoseCourse?
        var notDone: [DueSlot.NotDoneEntry] = []
    }

    private let timeline: DoseTimeline
    private let today: CivilDate
    private var courses: ArraySlice<DoseCourse>
    private var notDone: ArraySlice<DueSlot.NotDoneEntry>

    /// More slots than there are days from 1900 to 2200 are not walked.
    private static let limit = 110_000

    /// - Parameters:
    ///   - courses: in order of their days, none after today.
    ///   - notDone: in order of their days.
    ///   - horizon: slots are made up to this day, and on to an open one; of a rolling plan no further.
    init(
        _ timeline: DoseTimeline, courses: [DoseCourse], notDone: [DueSlot.NotDoneEntry],
        today: CivilDate, horizon: CivilDate
    ) {
        self.timeline = timeline
        self.today = today
        self.courses = courses[...]
        self.notDone = notDone[...]
        var next = timeline.firstDose
        while let dose = next, slots.count < Self.limit {
            // On the calendar's last day no other follows.
            next = fill(dose).flatMap { $0.date > dose.date ? $0 : nil }
            if isWaiting(dose) || (dose.date > max(horizon, today) && isOpen) { break }
        }
        additional += self.courses
    }

    private func isRolling(_ dose: PlannedDose) -> Bool {
        timeline.stretches[dose.stretch].plan.dueMode == .rolling
    }

    /// Whether nothing has filled the last slot so far.
    private var isOpen: Bool {
        slots.last.map { $0.course == nil && $0.notDone.isEmpty } ?? false
    }

    /// Whether the next slot of a rolling plan is not known before this one is filled.
    private func isWaiting(_ dose: PlannedDose) -> Bool {
        let isOver = slots.last?.nextOpensOn.map { $0 <= today } ?? false
        return isRolling(dose) && isOpen && !isOver
    }

    /// Fills one slot and says which comes next.
    private mutating func fill(_ dose: PlannedDose) -> PlannedDose? {
        dropEarly(before: dose)
        let planned = timeline.dose(after: dose, countedFrom: dose.date)
        var slot = Filled(dose: dose, nextOpensOn: planned?.opensOn)
        var next = planned
        if isRolling(dose) {
            if let first = courses.first, planned.map({ first.day < $0.opensOn }) ?? true {
                courses.removeFirst()
                slot.course = first
                next = timeline.dose(after: dose, countedFrom: first.day)
                slot.nextOpensOn = next?.opensOn
            }
        } else {
            slot.course = takeNearest(to: dose, before: planned)
        }
        close(&slot, before: next)
        slots.append(slot)
        return next
    }

    /// Leaves out the courses that are nearer to the last dose than to this one.
    private mutating func dropEarly(before dose: PlannedDose) {
        while let first = courses.first, first.day < dose.date {
            let ahead = dose.date.days(since: first.day)
            guard let last = slots.last else {
                if first.day >= dose.opensOn { return }
                beforePlan.append(courses.removeFirst())
                continue
            }
            let since = first.day.days(since: isRolling(last.dose) ? last.lastDay : last.dose.date)
            if ahead < since, ahead <= (dose.intervalDays - 1) / 2 { return }
            additional.append(courses.removeFirst())
        }
    }

    /// The nearest of the courses that lie nearer to this dose than to the next; the others find their place.
    private mutating func takeNearest(
        to dose: PlannedDose, before next: PlannedDose?
    ) -> DoseCourse? {
        let own = courses.prefix { course in
            let since = course.day.days(since: dose.date)
            return next.map { since <= $0.date.days(since: course.day) } ?? true
        }
        courses = courses.dropFirst(own.count)
        // The first of equals: they stand in order of their days.
        let nearest = own.min {
            $0.day.days(since: dose.date).magnitude < $1.day.days(since: dose.date).magnitude
        }
        for course in own where course != nearest {
            if course.day < dose.date, let last = slots.indices.last,
                slots[last].course == nil, slots[last].notDone.isEmpty,
                !isRolling(slots[last].dose)
            {
                slots[last].course = course
            } else {
                additional.append(course)
            }
        }
        return nearest
    }

    /// Takes the not_dones of the days on which this slot is the one that is due.
    private mutating func close(_ slot: inout Filled, before next: PlannedDose?) {
        let dose = slot.dose
        while let entry = notDone.first, slot.nextOpensOn.map({ entry.day < $0 }) ?? true {
            if slots.isEmpty, entry.day < dose.opensOn {
                unattached.append(notDone.removeFirst())
                continue
            }
            if let course = slot.course {
                // Given before, and nearer to the next: it speaks of the next.
                if let next, course.day < entry.day,
                    next.date.days(since: entry.day) < entry.day.days(since: dose.date)
                {
                    return
                }
                contradicted.append(
                    ContradictedNotDone(notDone: notDone.removeFirst(), course: course))
            } else {
                slot.notDone.append(notDone.removeFirst())
            }
        }
    }
}

extension SlotFilling.Filled {
    /// The day on which it was given, or was due.
    fileprivate var lastDay: CivilDate { course?.day ?? dose.date }
}

/// A not_done whose dose was given all the same: both are kept, a person is asked (C11).
public struct ContradictedNotDone: Hashable, Sendable {
    public let notDone: DueSlot.NotDoneEntry
    public let course: DoseCourse

    /// When the dose was given.
    public enum When: Hashable, Sendable { case before, sameDay, after }

    public var given: When {
        if course.day == notDone.day { return .sameDay }
        return course.day < notDone.day ? .before : .after
    }
}
