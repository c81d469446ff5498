import SyncCore

/// A plan: a `MedicationRequest` for each version, which is never edited; a new one names those before it.
struct FHIRPlan {
    private let common: FHIREntry
    private let references: FHIRReferences
    private let versions: [PlanVersions.Version]

    init(_ common: FHIREntry) {
        self.common = common
        references = FHIRReferences(common.diary)
        versions = PlanVersions(common.entry).versions
    }

    /// A plan of which no version is held is told whole.
    var resources: [FHIRObject] {
        versions.isEmpty ? [FHIRBasic(common).resource] : versions.map(request)
    }

    private func request(_ version: PlanVersions.Version) -> FHIRObject {
        let plan = version.plan
        let prior = version.predecessors.map { references.planVersion($0) }
        // FHIR has room for one prior prescription.
        var extensions = prior.dropFirst().map {
            FHIRParts.own("prior-prescription", "valueReference", .object($0))
        }
        if version.plan == nil {
            extensions.append(FHIRParts.own("erased", "valueBoolean", true))
        }
        let dosage = FHIRDosage(plan)
        extensions += Self.others(of: plan, without: dosage.told)
        // Everything but the plan itself stands in the last one: it is of the entry, not of a version.
        if version.line.id == versions.last?.line.id {
            var fields = FHIRFields(common.entry)
            fields.told("plan")
            extensions += fields.rest
        }

        var request = common.resource(
            "MedicationRequest", id: FHIRID.of(version.line.id),
            identifier: FHIRParts.identifier("event", version.line.id.text), extensions)
        request.set("status", .text(status(version.standing)))
        request.set("statusReason", object: common.voidReason)
        request.set("intent", "plan")
        let product = plan?["product"].flatMap { Said<ProductKey>(json: $0) }
        request.set(
            "medicationCodeableConcept",
            object: FHIRCodes.concept(of: product, in: common.diary.catalogue))
        request.set("subject", object: references.patient)
        FHIRTime.setInstant(version.line.envelope.at, as: "authoredOn", in: &request)
        if let author = version.line.envelope.author {
            request.set("requester", object: references.person(author))
        }
        if let indication = plan?["indication"]?.stringValue {
            request.set("reasonCode", list: [FHIRParts.concept("indication", indication)])
        }
        request.set("dosageInstruction", list: dosage.instructions)
        request.set("priorPrescription", object: prior.first)
        return request
    }

    private func status(_ standing: PlanVersions.Standing) -> String {
        switch standing {
        case .inConflict where common.state == .active: "on-hold"
        case .current: common.status(otherwise: "active", unclear: "on-hold")
        case .superseded: common.status(otherwise: "completed", unclear: "completed")
        case .doesNotCount, .inConflict:
            common.state == .voided ? "entered-in-error" : "unknown"
        }
    }

    /// The members of the plan that no element holds, as they were signed.
    private static func others(of plan: JSONValue?, without told: Set<String>) -> [FHIRObject] {
        let elements = told.union(["product", "indication"])
        return (plan?.objectValue?.members ?? []).filter { !elements.contains($0.key) }.map {
            member in
            let text = member.value.stringValue ?? member.value.canonicalText
            return [
                "extension": [
                    ["url": "name", "valueString": .text(member.key)],
                    ["url": "value", "valueString": .text(text.isEmpty ? "\"\"" : text)],
                ], "url": .text(FHIRNames.extension("plan-member")),
            ]
        }
    }
}
