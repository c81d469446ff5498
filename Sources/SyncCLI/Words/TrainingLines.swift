import DiaryDesk
import DiaryModel
import SyncCore

/// How somebody is trained, in a line: who, for what, until when.
struct TrainingLines {
    let trained: TrainedPerson

    /// `Anna, sc: signed off until 29 Mar 2028`.
    var sentence: String {
        var again: String?
        if case .valid = trained.status {
            switch trained.retraining {
            case .today, .overdue:
                again = "\(ReviewCycle.retraining.words) \(trained.retraining.words)"
            case .later, .neverKnown: break
            }
        }
        return "\(trained.name), \(trained.route.rawValue): "
            + ([trained.status.words] + [again].compactMap(\.self)).joined(separator: "; ")
    }

    /// What they can do, step by step.
    var steps: String? {
        guard !trained.competencies.isEmpty else { return nil }
        return trained.competencies.map {
            "\($0.code.replacing("_", with: " ")) \($0.level.words)"
        }.joined(separator: ", ")
    }

    var json: JSONObject {
        var object: JSONObject = [
            "competencies": .object(
                JSONObject(trained.competencies.map { ($0.code, $0.level.json) })),
            "due": .bool(trained.isDue), "name": .string(trained.name),
            "route": trained.route.json, "status": .string(code),
        ]
        if let person = trained.person { object["person"] = .string(person.text) }
        if let day = until { object["until"] = .string(day.description) }
        if let warning = trained.status.warning { object["warning"] = .string(warning.rawValue) }
        switch trained.retraining {
        case .later(let day), .overdue(let day, _):
            object["retraining"] = .string(day.description)
        case .today, .neverKnown: break
        }
        return object
    }

    private var until: CivilDate? {
        switch trained.status {
        case .valid(let day): day
        case .endsSoon(let day), .ended(let day), .withdrawn(let day): day
        case .inQuestion, .notKnown: nil
        }
    }

    private var code: String {
        switch trained.status {
        case .valid: "valid"
        case .endsSoon: "ends_soon"
        case .ended: "ended"
        case .withdrawn: "withdrawn"
        case .inQuestion: "in_question"
        case .notKnown: "not_known"
        }
    }
}

extension DeskWords {
    /// Who was trained and how that stands today, then every training that was signed.
    func trainings(empty: String) throws -> Reply {
        let (trained, odd) = try desk.read("training") {
            (try $0.trained(on: desk.today), try $0.trainingBook().notUnderstood)
        }
        var reply = Reply()
        for one in trained {
            let lines = TrainingLines(trained: one)
            reply.say(lines.sentence + ".")
            if let steps = lines.steps { reply.say("  \(steps)") }
        }
        let count = odd.count
        if count > 0 {
            reply.say(
                "\(count) \(count == 1 ? "training names" : "trainings name") nobody, or nothing that "
                    + "is known here.")
        }
        let listed = try listed(.training, empty: empty)
        if !trained.isEmpty, listed.json["entries"] != [] { reply.say("") }
        reply.add(listed)
        reply.json["trained"] = .array(trained.map { .object(TrainingLines(trained: $0).json) })
        return reply
    }
}
