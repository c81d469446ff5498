import SyncCore

/// A diary as FHIR R4 (domain 8.1): one file of lines for each type of resource.
///
/// A `MedicationAdministration` of category `lot-line` has the grams of its line in `dosage.dose`; the
/// `Procedure` it is part of carries no dose. A dose that people disagree about is absent there, and all
/// that is said of it stands in the extension `conflict`. What was given in all lies between the sums of
/// the low and of the high ends of the extension `counts`: of copies of one infusion only one is added up.
/// Without copies, and where nobody disagrees, the three are one number.
public struct FHIRExport: Sendable {
    public let files: [File]

    /// The resources of one type, one JSON text a line.
    public struct File: Sendable, Hashable {
        public let resourceType: String
        /// The lines, each ended by a line feed.
        public let text: String

        /// `Procedure.ndjson`.
        public var name: String { resourceType + ".ndjson" }
    }

    public init(_ diary: ExportedDiary) {
        let actors = FHIRActors(diary)
        var resources = [actors.patient] + actors.devices
        for entry in diary.entries {
            let common = FHIREntry(entry, in: diary)
            resources += Self.resources(of: common, actors)
            resources += FHIRProvenance(common).resources
        }
        var lines: [String: [String]] = [:]
        for resource in resources {
            guard case .text(let type)? = resource["resourceType"] else { continue }
            lines[type, default: []].append(resource.json + "\n")
        }
        files = lines.sorted { $0.key < $1.key }.map { type, lines in
            File(resourceType: type, text: lines.joined())
        }
    }

    private static func resources(of common: FHIREntry, _ actors: FHIRActors) -> [FHIRObject] {
        switch common.entry.knownKind {
        case .infusion: FHIRInfusion(common).resources
        case .check: [FHIRCheck(common).resource]
        case .reaction: [FHIRReaction(common).resource]
        case .measurement: [FHIRMeasurement(common).resource]
        case .stock: FHIRStock(common).resources
        case .note: [FHIRNote(common).resource]
        case .plan: FHIRPlan(common).resources
        case .person: [actors.person(common.entry)].compactMap(\.self)
        // Every log has its device already.
        case .replica: []
        case .training, .notice, .question, .erasure, nil: [FHIRBasic(common).resource]
        }
    }
}
