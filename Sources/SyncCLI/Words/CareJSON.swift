import DiaryModel
import SyncCore

// What measures, reactions and reports come to, for programs: numbers in wire units, days as text.

extension MeasurePoint {
    var json: JSONValue {
        var object: JSONObject = [
            "conflict": .bool(isInConflict), "day": .string(day.description),
            "entry": .string(entry.text), "inQuestion": .bool(isInQuestion),
            "number": number.map { .integer($0.wire) } ?? .null, "when": moment.json,
        ]
        if let source { object["source"] = .string(source.rawValue) }
        return .object(object)
    }
}

extension MeasureAxis {
    var json: JSONValue {
        var object: JSONObject = [
            "quantity": .string(quantity.rawValue), "unit": .string(unit.symbol),
            "wirePerUnit": .integer(unit.wirePerUnit),
        ]
        if let instrument { object["instrument"] = .string(instrument.text) }
        return .object(object)
    }
}

extension MeasureChange {
    var json: JSONValue {
        [
            "difference": difference.map(\.json) ?? .null,
            "from": .string(before.day.description), "to": .string(after.day.description),
            "verdict": .string(verdict.code),
        ]
    }
}

extension ChangeVerdict {
    /// `better`, `below_threshold`, `not_comparable` …
    fileprivate var code: String {
        switch self {
        case .meaningful(let direction): direction.rawValue
        case .belowThreshold: "below_threshold"
        case .depends: "depends"
        case .noThreshold: "no_threshold"
        case .notComparable: "not_comparable"
        }
    }
}

extension MeasureDeltas {
    var json: JSONValue {
        [
            "axis": series.axis.json,
            "latest": latest.map { day in
                [
                    "day": .string(day.day.description),
                    "numbers": .array(day.numbers.map(JSONValue.integer)),
                    "points": .array(day.points.map(\.json)),
                ]
            } ?? .null,
            "measure": .string(series.measure.rawValue),
            "sinceBaseline": sinceBaseline.map(\.json) ?? .null,
            "sinceLastVisit": sinceLastVisit.map(\.json) ?? .null,
        ]
    }
}

extension ClosedRange<Int64> {
    var json: JSONValue { ["high": .integer(upperBound), "low": .integer(lowerBound)] }
}

extension PeriodTotal {
    var json: JSONValue {
        [
            "added": .array(added.map { .string($0.entry.text) }),
            "count": count.map(\.json) ?? .null,
            "daysNotCovered": .integer(Int64(daysNotCovered)),
            "notAdded": .array(notAdded.map { .string($0.entry.text) }),
        ]
    }
}

extension ReactionsPerInfusion {
    var json: JSONValue {
        [
            "highestGrade": highestGrade.map(JSONValue.integer) ?? .null,
            "inQuestion": .integer(Int64(inQuestion)), "infusions": infusions.json,
            "infusionsWithReaction": .integer(Int64(infusionsWithReaction)),
            "notLinked": .integer(Int64(notLinked)), "reactions": .integer(Int64(reactions)),
        ]
    }
}

extension GramsByPeriod.Period {
    var json: JSONValue {
        [
            "daysNotReceived": .integer(Int64(daysNotReceived)),
            "from": .string(window.from.description),
            "givenHighMilligrams": .integer(given.high), "givenLowMilligrams": .integer(given.low),
            "prescribed": prescribed.json,
            "until": .string(window.until.description),
        ]
    }
}

extension ReactionsByLot.Row {
    var json: JSONValue {
        var object: JSONObject = [
            "highestGrade": highestGrade.map(JSONValue.integer) ?? .null,
            "infusions": infusions.json, "product": .string(product.text),
            "withReaction": withReaction.json,
        ]
        if let lot {
            object["lot"] = .string(lot.description)
            object["printed"] = .array(printed.map { .string($0.text) })
        }
        return .object(object)
    }
}

extension CountRange {
    var json: JSONValue { ["high": .integer(Int64(high)), "low": .integer(Int64(low))] }
}
