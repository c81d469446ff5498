import SyncCore

/// From the ids of a diary to references inside its export.
///
/// What is not held here is named by its identifier alone, so every literal reference resolves.
struct FHIRReferences {
    private let diary: ExportedDiary

    init(_ diary: ExportedDiary) { self.diary = diary }

    var patient: FHIRObject { FHIRParts.reference("Patient", FHIRID.of(diary.diary)) }

    /// The resource that stands for a whole entry.
    func entry(_ id: EntryID) -> FHIRObject {
        guard let entry = diary.entry(id) else { return logical("entry", id.text) }
        return whole(entry)
    }

    func whole(_ entry: ExportedEntry) -> FHIRObject {
        switch entry.knownKind {
        case .person: person(entry.id)
        case .replica: device(entry.view.entry.replica)
        case .plan: plan(entry) ?? FHIRParts.reference("Basic", FHIRID.of(entry.id))
        default: FHIRParts.reference(Self.type(of: entry), FHIRID.of(entry.id))
        }
    }

    /// The type of the resource that stands for an entry of a kind.
    static func type(of entry: ExportedEntry) -> String {
        switch entry.knownKind {
        case .infusion: "Procedure"
        case .check: "QuestionnaireResponse"
        case .reaction: "AdverseEvent"
        case .measurement: "Observation"
        case .note: "Communication"
        case .stock:
            entry.settled("movement")?.stringValue == "receipt" ? "SupplyDelivery" : "Basic"
        default: "Basic"
        }
    }

    /// A version of a plan, by the event that set it.
    func planVersion(_ event: EventID) -> FHIRObject {
        let versions = diary.plans[event].flatMap { diary.entry($0) }.map(PlanVersions.init)
        guard versions?.versions.contains(where: { $0.line.id == event }) == true else {
            return logical("event", event.text)
        }
        return FHIRParts.reference("MedicationRequest", FHIRID.of(event))
    }

    /// The newest version stands for a plan; nil where it has none.
    private func plan(_ entry: ExportedEntry) -> FHIRObject? {
        PlanVersions(entry).versions.last.map {
            FHIRParts.reference("MedicationRequest", FHIRID.of($0.line.id))
        }
    }

    func device(_ replica: ReplicaID) -> FHIRObject {
        FHIRParts.reference("Device", FHIRID.of(replica))
    }

    /// Who a person is here: the patient, somebody of the clinic, or somebody at home.
    func person(_ id: EntryID) -> FHIRObject {
        guard let person = diary.people[id] else { return logical("entry", id.text) }
        guard let type = Self.actorType(of: person) else { return patient }
        return FHIRParts.reference(type, FHIRID.of(id))
    }

    /// The resource of a person; nil for the patient, who has one already.
    static func actorType(of person: ExportedPerson) -> String? {
        switch person.role {
        case .patient: nil
        case .carer, nil: "RelatedPerson"
        case .nurse, .pharmacist, .doctor, .clerk, .administrator, .auditor: "Practitioner"
        }
    }

    /// Who infused or supervised: the person, else the word that was said.
    func performer(_ who: InfusedBy) -> FHIRObject? {
        if let author = who.author { return person(author) }
        switch who.code {
        case .`self`: return patient
        case .carer, .nurse, .other: return ["display": .text(who.code.words)]
        case .unknown, .declined: return nil
        }
    }

    private func logical(_ kind: String, _ value: String) -> FHIRObject {
        ["identifier": .object(FHIRParts.identifier(kind, value))]
    }
}
