public import SyncCore

/// What a clinic has not heard of a patient though it might have, and how that stands.
///
/// The problem: silence has many reasons, and each wants another answer. A tablet that has not synced for
/// three weeks may hold every infusion; a dose of which nothing came although all devices were heard was
/// not given, or not written down. So the two are looked for apart, and nothing is called missing that
/// may lie unsent on a device (H01, H07). Where the plan has ended nobody is chased (C20).
public struct Quiet: Sendable {
    /// So many days without a word from a device make it silent.
    public let days: Int
    public let askedMs: Int64
    public let today: CivilDate
    public let coverage: PatientCoverage
    /// The devices that are waited for and were not heard in these days.
    public let silentDevices: [EnrolledDevice]
    /// Doses past their grace of which nothing is held, since the last one of which something is, in
    /// order of their days. Those not received may be written on a device.
    public let doses: [DueSlot]
    /// The last dose of which something is held: given or said not to be.
    public let lastWord: DueSlot?
    /// The last day of an infusion that is held, whatever it was given for.
    public let lastInfusion: CivilDate?
    /// Infusions dated after the end: kept, marked, and for a nurse to see (C20).
    public let afterEnd: [EntryID]
    /// Questions about infusions that may be what is missing.
    public let questions: [ScheduleQuestion]
    public let plan: PlanState

    /// Whether anything is due at all.
    public enum PlanState: Hashable, Sendable {
        case inForce
        /// No dose is expected any more.
        case ended(on: CivilDate)
        case none
        case notComputed(PlanObstacle)
    }

    /// - Parameters:
    ///   - today: the day in the plan's zone.
    ///   - receivedUntil: the first day of which something may not have been received (`CoveredDays`).
    public init(
        days: Int, _ history: PlanHistory, _ ledger: InfusionLedger, coverage: PatientCoverage,
        today: CivilDate, askedMs: Int64, receivedUntil: CivilDate
    ) {
        let schedules = history.schedules(ledger, today: today, knownUntil: receivedUntil)
        let sinceMs = askedMs.subtractingSaturating(Int64(clamping: days) * 86_400_000)
        self.days = days
        self.askedMs = askedMs
        self.today = today
        self.coverage = coverage
        silentDevices = coverage.late(atMs: sinceMs)
        doses = schedules.flatMap(\.withoutWord).sorted { $0.date < $1.date }
        lastWord = schedules.flatMap(\.slots).filter { $0.filling != nil }
            .max { $0.date < $1.date }
        lastInfusion = ledger.infusions.filter {
            !$0.isVoided && !$0.isNotDone && !ledger.isSetAside($0)
        }.compactMap(\.days?.upperBound).max()
        afterEnd = schedules.flatMap(\.afterEnd)
        questions = Self.questions(in: schedules, since: doses.first?.date)
        plan = Self.state(of: history, today: today)
    }

    private static func questions(
        in schedules: [DoseSchedule], since first: CivilDate?
    ) -> [ScheduleQuestion] {
        guard let first else { return [] }
        var asked: [ScheduleQuestion] = []
        for question in schedules.flatMap(\.questions) where !asked.contains(question) {
            switch question {
            case .dayUnknown, .dayAhead, .whichPlan:
                // A dose may be given some days early.
                let last = question.days?.upperBound
                if last.map({ $0 >= first.adding(days: -7) }) ?? true { asked.append(question) }
            case .partMissing, .givenYetNotDone: break
            }
        }
        return asked
    }

    private static func state(of history: PlanHistory, today: CivilDate) -> PlanState {
        if history.entries.isEmpty { return .none }
        if let end = history.endsOn, end <= today { return .ended(on: end) }
        let obstacle = history.entries.lazy.compactMap { history.obstacle(of: $0) }.first
        return obstacle.map(PlanState.notComputed) ?? .inForce
    }

    /// Doses of which all that was written has come, and nothing was written.
    public var unwritten: [DueSlot] { doses.filter { $0.status != .notReceived } }
    /// Doses that may be written on a device which has not synced since.
    public var perhapsUnsent: [DueSlot] { doses.filter { $0.status == .notReceived } }

    /// Whether somebody at the clinic wants to ask: a device is silent, or a dose has no word.
    public var isQuiet: Bool {
        if case .ended = plan { return false }
        return !silentDevices.isEmpty || !unwritten.isEmpty
    }

    /// The day since when something is missing, as far as it is one: for the order of a list.
    public var since: CivilDate? {
        let heard = silentDevices.map { device in
            device.heardMs.map { UniversalTime(ms: $0).date } ?? DaySpan.always.from
        }
        return (heard + unwritten.map(\.date)).min()
    }
}

extension DoseSchedule {
    /// Slots past their grace without a word, after the last one of which there is one.
    fileprivate var withoutWord: [DueSlot] {
        let spoken = slots.lastIndex { $0.filling != nil } ?? -1
        return slots.dropFirst(spoken + 1).filter {
            switch $0.status {
            case .overdue, .missed, .notReceived: true
            case .upcoming, .due, .given, .notDone: false
            }
        }
    }
}
