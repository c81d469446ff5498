import SyncCore

/// A measurement: an `Observation` with its unit and method, or with why there is no value.
struct FHIRMeasurement {
    private let common: FHIREntry

    init(_ common: FHIREntry) { self.common = common }

    var resource: FHIRObject {
        var fields = FHIRFields(common.entry)
        let time: TimeValue? = fields.take("time")
        let code: PrintedText? = fields.take("measure")
        let json = common.entry.settled("value")
        let value = json.map { MeasuredValue($0) } ?? MeasuredValue(nil)
        if value.isWhollyTold { fields.told("value") }

        var observation = common.resource("Observation", fields.rest)
        let final = common.entry.view.eventCount > 1 ? "amended" : "final"
        observation.set("status", .text(common.status(otherwise: final)))
        observation.set(
            "code",
            object: code.flatMap { FHIRMeasure.concept($0.text, with: value.measure) }
                ?? FHIRParts.absent("unknown"))
        observation.set("subject", object: common.subject)
        if time != nil {
            observation.set("effectivePeriod", object: FHIRTime.period(time))
        }
        if let author = common.entry.begun?.envelope.author {
            let person = FHIRReferences(common.diary).person(author)
            observation.set("performer", list: [person])
        }
        observation.set(value.key, object: value.object)
        if value.key.isEmpty {
            observation.set("dataAbsentReason", object: Self.absence(value.reason))
        }
        observation.set("bodySite", object: code.flatMap { Self.hand($0.text) })
        if let method = json?["method"]?.stringValue {
            observation.set("method", object: FHIRParts.concept("method", method))
        }
        observation.set("component", list: value.components)
        return observation
    }

    private static func absence(_ reason: String) -> FHIRObject {
        ["coding": [FHIRParts.coding(FHIRNames.absentReasonCodes, .text(reason))]]
    }

    private static func hand(_ measure: String) -> FHIRObject? {
        switch measure {
        case "grip_l", "grip_force_l": FHIRParts.concept("body-site", "hand-L", "left hand")
        case "grip_r", "grip_force_r": FHIRParts.concept("body-site", "hand-R", "right hand")
        default: nil
        }
    }
}

/// The value of a measurement as one element, or why there is none.
private struct MeasuredValue {
    /// `valueQuantity` ...; empty where there is no value.
    var key = ""
    var object: FHIRObject?
    var components: [FHIRObject] = []
    var measure: FHIRMeasure?
    /// The reason why there is no value.
    var reason = "unknown"
    /// No member needs to be told beside it.
    var isWhollyTold = false

    init(_ json: JSONValue?) {
        guard let json else { return }
        if let word = AnswerWord(json: json) {
            reason = FHIRParts.reason(word)
            isWhollyTold = true
        } else if json == "unable" {
            // Not being able is an answer and no number.
            key = "valueCodeableConcept"
            object = FHIRParts.concept("measured", "unable")
            isWhollyTold = true
        } else if let arm = json["armPoints"]?.integerValue,
            let leg = json["legPoints"]?.integerValue
        {
            setParts(arm: arm, leg: leg, of: json)
        } else {
            setNumber(json)
        }
    }

    private mutating func setParts(arm: Int64, leg: Int64, of json: JSONValue) {
        let points = FHIRMeasure.all.first { $0.member == "points" }
        components = [("arm", arm), ("leg", leg)].map { part, number in
            [
                "code": .object(FHIRParts.concept("measure-part", part)),
                "valueQuantity": points.map { .object($0.quantity(number)) },
            ]
        }
        let (sum, overflow) = arm.addingReportingOverflow(leg)
        isWhollyTold = json.objectValue?.count == 2
        guard !overflow else { return }
        key = "valueQuantity"
        object = points?.quantity(sum)
    }

    private mutating func setNumber(_ json: JSONValue) {
        measure = FHIRMeasure.all.first { json[$0.member] != nil }
        guard let measure, let member = json[measure.member] else { return }
        switch Said<Int64>(json: member) {
        case .value(let number):
            key = "valueQuantity"
            object = measure.quantity(number)
        case .unknown: reason = FHIRParts.reason(.unknown)
        case .declined: reason = FHIRParts.reason(.declined)
        case nil: return
        }
        let others = (json.objectValue?.keys ?? []).filter {
            $0 != measure.member && $0 != "method"
        }
        isWhollyTold = others.isEmpty
    }
}
