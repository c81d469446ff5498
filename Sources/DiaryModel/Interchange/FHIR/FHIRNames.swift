import SyncCore

/// The names under which this product's own codes, ids and extensions stand, and those of others.
enum FHIRNames {
    private static let own = "urn:home-infusion-diary:"

    /// A local code system: `urn:home-infusion-diary:code:product`.
    static func codes(_ list: String) -> String { own + "code:" + list }
    /// What an identifier is of: `diary`, `entry`, `event`, `replica`, `patient`.
    static func identifiers(_ kind: String) -> String { own + "id:" + kind }
    static func `extension`(_ name: String) -> String { own + "extension:" + name }

    static let ucum = "http://unitsofmeasure.org"
    static let snomed = "http://snomed.info/sct"
    static let loinc = "http://loinc.org"
    static let gtin = "https://www.gs1.org/gtin"
    static let dataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    static let zoneCode = "http://hl7.org/fhir/StructureDefinition/tz-code"
    static let dataOperation = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
    static let participantType =
        "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
    static let absentReasonCodes = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    static let seriousness = "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness"
    static let severity = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
    static let reactionOutcome = "http://terminology.hl7.org/CodeSystem/adverse-event-outcome"
    static let supplyType = "http://terminology.hl7.org/CodeSystem/supply-item-type"
}

/// Ids of resources: at most 64 of `A-Z a-z 0-9 - .`, so an event's id stands in hexadecimal.
enum FHIRID {
    /// The id of what an entry, an event, a log or a diary is.
    static func of(_ id: some OpaqueIdentifier) -> String { hexadecimal(id.octets) }

    /// The id of one part of an entry, by the name of its field: a hash, since both do not fit.
    static func part(_ field: String, of entry: EntryID) -> String {
        hexadecimal(
            SHA256Hash.octets(
                of: Array("diary-fhir-part-v1".utf8) + [0] + entry.octets + Array(field.utf8)))
    }

    private static func hexadecimal(_ octets: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}
