public import SyncCore

/// The slots of one plan with what fills them, as they stand on a day.
public struct DoseSchedule: Sendable {
    /// The plan's entry.
    public let plan: EntryID
    /// Why nothing new is worked out; the slots before it arose are there all the same.
    public let obstacle: PlanObstacle?
    /// In order of their days, up to an open one; of a rolling plan there is none after that.
    public let slots: [DueSlot]
    /// Courses that fill no slot: given beside what was due.
    public let additional: [DoseCourse]
    /// Courses on days of which nothing is worked out: before the plan, or while it stands open.
    public let unscheduled: [DoseCourse]
    /// Infusions dated after the patient left the programme: kept, marked, and filling nothing (C20).
    public let afterEnd: [EntryID]
    /// What only a person can answer.
    public let questions: [ScheduleQuestion]
    /// The day on which it stands so.
    public let today: CivilDate
    /// The first day after the programme.
    public let endsOn: CivilDate?

    /// Works out the slots of a plan.
    ///
    /// - Parameters:
    ///   - today: the day in the plan's zone.
    ///   - horizon: slots are made up to this day, and on to an open one after today.
    ///   - knownUntil: the first day of which something may not have been received; nil for today, on
    ///     a device that asks only itself.
    public init(
        of entry: PlanEntry, in history: PlanHistory, _ ledger: InfusionLedger, today: CivilDate,
        horizon: CivilDate? = nil, knownUntil: CivilDate? = nil
    ) {
        let timeline = DoseTimeline(entry, in: history)
        let endsOn = history.endsOn(of: entry)
        let own = ledger.infusions.filter {
            !$0.isVoided && !ledger.isSetAside($0) && history.plan(of: $0)?.entry == entry.entry
        }
        let late = own.filter { infusion in
            guard let end = endsOn, let days = infusion.days else { return false }
            return days.lowerBound >= end
        }
        let lateEntries = Set(late.map(\.entry))
        let current = own.filter { !lateEntries.contains($0.entry) }
        let search = CourseSearch(current, of: timeline, ledger: ledger, today: today)
        let covered = search.courses.filter { timeline.mayFill(on: $0.day) }
        let filling = SlotFilling(
            timeline, courses: covered,
            notDone: Self.notDone(current).filter { timeline.mayFill(on: $0.day) }, today: today,
            horizon: horizon ?? today)

        plan = entry.entry
        obstacle = history.obstacle(of: entry)
        slots = Self.slots(
            filling, of: timeline, on: today, knownUntil: knownUntil ?? today, endsOn: endsOn)
        additional = filling.additional
        unscheduled =
            search.courses.filter { !timeline.mayFill(on: $0.day) } + filling.beforePlan
        afterEnd = late.map(\.entry)
        questions =
            slots.compactMap { Self.partMissing($0, today: today) }
            + filling.contradicted.map { .givenYetNotDone($0) }
            + search.undated.map { .dayUnknown($0.entry, $0.days) }
            + search.ahead.map { .dayAhead($0.entry) }
            + history.withoutPlan(in: ledger).map { .whichPlan($0.entry, $0.days) }
        self.today = today
        self.endsOn = endsOn
    }

    /// The slots as they stand: one before a slot that was filled is over, though that one came early.
    private static func slots(
        _ filling: SlotFilling, of timeline: DoseTimeline, on today: CivilDate,
        knownUntil: CivilDate, endsOn: CivilDate?
    ) -> [DueSlot] {
        var slots: [DueSlot] = []
        var filledOn: CivilDate?
        for filled in filling.slots.reversed() {
            let over = [filled.nextOpensOn ?? endsOn, filledOn].compactMap(\.self).min()
            slots.append(
                DueSlot(filled, in: timeline, on: today, knownUntil: knownUntil, overOn: over))
            filledOn = [filledOn, filled.course?.day].compactMap(\.self).min()
        }
        return slots.reversed()
    }

    /// The entries that say a dose was not given, in order of their days.
    private static func notDone(_ infusions: [TimedInfusion]) -> [DueSlot.NotDoneEntry] {
        infusions.compactMap { infusion in
            guard case .notDone(let reason) = infusion.happening, let day = infusion.day else {
                return nil
            }
            return DueSlot.NotDoneEntry(entry: infusion.entry, day: day, reason: reason)
        }.sorted { $0.day == $1.day ? $0.entry < $1.entry : $0.day < $1.day }
    }

    /// A dose of which a part is missing, once its days are over (A6).
    private static func partMissing(_ slot: DueSlot, today: CivilDate) -> ScheduleQuestion? {
        guard let course = slot.course, course.expectedParts > 1,
            course.parts.high < course.expectedParts, !slot.isFull.perhaps,
            today > course.day.adding(days: course.expectedParts)
        else { return nil }
        return .partMissing(course)
    }
}

extension PlanHistory {
    /// The schedule of each plan, siblings side by side; none where there is no plan (A16).
    public func schedules(
        _ ledger: InfusionLedger, today: CivilDate, horizon: CivilDate? = nil,
        knownUntil: CivilDate? = nil
    ) -> [DoseSchedule] {
        entries.map {
            DoseSchedule(
                of: $0, in: self, ledger, today: today, horizon: horizon, knownUntil: knownUntil)
        }
    }
}

/// Something in a schedule that only a person can answer.
public enum ScheduleQuestion: Hashable, Sendable {
    /// A dose in parts of which not all were recorded: was the rest given?
    case partMissing(DoseCourse)
    /// Not done, and yet given.
    case givenYetNotDone(ContradictedNotDone)
    /// On which day was it? Between these, if that much is known.
    case dayUnknown(EntryID, ClosedRange<CivilDate>?)
    /// It is dated after today: is the clock wrong?
    case dayAhead(EntryID)
    /// To which of two plans does it belong?
    case whichPlan(EntryID, ClosedRange<CivilDate>?)

    /// The days it is about; nil where not even a month is known, or a clock may be wrong.
    public var days: ClosedRange<CivilDate>? {
        switch self {
        case .partMissing(let course): course.day...course.lastDay
        case .givenYetNotDone(let both):
            min(both.notDone.day, both.course.day)...max(both.notDone.day, both.course.day)
        case .dayUnknown(_, let days), .whichPlan(_, let days): days
        case .dayAhead: nil
        }
    }

    /// The entries it is about, for somebody who wants to look at them.
    public var entries: [EntryID] {
        switch self {
        case .partMissing(let course): course.infusions
        case .givenYetNotDone(let both): [both.notDone.entry] + both.course.infusions
        case .dayUnknown(let entry, _), .dayAhead(let entry), .whichPlan(let entry, _): [entry]
        }
    }
}

extension DoseTimeline {
    /// Whether an infusion of a day can fill anything: a version holds, or the first is about to.
    fileprivate func mayFill(on day: CivilDate) -> Bool {
        guard let firstDay else { return false }
        return day < firstDay || stretch(on: day) != nil
    }
}

extension DueSlot {
    fileprivate init(
        _ filled: SlotFilling.Filled, in timeline: DoseTimeline, on today: CivilDate,
        knownUntil: CivilDate, overOn: CivilDate?
    ) {
        let dose = filled.dose
        date = dose.date
        doseMilligrams = dose.doseMilligrams
        graceDays = dose.grace.days
        version = timeline.stretches[dose.stretch].version
        rampStep = dose.rampStep
        if let course = filled.course {
            filling = .course(course)
            status = .given
            return
        }
        guard filled.notDone.isEmpty else {
            filling = .notDone(filled.notDone)
            status = .notDone
            return
        }
        filling = nil
        if let overOn, overOn <= today {
            status = knownUntil < overOn ? .notReceived : .missed
        } else if today < dose.opensOn {
            status = .upcoming
        } else if today <= dose.date.adding(days: dose.grace.days) {
            status = .due
        } else {
            status = knownUntil < today ? .notReceived : .overdue
        }
    }
}
