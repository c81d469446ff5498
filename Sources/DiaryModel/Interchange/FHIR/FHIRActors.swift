import SyncCore

/// Who and what wrote: the patient without a name, people, devices.
struct FHIRActors {
    private let diary: ExportedDiary
    private let references: FHIRReferences

    init(_ diary: ExportedDiary) {
        self.diary = diary
        references = FHIRReferences(diary)
    }

    /// Who the diary is of: what the clinic's tables call the patient, and how much was heard.
    var patient: FHIRObject {
        let own = diary.people.values.filter { FHIRReferences.actorType(of: $0) == nil }
        let entries = own.map(\.entry).sorted().map {
            FHIRParts.identifier("entry", $0.text)
        }
        var patient: FHIRObject = [
            "resourceType": "Patient", "id": .text(FHIRID.of(diary.diary)),
        ]
        patient.set(
            "extension",
            list: [
                FHIRParts.own("export-as-of", "valueInstant", instant(diary.asOfMs)),
                FHIRParts.own("coverage-to", "valueInstant", diary.coverageToMs.flatMap(instant)),
            ])
        let reference =
            diary.patientRef.isEmpty ? [] : [FHIRParts.identifier("patient", diary.patientRef)]
        patient.set(
            "identifier",
            list: reference + [FHIRParts.identifier("diary", diary.diary.text)] + entries)
        return patient
    }

    private func instant(_ ms: Int64) -> FHIRValue? { InstantText.utc(ms).map { .text($0) } }

    /// The resource of a person; nil for the patient.
    func person(_ entry: ExportedEntry) -> FHIRObject? {
        guard let person = diary.people[entry.id],
            let type = FHIRReferences.actorType(of: person)
        else { return nil }
        let common = FHIREntry(entry, in: diary)
        var fields = FHIRFields(entry)
        fields.told("name")
        if type == "RelatedPerson", person.role != nil { fields.told(Vocabulary.role) }
        var actor = common.resource(type, fields.rest)
        if common.state == .voided { actor.set("active", false) }
        if type == "RelatedPerson" {
            actor.set("patient", object: references.patient)
            let role = person.role?.rawValue ?? "role not said"
            actor.set("relationship", list: [FHIRParts.concept("role", role)])
        }
        let names = person.names.filter { !$0.isEmpty }
        actor.set("name", list: names.map { ["text": .text($0)] })
        return actor
    }

    /// A device for each log, those that only an event of another entry names among them.
    var devices: [FHIRObject] {
        var introductions: [ReplicaID: ExportedEntry] = [:]
        var replicas: Set<ReplicaID> = []
        for entry in diary.entries {
            if entry.knownKind == .replica { introductions[entry.view.entry.replica] = entry }
            replicas.formUnion(entry.events.map(\.line.envelope.replica))
        }
        return replicas.sorted().map { device($0, introductions[$0]) }
    }

    private func device(_ replica: ReplicaID, _ entry: ExportedEntry?) -> FHIRObject {
        let identifier = FHIRParts.identifier("replica", replica.text)
        guard let entry else {
            return [
                "resourceType": "Device", "id": .text(FHIRID.of(replica)),
                "identifier": [identifier],
            ]
        }
        var fields = FHIRFields(entry)
        let label: PrintedText? = fields.take(Vocabulary.label)
        var device = FHIREntry(entry, in: diary).resource(
            "Device", id: FHIRID.of(replica), identifier: identifier, fields.rest)
        if let name = label?.text, !name.isEmpty {
            device.set(
                "deviceName",
                list: [
                    ["name": .text(name), "type": "user-friendly-name"]
                ])
        }
        return device
    }
}
