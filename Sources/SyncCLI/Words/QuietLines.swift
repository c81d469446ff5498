import DiaryDesk
import DiaryModel
import SyncCore

/// Who is quiet, the longest first, in lines for a nurse at a telephone.
struct QuietLines {
    let patient: PatientTreatment
    let quiet: Quiet

    static func reply(
        _ all: [QuietLines], withoutDiary: [String], days: Int
    ) -> Reply {
        let found = all.filter(\.quiet.isQuiet).sorted { left, right in
            let (one, other) = (left.quiet.since, right.quiet.since)
            guard let one, let other, one != other else {
                return left.patient.reference < right.patient.reference
            }
            return one < other
        }
        var reply = Reply()
        let among = CountWords.of(all.count, "patient")
        if all.isEmpty {
            reply.say("There is no diary yet.")
        } else if found.isEmpty {
            reply.say("Nobody of \(among) is quiet: every device was heard within")
            reply.say(
                "\(CountWords.of(days, "day")), and no dose is past its grace without a word.")
        } else {
            reply.say(
                "\(found.count) of \(among) \(found.count == 1 ? "is" : "are") quiet: a device not heard "
                    + "for \(CountWords.of(days, "day")),")
            reply.say("or a dose past its grace without a word.")
        }
        for one in found { reply.lines += one.lines }
        reply.lines += all.flatMap(\.patient.retiredDevices)
        for one in all where !one.quiet.afterEnd.isEmpty {
            let handles = one.quiet.afterEnd.map { one.patient.handles.handle(of: $0).text }
            reply.say(
                "\(one.patient.reference)  after end: "
                    + "\(CountWords.of(handles.count, "infusion")) (\(handles.joined(separator: ", ")))"
            )
        }
        for reference in withoutDiary { reply.say("\(reference)  has no diary yet.") }
        reply.json = [
            "days": .integer(Int64(days)), "patients": .array(all.map(\.json)),
            "quiet": .array(found.map { .string($0.patient.reference) }),
            "withoutDiary": .array(withoutDiary.map(JSONValue.string)),
        ]
        return reply
    }

    private var lines: [String] {
        let words = QuietWords(quiet)
        let missing = words.missing.enumerated().map { number, line in
            number == 0 ? "\(patient.reference)  \(line)" : "     \(line)"
        }
        return missing + words.reasons.map { "     \($0)" }
    }

    private var json: JSONValue {
        let words = QuietWords(quiet)
        var object: JSONObject = [
            "afterEnd": .array(quiet.afterEnd.map { .string($0.text) }),
            "coverage": quiet.coverage.told, "patient": .string(patient.reference),
            "perhapsUnsent": .array(quiet.perhapsUnsent.map { .object($0.json) }),
            "plan": planJSON, "quiet": .bool(quiet.isQuiet),
            "silentDevices": .array(quiet.silentDevices.map(\.json)),
            "text": .array(
                (words.missing + words.reasons).map(JSONValue.string)),
            "unwritten": .array(quiet.unwritten.map { .object($0.json) }),
        ]
        if let day = quiet.lastInfusion { object["lastInfusion"] = .string(day.description) }
        if let slot = quiet.lastWord { object["lastWord"] = .object(slot.json) }
        return .object(object)
    }

    private var planJSON: JSONValue {
        switch quiet.plan {
        case .inForce: ["state": "in_force"]
        case .ended(let day): ["on": .string(day.description), "state": "ended"]
        case .none: ["state": "none"]
        case .notComputed(let obstacle):
            ["obstacle": .string(obstacle.code), "state": "not_computed"]
        }
    }
}
