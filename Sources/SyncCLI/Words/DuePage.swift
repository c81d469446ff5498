import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// What is due next, for the person who infuses, and on what that rests.
struct DuePage {
    let treatment: Treatment
    let people: PeopleBook
    let handles: HandleBook
    /// The other devices that write in this diary.
    let others: [OtherDevice]
    /// The day on which the first device of the patient began; what was due before is nobody's miss.
    let began: CivilDate?
    /// When the clinic last signed for this diary.
    let syncedMs: Int64?
    let silence: ClinicLink.Silence?
    let recalled: [ValidationContext.RecalledLot]
    let words: DeskWords

    /// After so many days without the clinic a newer plan may have been signed (H06).
    private static let staleDays = 7
    private static let questionsShown = 3

    /// The first day of which another device may hold something; nil where nobody else writes here.
    private var knownUntil: CivilDate? {
        guard !others.isEmpty else { return nil }
        let until = CoveredDays.until(coveredMs: syncedMs, zone: treatment.zone)
        return min(until, treatment.today)
    }

    var reply: Reply {
        var reply = Reply()
        let schedules = treatment.schedules(knownUntil: knownUntil)
        if schedules.isEmpty {
            reply.say("There is no plan here, so no due day is worked out.")
            reply.lines += lastInfusion.map { ["Last infusion: \($0.longWords)."] } ?? []
        }
        // Of two plans that do not name each other one sentence says it for both.
        if schedules.contains(where: { $0.obstacle == .twoPlans }) {
            say(.notComputed(.twoPlans), in: &reply)
        }
        for schedule in schedules { say(schedule, ofSeveral: schedules.count > 1, in: &reply) }
        reply.lines += standing
        reply.json = json(of: schedules)
        return reply
    }

    /// What comes next, without all that it rests on; empty where nothing is worked out.
    var next: [String] {
        treatment.schedules(knownUntil: knownUntil).compactMap { schedule in
            guard case .slot = schedule.dueNext else { return nil }
            return schedule.dueNext.words(today: treatment.today)
        }
    }

    private var lastInfusion: CivilDate? {
        treatment.ledger.infusions.filter { !$0.isVoided && !$0.isNotDone }
            .compactMap(\.days?.upperBound).max()
    }

    // MARK: One plan

    private func say(_ schedule: DoseSchedule, ofSeveral: Bool, in reply: inout Reply) {
        guard let plan = treatment.history.entries.first(where: { $0.entry == schedule.plan })
        else { return }
        let mark = ofSeveral ? "\(handles.handle(of: plan.entry))  " : ""
        if case .slot(let slot, _) = schedule.dueNext, let version = version(of: slot, plan) {
            reply.say(mark + schedule.dueNext.words(today: treatment.today))
            say(slot, by: version, in: &reply)
            reply.lines += alreadyRecorded(slot).map { "  " + $0 }
            reply.lines += before(slot, in: schedule).map { "  " + $0 }
            reply.lines += signed(version).map { "  " + $0 }
        } else if schedule.obstacle == .twoPlans {
            reply.lines += shown(plan).map { mark + $0 }
        } else {
            say(schedule.dueNext, mark: mark, in: &reply)
            if schedule.obstacle != nil { reply.lines += shown(plan).map { "  \($0)" } }
        }
        say(schedule.questions, in: &reply)
    }

    /// The newest questions; those of long ago are counted, and stand in the JSON.
    private func say(_ questions: [ScheduleQuestion], in reply: inout Reply) {
        let newest = questions.sorted { left, right in
            (left.days?.upperBound ?? treatment.today) > (right.days?.upperBound ?? treatment.today)
        }
        for question in newest.prefix(Self.questionsShown) {
            let named = question.entries.first.map { "\(handles.handle(of: $0))  " } ?? ""
            reply.say("  \(named)\(question.words)")
        }
        let older = newest.count - Self.questionsShown
        if older > 0 { reply.say("  and \(CountWords.of(older, "older question")).") }
    }

    /// What there is instead of a day, and whom to ring.
    private func say(_ due: DueNext, mark: String = "", in reply: inout Reply) {
        reply.say(mark + due.words(today: treatment.today))
        guard case .notComputed = due else { return }
        reply.lines += treatment.history.clinicPhone.map { ["  Your clinic: \($0)."] } ?? []
        reply.note(.waits)
    }

    func version(of slot: DueSlot, _ plan: PlanEntry) -> PlanVersion? {
        plan.agreed.first { $0.isNamed(by: slot.version) }
    }

    private func say(_ slot: DueSlot, by version: PlanVersion, in reply: inout Reply) {
        guard let plan = version.plan else { return }
        let product = words.desk.catalogue.product(plan.product)?.name ?? plan.product.text
        var dose = "\(product) \(GramWords.exact(slot.doseMilligrams)) g, \(plan.route.words)"
        if let vials = treatment.vials(for: slot, of: plan) { dose += ": \(vials.words)" }
        reply.say("  \(dose).")
        if let parts = plan.parts, parts > 1 {
            reply.say("  In \(parts) parts, one dose together.")
        }
        if let step = slot.rampWords(in: plan) { reply.say("  \(step)") }
        reply.say("  \(slot.inTimeWords)")
        if let stock = treatment.stock, stock.isKept,
            let reach = StockReach(
                stock, plan: PlanFacts(plan, on: slot.date), on: slot.date, recalled: recalled)
        {
            reply.say("  At home: \(reach.words)")
        }
    }

    /// The last agreed version, where nothing is worked out from any.
    private func shown(_ plan: PlanEntry) -> [String] {
        guard let version = plan.shown else { return ["No version was ever agreed on."] }
        let what =
            version.plan?.words(in: words.desk.catalogue) ?? "a plan that cannot be read here"
        return ["Last agreed: \(what)."] + signed(version)
    }

    private func signed(_ version: PlanVersion) -> [String] {
        version.signings.map { signing in
            "Plan signed \(words.timeWithYear(signing.at)) by "
                + people.shortAuthor(signing.author, on: signing.event.replica) + "."
        }
    }

    /// What became of the dose before.
    private func before(_ slot: DueSlot, in schedule: DoseSchedule) -> [String] {
        guard let last = schedule.slots.last(where: { $0.date < slot.date }) else { return [] }
        var entries: [EntryID] = []
        var grams = ""
        switch last.filling {
        case .course(let course):
            entries = course.infusions
            grams = ", \(GramWords.number(course.milligrams)) g"
        case .notDone(let said): entries = said.map(\.entry)
        case nil:
            if let began, last.date < began {
                return ["Before it: \(last.date.words), before this diary began."]
            }
        }
        let named = entries.map { handles.handle(of: $0).text }.joined(separator: ", ")
        let marks = named.isEmpty ? "" : "  (\(named))"
        return ["Before it: \(last.date.words), \(last.stateWords)\(grams).\(marks)"]
    }

    // MARK: What it rests on

    /// H11: whoever is reminded of a dose is asked whether somebody else has recorded it.
    private func alreadyRecorded(_ slot: DueSlot) -> [String] {
        guard slot.status != .upcoming else { return [] }
        var latest: [String: Int64] = [:]
        for device in others {
            latest[device.label] = max(
                latest[device.label] ?? .min, device.lastWritten?.milliseconds ?? .min)
        }
        return latest.sorted { $0.key < $1.key }.map { label, ms in
            let day = treatment.zone.day(atMs: ms)
            let last = ms == .min ? "" : " The last from there is of \(day.words)."
            return "Already recorded on \(label)?\(last)   diary sync"
        }
    }

    /// How old the clinic's word is here.
    private var standing: [String] {
        if let silence { return SyncWords.sentences(for: silence) }
        guard let syncedMs else { return [] }
        let days =
            treatment.today.daysSinceEpoch - treatment.zone.day(atMs: syncedMs).daysSinceEpoch
        guard days >= Self.staleDays else { return [] }
        return [
            "The clinic was last heard \(CountWords.of(days, "day")) ago; a newer plan may be there.   "
                + "diary sync"
        ]
    }
}
