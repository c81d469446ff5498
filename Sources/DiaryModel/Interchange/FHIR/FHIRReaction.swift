import SyncCore

/// A reaction: an `AdverseEvent` that names every lot line of its infusion.
struct FHIRReaction {
    private let common: FHIREntry

    init(_ common: FHIREntry) { self.common = common }

    var resource: FHIRObject {
        var fields = FHIRFields(common.entry)
        let start = fields.takeStart()
        let said = grade("grade.said", of: common.entry.settled("grade.said")?["grade"])
        let assessed = grade("grade.assessed", of: common.entry.settled("grade.assessed"))
        let symptoms = symptoms(&fields)
        let infusion = common.entry.settled("infusion").flatMap { EntryID(json: $0) }
        if infusion != nil { fields.told("infusion") }
        let outcome = outcome(&fields)

        var event = common.resource("AdverseEvent", said + assessed + fields.rest)
        event.set("actuality", "actual")
        event.set("event", object: symptoms)
        event.set("subject", object: common.subject)
        if let start {
            FHIRTime.set(start, as: "date", in: &event)
            FHIRTime.set(start, as: "detected", in: &event)
        }
        FHIRTime.setInstant(common.entry.recorded, as: "recordedDate", in: &event)
        event.set("seriousness", object: seriousness)
        event.set("severity", object: severity)
        event.set("outcome", object: outcome)
        if let author = common.entry.begun?.envelope.author {
            event.set("recorder", object: FHIRReferences(common.diary).person(author))
        }
        event.set("suspectEntity", list: infusion.map(suspects) ?? [])
        return event
    }

    /// Every lot line of the infusion: which of them it was nobody can know.
    private func suspects(_ infusion: EntryID) -> [FHIRObject] {
        guard let entry = common.diary.entry(infusion), entry.knownKind == .infusion else {
            return [["instance": .object(FHIRReferences(common.diary).entry(infusion))]]
        }
        let lines = entry.vialFields.map { field in
            FHIRParts.reference(
                "MedicationAdministration", FHIRID.part(field, of: infusion))
        }
        let all = lines.isEmpty ? [FHIRReferences(common.diary).whole(entry)] : lines
        return all.map { ["instance": .object($0)] }
    }

    private func grade(_ field: String, of json: JSONValue?) -> [FHIRObject] {
        guard let grade = json?.integerValue else { return [] }
        let name = field == "grade.said" ? "grade-said" : "grade-assessed"
        return [FHIRParts.own(name, number: grade)]
    }

    /// The higher of what was said and assessed; nil where one of them is in conflict.
    private var highest: Int64? {
        let fields = common.entry.fields
        let isOpen = ["grade.said", "grade.assessed"].contains {
            fields[$0]?.isInConflict ?? false
        }
        return isOpen ? nil : ReactionGrades.grades(of: common.entry).max()
    }

    private var severity: FHIRObject? {
        let code: FHIRValue
        switch highest {
        case 1: code = "mild"
        case 2: code = "moderate"
        case 3, 4, 5: code = "severe"
        default: return nil
        }
        return ["coding": [FHIRParts.coding(FHIRNames.severity, code)]]
    }

    /// Grades 4 and 5 and a stay in hospital are serious, grades 1 and 2 without one are not.
    ///
    /// For grade 3 alone nothing is said: that is for a person to judge.
    private var seriousness: FHIRObject? {
        let stays = ["action.admitted", "action.hospital"].compactMap { common.entry.settled($0) }
        let answers = stays + [common.entry.settled("grade.said")?["hospital"]].compactMap(\.self)
        let wasInHospital = answers.contains("yes")
        let code: FHIRValue
        switch highest {
        case 4, 5: code = "serious"
        case _ where wasInHospital: code = "serious"
        case 1, 2: code = "non-serious"
        default: return nil
        }
        return ["coding": [FHIRParts.coding(FHIRNames.seriousness, code)]]
    }

    /// The symptoms that were there, as codes; each with its grade stays among the extensions.
    private func symptoms(_ fields: inout FHIRFields) -> FHIRObject {
        let there = fields.names("symptom.").filter { field in
            guard let json = common.entry.settled(field) else { return false }
            return json["grade"] != nil || json == "yes"
        }.map { String($0.dropFirst(8)) }
        let system = FHIRNames.codes("symptom")
        var concept = FHIRObject()
        concept.set("coding", list: there.map { FHIRParts.coding(system, .text($0)) })
        let words = there.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
        concept.set("text", .text(words.isEmpty ? "Reaction" : words))
        return concept
    }

    private func outcome(_ fields: inout FHIRFields) -> FHIRObject? {
        let said = common.entry.settled("outcome")
        let code: FHIRValue
        switch said?["code"]?.stringValue {
        case "recovered": code = "resolved"
        case "recovering": code = "recovering"
        case "not_recovered": code = "ongoing"
        case "recovered_sequelae": code = "resolvedWithSequelae"
        case "fatal": code = "fatal"
        case "unknown": code = "unknown"
        default: return nil
        }
        if said?.objectValue?.count == 1 { fields.told("outcome") }
        return ["coding": [FHIRParts.coding(FHIRNames.reactionOutcome, code)]]
    }
}
