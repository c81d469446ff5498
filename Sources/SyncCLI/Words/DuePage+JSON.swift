import DiaryDesk
import DiaryModel
import SyncClient
import SyncCore

extension DuePage {
    func json(of schedules: [DoseSchedule]) -> JSONObject {
        var object: JSONObject = [
            "otherDevices": .array(
                others.map { device in
                    [
                        "label": .string(device.label),
                        "lastWritten": device.lastWritten?.json ?? .null,
                    ]
                }), "plans": .array(schedules.map { .object(json($0)) }),
            "questions": .array(
                schedules.flatMap(\.questions).map { question in
                    [
                        "entries": .array(question.entries.map { .string($0.text) }),
                        "text": .string(question.words),
                    ]
                }), "today": .string(treatment.today.description),
            "zone": .string(treatment.zone.name),
        ]
        if let phone = treatment.history.clinicPhone { object["clinicPhone"] = .string(phone) }
        if let silence { object["clinic"] = .string(silence.rawValue) }
        return object
    }

    private func json(_ schedule: DoseSchedule) -> JSONObject {
        let due = schedule.dueNext
        var object: JSONObject = [
            "entry": .string(schedule.plan.text),
            "mayRemind": .bool(due.mayRemind && silence != .closed),
            "text": .string(due.words(today: treatment.today)),
        ]
        switch due {
        case .slot(let slot, let restsOnQuestion):
            object["due"] = .object(slot.json)
            object["restsOnQuestion"] = .bool(restsOnQuestion)
            let plan = treatment.history.entries.first { $0.entry == schedule.plan }
            if let plan = plan.flatMap({ version(of: slot, $0) })?.plan,
                let vials = treatment.vials(for: slot, of: plan)
            {
                object["vials"] = [
                    "count": .integer(vials.count),
                    "vialMilligrams": .integer(vials.vialMilligrams),
                ]
            }
        case .ended(let day): object["ended"] = .string(day.description)
        case .notComputed(let obstacle): object["obstacle"] = .string(obstacle.code)
        case .nothing: break
        }
        return object
    }
}

extension DueSlot {
    /// The stable form for programs.
    var json: JSONObject {
        var object: JSONObject = [
            "date": .string(date.description), "doseMilligrams": .integer(doseMilligrams),
            "graceDays": .integer(Int64(graceDays)), "status": .string(status.rawValue),
            "version": version.json,
        ]
        if let rampStep { object["rampStep"] = .integer(Int64(rampStep) + 1) }
        switch filling {
        case .course(let course):
            object["givenLowMilligrams"] = .integer(course.milligrams.low)
            object["givenHighMilligrams"] = .integer(course.milligrams.high)
            object["given"] = .string(course.day.description)
            object["entries"] = .array(course.infusions.map { .string($0.text) })
            object["full"] = .string(isFull.certainly ? "yes" : isFull.perhaps ? "perhaps" : "no")
            object["inTime"] = .bool(isInTime)
        case .notDone(let said):
            object["entries"] = .array(said.map { .string($0.entry.text) })
            object["reasons"] = .array(said.compactMap { $0.reason.map { .string($0.rawValue) } })
        case nil: break
        }
        return object
    }
}
