import SyncCore

/// A check before an infusion: a `QuestionnaireResponse`; what was not asked has no item.
struct FHIRCheck {
    private let common: FHIREntry

    init(_ common: FHIREntry) { self.common = common }

    var resource: FHIRObject {
        var fields = FHIRFields(common.entry)
        let start = fields.takeStart()
        var items: [FHIRObject] = []
        for field in fields.names("answer.") {
            guard let answer: Answer = fields.take(field) else { continue }
            items.append(Self.item(field, answer: Self.value(answer)))
        }
        for field in fields.names("vital.") {
            guard let json = common.entry.settled(field), let item = Self.vital(field, json) else {
                continue
            }
            fields.told(field)
            items.append(item)
        }
        let result = common.entry.settled("result")
        if let code = result?["code"]?.stringValue.flatMap({ FHIRParts.code($0) }) {
            let coding = FHIRParts.coding(FHIRNames.codes("check-result"), code)
            items.append(Self.item("result", answer: ["valueCoding": .object(coding)]))
            if result?.objectValue?.count == 1 { fields.told("result") }
        }
        var response = common.resource("QuestionnaireResponse", fields.rest)
        response.set(
            "status", .text(common.status(otherwise: common.finished, unclear: "in-progress")))
        response.set("subject", object: common.subject)
        if let start { FHIRTime.set(start, as: "authored", in: &response) }
        if let author = common.entry.begun?.envelope.author {
            response.set("author", object: FHIRReferences(common.diary).person(author))
        }
        response.set("item", list: items)
        return response
    }

    private static func item(_ field: String, answer: FHIRObject) -> FHIRObject {
        ["linkId": .text(field), "answer": [answer]]
    }

    /// Yes and no are answers; not knowing and not saying are their own two.
    private static func value(_ answer: Answer) -> FHIRObject {
        switch answer {
        case .yes: ["valueBoolean": true]
        case .no: ["valueBoolean": false]
        case .unknown: ["_valueBoolean": .object(FHIRParts.absent(.unknown))]
        case .declined: ["_valueBoolean": .object(FHIRParts.absent(.declined))]
        }
    }

    /// The members of the vital signs, with their decimals and units.
    private static let measures: [(member: String, decimals: Int, unit: String, ucum: String)] = [
        ("temperatureCelsiusHundredths", 2, "°C", "Cel"), ("systolicMmHg", 0, "mmHg", "mm[Hg]"),
        ("diastolicMmHg", 0, "mmHg", "mm[Hg]"), ("pulsePerMinute", 0, "/min", "/min"),
        ("oxygenPercent", 0, "%", "%"),
    ]

    /// Nil where a member is not understood: the field then stands whole as an extension.
    private static func vital(_ field: String, _ json: JSONValue) -> FHIRObject? {
        if let word = AnswerWord(json: json) {
            return item(field, answer: ["_valueDecimal": .object(FHIRParts.absent(word))])
        }
        guard let object = json.objectValue, !object.isEmpty else { return nil }
        var inner: [FHIRObject] = []
        for member in object.members {
            guard let measure = measures.first(where: { $0.member == member.key }),
                let said = Said<Int64>(json: member.value)
            else { return nil }
            var answer = FHIRObject()
            switch said {
            case .value(let number):
                let amount = FHIRParts.quantity(
                    number, decimals: measure.decimals, measure.unit, ucum: measure.ucum)
                answer.set("valueQuantity", object: amount)
            case .unknown: answer.set("valueQuantity", object: FHIRParts.absent(.unknown))
            case .declined: answer.set("valueQuantity", object: FHIRParts.absent(.declined))
            }
            inner.append(item("\(field).\(member.key)", answer: answer))
        }
        return ["linkId": .text(field), "item": .objects(inner)]
    }
}
