import SyncCore

/// What all resources of one entry have in common: id, version, state, subject.
struct FHIREntry {
    let entry: ExportedEntry
    let diary: ExportedDiary
    let state: RecordState
    /// Something waits for a person, or it is not relied on: FHIR's status is then `unknown`.
    let isUnclear: Bool

    init(_ entry: ExportedEntry, in diary: ExportedDiary) {
        self.entry = entry
        self.diary = diary
        state = diary.state(of: entry)
        isUnclear = state == .toReview || diary.isUnclear(entry)
    }

    /// Voided and set aside are `error`, what is unclear is `unknown`, else `otherwise`.
    ///
    /// A copy that is set aside by an open question is unclear, not in error.
    func status(otherwise: String, unclear: String = "unknown") -> String {
        if state == .voided { return "entered-in-error" }
        if isUnclear { return unclear }
        return state == .setAside ? "entered-in-error" : otherwise
    }

    /// `completed` once, `amended` after changes.
    var finished: String { entry.view.eventCount > 1 ? "amended" : "completed" }

    var subject: FHIRObject { FHIRReferences(diary).patient }

    /// The beginning of a resource: type, id, version, state.
    ///
    /// - Parameters:
    ///   - field: the part of the entry that it is; nil for the whole.
    ///   - more: further extensions.
    func resource(
        _ type: String, part field: String? = nil, _ more: [FHIRObject] = [],
        contained: [FHIRObject] = []
    ) -> FHIRObject {
        let name = field.map { entry.id.text + "#" + $0 } ?? entry.id.text
        let id = field.map { FHIRID.part($0, of: entry.id) } ?? FHIRID.of(entry.id)
        return resource(
            type, id: id, identifier: FHIRParts.identifier("entry", name), more,
            contained: contained)
    }

    func resource(
        _ type: String, id: String, identifier: FHIRObject, _ more: [FHIRObject] = [],
        contained: [FHIRObject] = []
    ) -> FHIRObject {
        var resource: FHIRObject = [
            "resourceType": .text(type), "id": .text(id),
            "meta": ["versionId": .text(String(entry.view.eventCount))],
        ]
        resource.set("contained", list: contained)
        resource.set("extension", list: standing + more)
        // Two resources have an element `status` that does not say that they are in error.
        if Self.isWithoutStatus(type), state != .active {
            resource.set("modifierExtension", list: [FHIRParts.own("state", code: state.rawValue)])
        }
        let isSingle = Self.hasOneIdentifier(type)
        resource.set("identifier", isSingle ? .object(identifier) : .objects([identifier]))
        return resource
    }

    private static func isWithoutStatus(_ type: String) -> Bool {
        type == "AdverseEvent" || type == "Basic"
    }

    private static func hasOneIdentifier(_ type: String) -> Bool {
        type == "AdverseEvent" || type == "QuestionnaireResponse"
    }

    private var standing: [FHIRObject] {
        [FHIRParts.own("state", code: state.rawValue)]
            + diary.copies.names(of: entry.id).map {
                FHIRParts.own("duplicate-group", "valueString", .text($0))
            }
    }

    /// The reason that was given with the void that stands.
    var voidReason: FHIRObject? {
        let voids = entry.fields[Vocabulary.status]?.candidates.filter {
            $0.value == .said(Vocabulary.voided)
        }
        guard state == .voided, let reason = voids?.first?.about["reason"]?.stringValue else {
            return nil
        }
        return FHIRParts.concept("reason", reason)
    }
}
