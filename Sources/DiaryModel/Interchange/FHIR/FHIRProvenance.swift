import SyncCore

/// Who wrote what, when, on which device: a `Provenance` for each event.
///
/// The target is a version of what the event changed: `/_history/n`, n being the count of the event in the
/// order in which this store has its entry's events. Concurrent events have no order, so n identifies
/// nothing: the event's id does.
struct FHIRProvenance {
    private let common: FHIREntry
    private let references: FHIRReferences

    init(_ common: FHIREntry) {
        self.common = common
        references = FHIRReferences(common.diary)
    }

    var resources: [FHIRObject] {
        common.entry.events.enumerated().map { provenance($0.element.line, number: $0.offset + 1) }
    }

    private func provenance(_ line: EventLine, number: Int) -> FHIRObject {
        let body = line.body
        let isVoid = body?.set[Vocabulary.status] == Vocabulary.voided
        var provenance: FHIRObject = [
            "resourceType": "Provenance", "id": .text(FHIRID.of(line.id)),
        ]
        provenance.set("extension", list: extensions(line, isErased: body == nil))
        provenance.set("target", list: targets(line, number))
        FHIRTime.setInstant(line.envelope.at, as: "recorded", in: &provenance)
        if let reason = body?.about["reason"]?.stringValue {
            provenance.set("reason", list: [FHIRParts.concept("reason", reason)])
        }
        let activity: FHIRValue =
            line.envelope.kind != nil ? "CREATE" : isVoid ? "NULLIFY" : "UPDATE"
        provenance.set(
            "activity", ["coding": [FHIRParts.coding(FHIRNames.dataOperation, activity)]])
        provenance.set("agent", list: agents(line))
        return provenance
    }

    private func targets(_ line: EventLine, _ number: Int) -> [FHIRObject] {
        let entry = common.entry
        guard entry.knownKind == .plan else { return [version(references.whole(entry), number)] }
        let own = references.planVersion(line.id)
        if own["reference"] != nil { return [version(own, number)] }
        let all = PlanVersions(entry).versions.map { references.planVersion($0.line.id) }
        return (all.isEmpty ? [references.whole(entry)] : all).map { version($0, number) }
    }

    /// The patient is no resource of this entry alone, so it has no versions here.
    private func version(_ whole: FHIRObject, _ number: Int) -> FHIRObject {
        guard case .text(let reference)? = whole["reference"], whole != references.patient else {
            return whole
        }
        return ["reference": .text("\(reference)/_history/\(number)")]
    }

    /// Who is said to have typed it, and the device, of which the signature speaks.
    private func agents(_ line: EventLine) -> [FHIRObject] {
        let device = references.device(line.envelope.replica)
        var agents: [FHIRObject] = []
        if let author = line.envelope.author {
            let person = common.diary.people[author]
            let isClaim =
                person?.isOfClinic == true
                && !common.diary.clinicReplicas.contains(line.envelope.replica)
            agents.append([
                "extension": isClaim ? [FHIRParts.own("said-to-be", "valueBoolean", true)] : [],
                "type": .object(Self.participant("author")),
                "who": .object(references.person(author)), "onBehalfOf": nil,
            ])
        }
        agents.append([
            "type": .object(Self.participant("assembler")), "who": .object(device),
        ])
        return agents
    }

    private static func participant(_ code: FHIRValue) -> FHIRObject {
        ["coding": [FHIRParts.coding(FHIRNames.participantType, code)]]
    }

    private func extensions(_ line: EventLine, isErased: Bool) -> [FHIRObject] {
        let entry = common.entry
        var found = line.envelope.fields.map { FHIRParts.own("set", "valueString", .text($0)) }
        found.append(
            FHIRParts.own("log-position", "valueString", .text(line.position.json.canonicalText)))
        if entry.view.toReview.contains(line.position) {
            found.append(FHIRParts.own("to-review", "valueBoolean", true))
        }
        if isErased { found.append(FHIRParts.own("erased", "valueBoolean", true)) }
        let start = entry.settled("time").flatMap { TimeValue(json: $0) }?.start
        if line.envelope.kind != nil, let start,
            let late = Lateness(start: start, writtenMs: line.envelope.at.milliseconds), late.isLate
        {
            found.append(FHIRParts.own("late-hours", number: late.ms / 3_600_000))
        }
        if let received = common.diary.receivedMs[line.id].flatMap(InstantText.utc) {
            found.append(FHIRParts.own("received", "valueInstant", .text(received)))
        }
        return found
    }
}
