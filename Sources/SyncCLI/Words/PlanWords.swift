import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// The plan on the screen: what it says, whose it is, and what is open about it.
extension DeskWords {
    func plans() throws -> Reply {
        let (reply, shown): (Reply, [EntryView]) = try desk.read("plan") { reading in
            let plans = try reading.plans()
            let people = try reading.people()
            var reply = Reply()
            if plans.plans.isEmpty {
                reply.say("There is no plan. Plans are signed at the clinic.")
            }
            if plans.areTwo {
                reply.say("Two plans, and neither names the other. Please telephone the clinic.")
                reply.note(.waits)
            }
            for plan in plans.plans { say(plan, people, in: &reply) }
            reply.json["plans"] = .array(plans.plans.map(json))
            reply.json["twoPlans"] = .bool(plans.areTwo)
            return (reply, plans.plans.map(\.view))
        }
        for view in shown { try desk.markShown(view) }
        return reply
    }

    private func say(_ plan: PlanOnShow, _ people: PeopleBook, in reply: inout Reply) {
        let handle = Handle(of: plan.entry)
        let words = entryWords(plan.view, people)
        if plan.view.status == .inQuestion {
            reply.say("\(handle)  One took this plan back, another signed it on. Please telephone.")
            reply.note(.waits)
        }
        if plan.isInConflict {
            reply.say(
                "\(handle)  Two new plans stand side by side. Please telephone the clinic."
                    + (plan.shown == nil ? "" : " Until then this one stays:"))
            reply.note(.waits)
        }
        let today = plan.version(on: desk.today) ?? plan.versions.last
        if let version = today {
            reply.say("\(handle)  \(words.summary(ofPlan: version.plan))")
            reply.lines += words.lines(ofPlan: version.plan).map { "  " + $0 }
            reply.say("  Signed \(time(version.at)) by \(who(version, people)).")
        }
        if let next = plan.shown, next.event != today?.event {
            reply.say("  A new version:  \(words.summary(ofPlan: next.plan))")
            reply.say("  Signed \(time(next.at)) by \(who(next, people)).")
        }
        for candidate in plan.candidates {
            let text = candidate.value.json.map(words.summary(ofPlan:)) ?? "erased"
            let author = people.author(candidate.author, on: candidate.event.replica)
            reply.say("  Signed \(time(candidate.at)) by \(author):  \(text)")
        }
    }

    private func who(_ version: PlanOnShow.Version, _ people: PeopleBook) -> String {
        people.shortAuthor(version.author, on: version.event.replica)
    }

    private func json(_ plan: PlanOnShow) -> JSONValue {
        var object: JSONObject = [
            "conflict": .bool(plan.isInConflict), "entry": .string(plan.entry.text),
            "handle": .string(Handle(of: plan.entry).text),
            "versions": .array(
                plan.versions.map { ["event": $0.event.json, "plan": $0.plan] }),
        ]
        if let version = plan.version(on: desk.today) { object["holds"] = version.event.json }
        return .object(object)
    }
}
