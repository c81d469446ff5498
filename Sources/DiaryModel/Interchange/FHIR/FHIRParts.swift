import SyncCore

/// The small parts that every resource is put together from.
enum FHIRParts {
    /// A text as a FHIR `code`; nil where it has spaces that a code may not have.
    static func code(_ text: String) -> FHIRValue? {
        let isCode = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isCode ? .text(text) : nil
    }

    /// A concept of one of our own lists; a code that FHIR cannot hold stands as words alone.
    static func concept(_ list: String, _ code: String, _ words: String? = nil) -> FHIRObject {
        var concept = FHIRObject()
        if let value = Self.code(code) {
            concept.set("coding", list: [coding(FHIRNames.codes(list), value)])
        }
        concept.set("text", .text(words ?? code))
        return concept
    }

    static func coding(_ system: String, _ code: FHIRValue, _ display: String? = nil) -> FHIRObject
    {
        ["system": .text(system), "code": code, "display": display.map { .text($0) }]
    }

    /// An amount with a unit of UCUM.
    static func quantity(_ number: Int64, decimals: Int, _ unit: String, ucum: String? = nil)
        -> FHIRObject
    {
        [
            "value": .decimal(ExactDecimal(number, decimals: decimals)), "unit": .text(unit),
            "system": .text(FHIRNames.ucum), "code": .text(ucum ?? unit),
        ]
    }

    static func grams(_ milligrams: Int64) -> FHIRObject { quantity(milligrams, decimals: 3, "g") }

    static func millilitres(_ microlitres: Int64) -> FHIRObject {
        quantity(microlitres, decimals: 3, "mL")
    }

    /// Why a value is not there: `unknown`, `asked-unknown`, `asked-declined`, `masked`.
    static func absent(_ reason: String) -> FHIRObject {
        ["extension": [absence(reason)]]
    }

    static func absence(_ reason: String) -> FHIRObject {
        ["url": .text(FHIRNames.dataAbsentReason), "valueCode": .text(reason)]
    }

    static func absent(_ word: AnswerWord) -> FHIRObject { absent(reason(word)) }

    static func reason(_ word: AnswerWord) -> String {
        switch word {
        case .unknown: "asked-unknown"
        case .declined: "asked-declined"
        }
    }

    /// An extension of ours with one value: `valueCode`, `valueString` ...
    static func own(_ name: String, _ key: String, _ value: FHIRValue?) -> FHIRObject {
        guard let value, !value.isEmpty else { return [:] }
        return ["url": .text(FHIRNames.extension(name)), key: value]
    }

    static func own(_ name: String, code: String) -> FHIRObject {
        guard let value = Self.code(code) else { return own(name, "valueString", .text(code)) }
        return own(name, "valueCode", value)
    }

    /// A number where FHIR has 32 bits for it; a greater one as text.
    static func own(_ name: String, number: Int64) -> FHIRObject {
        Int32(exactly: number) == nil
            ? own(name, "valueString", .text(String(number)))
            : own(name, "valueInteger", .integer(number))
    }

    static func identifier(_ kind: String, _ value: String) -> FHIRObject {
        ["system": .text(FHIRNames.identifiers(kind)), "value": .text(value)]
    }

    static func reference(_ type: String, _ id: String) -> FHIRObject {
        ["reference": .text("\(type)/\(id)")]
    }
}
