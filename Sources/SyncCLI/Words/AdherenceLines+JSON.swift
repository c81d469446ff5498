import DiaryDesk
import DiaryModel
import SyncCore

extension AdherenceLines {
    /// Grams in milligrams, shares as exact fractions in text: `55/64`.
    var json: JSONValue {
        let window = adherence.window
        var object: JSONObject = [
            "additional": .array(adherence.additional.map { json($0) }),
            "afterEnd": Self.entries(adherence.afterEnd), "coverage": patient.coverage.told,
            "daysNotReceived": .integer(Int64(adherence.daysNotReceived)),
            "from": .string(window.from.description),
            "givenHighMilligrams": .integer(adherence.given.high),
            "givenLowMilligrams": .integer(adherence.given.low),
            "inHospital": Self.entries(adherence.inHospital),
            "olderPlanNamed": Self.entries(adherence.olderPlanNamed),
            "patient": .string(patient.reference), "prescribed": prescribedJSON,
            "questions": .array(questions),
            "slots": .array(adherence.slots.map { .object($0.json) }),
            "text": .array(AdherenceWords(adherence).lines.map(JSONValue.string)),
            "until": .string(window.until.description),
            "zone": .string(patient.treatment.zone.name),
        ]
        if let observed = adherence.observed { object["observed"] = json(observed) }
        return .object(object)
    }

    private var questions: [JSONValue] {
        let asked: [JSONValue] = adherence.openQuestions.map { question in
            ["entries": Self.entries(question.entries), "text": .string(question.kind.words)]
        }
        return asked
            + adherence.scheduleQuestions.map { question in
                ["entries": Self.entries(question.entries), "text": .string(question.words)]
            }
    }

    private var prescribedJSON: JSONValue {
        switch adherence.prescribed {
        case .milligrams(let sum): ["milligrams": .string(sum.description), "state": "planned"]
        case .noPlan: ["state": "no_plan"]
        case .notComputed(let obstacle):
            ["obstacle": .string(obstacle.code), "state": "not_computed"]
        }
    }

    private func json(_ observed: Adherence.Observed) -> JSONValue {
        var object: JSONObject = [
            "from": .string(observed.window.from.description),
            "fullDoses": Self.counted(observed.slotsFull, observed.fullDoses),
            "given": Self.counted(observed.slotsGiven, nil),
            "givenHighMilligrams": .integer(observed.given.high),
            "givenLowMilligrams": .integer(observed.given.low),
            "inTime": Self.counted(observed.slotsInTime, observed.timing),
            "prescribedMilligrams": .string(observed.prescribed.description),
            "slotsClosed": .integer(Int64(observed.slotsClosed)),
            "until": .string(observed.window.until.description),
        ]
        if let dose = observed.dose { object["dose"] = Self.share(dose) }
        return .object(object)
    }

    private func json(_ course: DoseCourse) -> JSONValue {
        [
            "day": .string(course.day.description), "entries": Self.entries(course.infusions),
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
