import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// The plan on the screen: what it says, whose it is, and what is open about it.
extension DeskWords {
    /// - Parameter withUse: whether it is said of each version which infusions name it.
    func plans(withUse: Bool = false) throws -> Reply {
        let (reply, shown): (Reply, [EntryView]) = try desk.read("plan") { reading in
            let history = try reading.plans()
            let ledger = try withUse ? Treatment(of: [reading], at: desk.clock.now).ledger : nil
            let page = PlanPage(
                history: history, people: try reading.people(), handles: try reading.handles(),
                ledger: ledger, today: reading.zone(of: history).day(atMs: desk.clock.now),
                words: self)
            var reply = Reply()
            if history.entries.isEmpty {
                reply.say("There is no plan. Plans are signed at the clinic.")
            }
            if !history.twoPlans.isEmpty {
                reply.say(PlanObstacle.twoPlans.words)
                reply.lines += page.phone
                reply.note(.waits)
            }
            var views: [EntryView] = []
            for plan in history.entries {
                guard let view = try reading.view(of: plan.entry) else { continue }
                page.say(plan, view, in: &reply)
                views.append(view)
            }
            reply.json["plans"] = .array(history.entries.map(page.json))
            reply.json["today"] = .string(page.today.description)
            reply.json["twoPlans"] = .bool(!history.twoPlans.isEmpty)
            return (reply, views)
        }
        for view in shown { try desk.markShown(view) }
        return reply
    }
}

/// The plans of one diary, as one look at it finds them.
struct PlanPage {
    let history: PlanHistory
    let people: PeopleBook
    let handles: HandleBook
    /// The infusions, where it is asked which version each of them names.
    let ledger: InfusionLedger?
    let today: CivilDate
    let words: DeskWords

    /// `Your clinic: 01865 000000.`, where a plan says the number.
    var phone: [String] { history.clinicPhone.map { ["  Your clinic: \($0)."] } ?? [] }

    func say(_ plan: PlanEntry, _ view: EntryView, in reply: inout Reply) {
        let handle = handles.handle(of: plan.entry)
        let entry = words.entryWords(view, people)
        if let obstacle = plan.obstacle {
            reply.say("\(handle)  \(obstacle.words)")
            reply.lines += phone
            if plan.isInConflict, plan.shown != nil { reply.say("  Until then this one stays:") }
            reply.note(.waits)
        }
        let holding = plan.version(on: today) ?? plan.shown
        if let holding {
            reply.say("\(handle)  \(holding.json.map(entry.summary(ofPlan:)) ?? "erased")")
            reply.lines += (holding.json.map(entry.lines(ofPlan:)) ?? []).map { "  " + $0 }
            for signing in holding.signings { reply.say("  \(signed(signing)).") }
        }
        if let next = plan.shown, next != holding {
            reply.say("  A new version:  \(next.json.map(entry.summary(ofPlan:)) ?? "erased")")
            for signing in next.signings { reply.say("  \(signed(signing)).") }
        }
        for candidate in plan.candidates {
            for signing in candidate.signings {
                let author = people.author(signing.author, on: signing.event.replica)
                reply.say("  Signed \(words.timeWithYear(signing.at)) by \(author):")
            }
            reply.say("    \(candidate.json.map(entry.summary(ofPlan:)) ?? "erased")")
            reply.lines += use(of: candidate).map { "    " + $0 }
        }
        if plan.agreed.count > 1 || ledger != nil { sayVersions(of: plan, in: &reply) }
    }

    /// Every version that people agreed on, the newest first; none was ever changed.
    private func sayVersions(of plan: PlanEntry, in reply: inout Reply) {
        let order = plan.agreed.count > 1 ? ", the newest first" : ""
        reply.say("  \(CountWords.of(plan.agreed.count, "version"))\(order):")
        for version in plan.agreed.reversed() {
            let from = version.effectiveFrom?.shortWords ?? "?"
            let what = version.plan?.words(in: words.desk.catalogue) ?? unreadable(version)
            let end = version.effectiveUntil.map { ", no more from \($0.shortWords)" } ?? ""
            reply.say("    from \(from)  \(what)\(end)")
            for signing in version.signings { reply.say("      \(signed(signing)).") }
            if !plan.spans.contains(where: { $0.version == version }) {
                reply.say("      It held on no day: a later one came first.")
            }
            reply.lines += use(of: version).map { "      " + $0 }
        }
    }

    private func unreadable(_ version: PlanVersion) -> String {
        version.json == nil ? "erased" : "needs a newer version of this program"
    }

    /// `Signed Sun 29 Mar 10:00 by m.rees, doctor`.
    private func signed(_ signing: PlanVersion.Signing) -> String {
        "Signed \(words.timeWithYear(signing.at)) by "
            + people.shortAuthor(signing.author, on: signing.event.replica)
    }

    /// How many infusions name a version, and those that say something by it.
    private func use(of version: PlanVersion) -> [String] {
        guard let ledger else { return [] }
        let use = VersionUse(of: version, in: history, ledger)
        return [use.words]
            + use.notable.map { named in
                let day = named.days?.lowerBound.words ?? "day not known"
                let handle = handles.handle(of: named.entry)
                return "\(handle)  \(day): \(named.mention.words ?? "")"
            }
    }
}

extension PlanPage {
    func json(_ plan: PlanEntry) -> JSONValue {
        var object: JSONObject = [
            "candidates": .array(plan.candidates.map { json($0, of: plan) }),
            "conflict": .bool(plan.isInConflict), "entry": .string(plan.entry.text),
            "handle": .string(handles.handle(of: plan.entry).text),
            "versions": .array(plan.agreed.reversed().map { json($0, of: plan) }),
        ]
        if let obstacle = history.obstacle(of: plan) {
            object["obstacle"] = .string(obstacle.code)
        }
        if let version = plan.version(on: today)?.event { object["holds"] = version.json }
        return .object(object)
    }

    private func json(_ version: PlanVersion, of plan: PlanEntry) -> JSONValue {
        var object: JSONObject = [
            "plan": version.json ?? .null,
            "signed": .array(
                version.signings.map { signing in
                    [
                        "at": signing.at.json,
                        "by": .string(people.author(signing.author, on: signing.event.replica)),
                        "event": signing.event.json,
                    ]
                }),
        ]
        if let event = version.event { object["event"] = event.json }
        if let span = plan.spans.first(where: { $0.version == version }) {
            object["from"] = .string(span.days.from.description)
            if let until = span.days.until { object["until"] = .string(until.description) }
        }
        if let ledger {
            object["infusions"] = .array(
                VersionUse(of: version, in: history, ledger).infusions.map { named in
                    [
                        "entry": .string(named.entry.text),
                        "stands": .string(named.mention.code),
                    ]
                })
        }
        return .object(object)
    }
}
