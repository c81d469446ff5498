import DiaryDesk
import DiaryModel
import SyncCore

extension AdherenceLines {
    var json: JSONValue {
        var object = adherence.json
        object["coverage"] = patient.coverage.told
        object["patient"] = .string(patient.reference)
        object["zone"] = .string(patient.treatment.zone.name)
        return .object(object)
    }
}

extension Adherence {
    /// Grams in milligrams, shares as exact fractions in text: `55/64`.
    var json: JSONObject {
        var object: JSONObject = [
            "additional": .array(additional.map { Self.json($0) }),
            "afterEnd": Self.entries(afterEnd),
            "daysNotReceived": .integer(Int64(daysNotReceived)),
            "from": .string(window.from.description),
            "givenHighMilligrams": .integer(given.high), "givenLowMilligrams": .integer(given.low),
            "inHospital": Self.entries(inHospital),
            "olderPlanNamed": Self.entries(olderPlanNamed), "prescribed": prescribed.json,
            "questions": .array(questions), "slots": .array(slots.map { .object($0.json) }),
            "text": .array(AdherenceWords(self).lines.map(JSONValue.string)),
            "until": .string(window.until.description),
        ]
        if let observed { object["observed"] = Self.json(observed) }
        return object
    }

    private var questions: [JSONValue] {
        let asked: [JSONValue] = openQuestions.map { question in
            ["entries": Self.entries(question.entries), "text": .string(question.kind.words)]
        }
        return asked
            + scheduleQuestions.map { question in
                ["entries": Self.entries(question.entries), "text": .string(question.words)]
            }
    }

    private static func json(_ observed: Observed) -> JSONValue {
        var object: JSONObject = [
            "from": .string(observed.window.from.description),
            "fullDoses": counted(observed.slotsFull, observed.fullDoses),
            "given": counted(observed.slotsGiven, nil),
            "givenHighMilligrams": .integer(observed.given.high),
            "givenLowMilligrams": .integer(observed.given.low),
            "inTime": counted(observed.slotsInTime, observed.timing),
            "prescribedMilligrams": .string(observed.prescribed.description),
            "slotsClosed": .integer(Int64(observed.slotsClosed)),
            "until": .string(observed.window.until.description),
        ]
        if let dose = observed.dose { object["dose"] = share(dose) }
        return .object(object)
    }

    private static func json(_ course: DoseCourse) -> JSONValue {
        [
            "day": .string(course.day.description), "entries": entries(course.infusions),
            "givenHighMilligrams": .integer(course.milligrams.high),
            "givenLowMilligrams": .integer(course.milligrams.low),
        ]
    }

    private static func counted(_ count: CountRange, _ share: FractionRange?) -> JSONValue {
        var object: JSONObject = [
            "high": .integer(Int64(count.high)), "low": .integer(Int64(count.low)),
        ]
        if let share { object["share"] = Self.share(share) }
        return .object(object)
    }

    private static func share(_ range: FractionRange) -> JSONValue {
        [
            "high": .string(range.high.description), "low": .string(range.low.description),
            "text": .string(range.percent),
        ]
    }

    private static func entries(_ entries: [EntryID]) -> JSONValue {
        .array(entries.map { .string($0.text) })
    }
}

extension Adherence.Prescribed {
    /// Exact milligrams, or why there are none.
    var json: JSONValue {
        switch self {
        case .milligrams(let sum): ["milligrams": .string(sum.description), "state": "planned"]
        case .noPlan: ["state": "no_plan"]
        case .notComputed(let obstacle):
            ["obstacle": .string(obstacle.code), "state": "not_computed"]
        }
    }
}

extension PatientCoverage {
    /// How far it reaches, and the devices it rests on.
    var told: JSONValue {
        var object: JSONObject = ["devices": json]
        switch reach {
        case .everything: object["reach"] = "everything"
        case .nothing: object["reach"] = "nothing"
        case .upTo(let ms):
            object["reach"] = "up_to"
            object["upToMs"] = .integer(ms)
        }
        return .object(object)
    }
}
