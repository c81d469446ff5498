public import SyncCore

/// What was given in a window of days against what was prescribed, as far as that is known.
///
/// The problem: a percentage hides what it does not know. Grams that have not been received yet look
/// like grams not given, a doubtful pair like a double dose, days before the plan like disobedience. So
/// the whole window has grams only, and a share is worked out for its observed days alone: those on
/// which a plan holds, that have been received, and that belong to the programme. Everything in
/// question makes it a range. Without a plan there is no share at all (A16).
public struct Adherence: Sendable {
    public let window: DayWindow
    /// All that is known to have been given in the window.
    public let given: MilligramRange
    public let prescribed: Prescribed
    /// Days of the window of which something may not have been received; never counted as nothing.
    public let daysNotReceived: Int
    /// The days that can be compared; nil where there are none.
    public let observed: Observed?
    /// What was due on the window's days and what became of it, plan by plan.
    public let slots: [DueSlot]
    /// Courses of the window beside what was due.
    public let additional: [DoseCourse]
    /// Infusions of the window that were given in hospital; they count like those at home (A17).
    public let inHospital: [EntryID]
    /// Infusions of the window dated after the programme.
    public let afterEnd: [EntryID]
    /// Infusions of the window that name an older version than the one that held: its writer could
    /// not see the new one yet (C06).
    public let olderPlanNamed: [EntryID]
    /// Infusions that count twice, once, or not at all, until somebody answers.
    public let openQuestions: [OpenQuestion]
    /// Open questions about the schedules that are of the window, or may be.
    public let scheduleQuestions: [ScheduleQuestion]

    /// Milligrams prescribed in the whole window.
    public enum Prescribed: Hashable, Sendable {
        case milligrams(Fraction)
        /// No plan holds on any of its days.
        case noPlan
        case notComputed(PlanObstacle)

        public var milligrams: Fraction? {
            if case .milligrams(let sum) = self { sum } else { nil }
        }
    }

    /// Looks at a window of days of one diary.
    ///
    /// - Parameters:
    ///   - today: the day in the plan's zone.
    ///   - receivedUntil: the first day of which something may not have been received (`CoveredDays`).
    public init(
        in window: DayWindow, _ history: PlanHistory, _ ledger: InfusionLedger, today: CivilDate,
        receivedUntil: CivilDate
    ) {
        let timelines = history.entries.map { DoseTimeline($0, in: history) }
        let schedules = history.schedules(
            ledger, today: today, horizon: window.last, knownUntil: receivedUntil)
        let sum = ledger.given(in: window)
        self.window = window
        given = sum.milligrams
        openQuestions = sum.questions
        prescribed = Self.prescribed(in: window, history, timelines)
        daysNotReceived = DaySpan(from: receivedUntil, until: nil).inside(window).dayCount
        observed = Self.observedWindow(
            window, history, timelines, receivedUntil: receivedUntil
        ).flatMap { Observed(in: $0, ledger, timelines, schedules) }
        slots = schedules.flatMap(\.slots).filter { window.contains($0.date) }
            .sorted { $0.date == $1.date ? $0.version < $1.version : $0.date < $1.date }
        additional = schedules.flatMap(\.additional).filter { window.contains($0.day) }
        let inside = ledger.infusions.filter {
            $0.placement(in: window) == .inside && !$0.isVoided && !ledger.isSetAside($0)
        }
        let late = Set(schedules.flatMap(\.afterEnd))
        afterEnd = inside.map(\.entry).filter { late.contains($0) }
        inHospital = inside.filter { $0.place == .hospital && !$0.isNotDone }.map(\.entry)
        olderPlanNamed = inside.filter { history.mention(of: $0) == .older }.map(\.entry)
        var questions: [ScheduleQuestion] = []
        for question in schedules.flatMap(\.questions)
        where !questions.contains(question) && window.placement(of: question.days) != .outside {
            questions.append(question)
        }
        scheduleQuestions = questions
    }

    static func prescribed(
        in window: DayWindow, _ history: PlanHistory, _ timelines: [DoseTimeline]
    ) -> Prescribed {
        let planned = history.entries.compactMap(\.spans.first?.days.from).min()
        let open = DayWindow(
            from: window.from, until: min(window.until, history.endsOn ?? window.until))
        for entry in history.entries {
            let blocked = history.blocked(entry).first { !$0.days.inside(open).isEmpty }
            if let blocked { return .notComputed(blocked.obstacle) }
        }
        guard let planned, !DaySpan(from: planned, until: nil).inside(open).isEmpty else {
            return .noPlan
        }
        let sum = timelines.reduce(Fraction?.some(.zero)) { sum, timeline in
            timeline.prescribed(in: window).flatMap { sum?.adding($0) }
        }
        return sum.map(Prescribed.milligrams) ?? .notComputed(.notComputable)
    }

    /// From the first day of a plan to the first day of which something is not known.
    private static func observedWindow(
        _ window: DayWindow, _ history: PlanHistory, _ timelines: [DoseTimeline],
        receivedUntil: CivilDate
    ) -> DayWindow? {
        guard let planned = timelines.compactMap(\.firstDay).min() else { return nil }
        let from = max(window.from, planned)
        let blocked = history.entries.flatMap { history.blocked($0) }.map(\.days)
            .filter { !$0.endsBy(from) }.map { max($0.from, from) }
        let ends = [window.until, receivedUntil, history.endsOn].compactMap(\.self) + blocked
        let observed = DayWindow(from: from, until: ends.min() ?? from)
        return observed.isEmpty ? nil : observed
    }
}

/// Which days have wholly been received from every device that is waited for.
public enum CoveredDays {
    /// The first day that is not: the one in which the last covered instant lies.
    ///
    /// To the minute: 23:59 is the end of its day. Nil, where nothing was received, gives the first day
    /// there is.
    public static func until(coveredMs: Int64?, zone: some ZoneRules) -> CivilDate {
        guard let coveredMs else { return DaySpan.always.from }
        return zone.day(atMs: coveredMs.addingSaturating(60_000))
    }

    /// As above for all devices of a patient; where none is waited for all days up to today are known.
    public static func until(
        _ reach: PatientCoverage.Reach, today: CivilDate, zone: some ZoneRules
    ) -> CivilDate {
        switch reach {
        case .everything: today.adding(days: 1)
        case .upTo(let ms): min(until(coveredMs: ms, zone: zone), today.adding(days: 1))
        case .nothing: DaySpan.always.from
        }
    }
}
