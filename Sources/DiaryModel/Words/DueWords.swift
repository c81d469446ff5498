extension DueNext {
    /// What is due next, for a person: it reminds of the plan and tells nobody to infuse.
    public func words(today: CivilDate) -> String {
        switch self {
        case .slot(let slot, let restsOnQuestion):
            restsOnQuestion
                ? "\(slot.dueWords(today: today)) Already recorded? A question is open."
                : slot.dueWords(today: today)
        case .ended(let day):
            day <= today
                ? "The programme has ended. No reminders are sent."
                : "Nothing more is due: the programme ends on \(day.words)."
        case .notComputed(let obstacle): obstacle.words
        case .nothing: "Nothing is due."
        }
    }
}

extension DueSlot {
    /// "Next infusion: Sunday 5 April.", "Due today, Sunday 5 April."
    func dueWords(today: CivilDate) -> String {
        switch status {
        case .upcoming: "Next infusion: \(date.words)."
        case .due where date == today: "Due today, \(date.words)."
        case .due: date > today ? "Due \(date.words)." : "Was due \(date.words)."
        case .overdue:
            "Was due \(date.words), \(CountWords.of(today.days(since: date), "day")) ago."
        case .notReceived: "Was due \(date.words). Whether it was given is not known here."
        case .given, .notDone, .missed: stateWords
        }
    }

    /// How it stands, in a list: "given 2 days late", "not done: fever or infection", "missed".
    public var stateWords: String {
        switch filling {
        case .course(let course):
            let when = daysLate.map(Self.lateness) ?? "given"
            return course.wasInHospital ? "\(when), in hospital" : when
        case .notDone(let entries):
            let reasons = entries.compactMap { $0.reason?.words }
            return reasons.isEmpty ? "not done" : "not done: \(reasons.joined(separator: "; "))"
        case nil: return status.words
        }
    }

    private static func lateness(_ days: Int) -> String {
        if days == 0 { return "given on the day" }
        return "given \(CountWords.of(Int(days.magnitude), "day")) \(days > 0 ? "late" : "early")"
    }
}

extension DueSlot {
    /// "In time from Saturday 28 March to Monday 30 March."
    public var inTimeWords: String {
        guard graceDays > 0 else { return "In time on that day." }
        return "In time from \(date.adding(days: -graceDays).words) "
            + "to \(date.adding(days: graceDays).words)."
    }

    /// "Step 2 of 4 of the ramp."; nil for the rhythm of the interval.
    public func rampWords(in plan: TreatmentPlan) -> String? {
        rampStep.map { "Step \($0 + 1) of \(plan.rampDoses.count) of the ramp." }
    }
}

extension DueSlot.Status {
    /// The word that stands beside its shape in a list.
    public var words: String {
        switch self {
        case .upcoming: "upcoming"
        case .due: "due"
        case .overdue: "overdue"
        case .missed: "missed"
        case .notReceived: "not yet received"
        case .given: "given"
        case .notDone: "not done"
        }
    }
}

extension ContradictedNotDone {
    /// The question beside the not_done, which stays.
    public var words: String {
        switch given {
        case .sameDay: "later infused same day?"
        case .after:
            "infused \(CountWords.of(course.day.days(since: notDone.day), "day")) later?"
        case .before:
            "infused \(CountWords.of(notDone.day.days(since: course.day), "day")) before?"
        }
    }
}

extension ScheduleQuestion {
    /// The question as a person is asked it.
    public var words: String {
        switch self {
        case .partMissing(let course):
            "Only \(course.parts) of \(course.expectedParts) parts recorded from "
                + "\(course.day.words) on, \(GramWords.number(course.milligrams)) g. "
                + "Was the rest given?"
        case .givenYetNotDone(let both):
            "\(both.notDone.day.words) says not done, yet an infusion is there: \(both.words)"
        case .dayUnknown: "On which day was this infusion?"
        case .dayAhead: "This infusion is dated ahead of today. Is a clock wrong?"
        case .whichPlan: "To which of the plans does this infusion belong?"
        }
    }
}
