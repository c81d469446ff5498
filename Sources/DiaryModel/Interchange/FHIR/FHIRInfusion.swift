import SyncCore

/// An infusion: a `Procedure` that carries no dose, so that a sum over the lot lines counts nothing twice,
/// and a `MedicationAdministration` for each lot line and each medicine taken before.
struct FHIRInfusion {
    private let common: FHIREntry
    private let references: FHIRReferences
    private var fields: FHIRFields
    private let outcome: Outcome?
    private let time: TimeValue?
    private let route: Said<Route>?
    private let sites: [Site]?
    private let rates: [RateStep]?
    private let plan: Position?
    private let infusedBy: InfusedBy?
    private let supervisedBy: InfusedBy?

    init(_ common: FHIREntry) {
        self.common = common
        references = FHIRReferences(common.diary)
        fields = FHIRFields(common.entry)
        outcome = fields.take("outcome")
        time = fields.take("time")
        infusedBy = fields.take("infusedBy")
        supervisedBy = fields.take("supervisedBy")
        let lines = common.entry.vialFields
        plan = common.entry.settled("planVersion").flatMap { Position(json: $0) }
        if plan != nil, !lines.isEmpty { fields.told("planVersion") }
        // Route, places and rates stand in a dosage; without one they stay among the extensions.
        let hasDosage = lines.contains { !Self.isHyaluronidase(common.entry.settled($0)) }
        route = hasDosage ? fields.said("route") : nil
        rates = hasDosage ? fields.take("rates") : nil
        sites = hasDosage ? common.entry.settled("sites").flatMap { [Site](json: $0) } : nil
        if let sites, sites.allSatisfy(\.isRegionAndSideAlone) { fields.told("sites") }
        for line in common.entry.vialFields where common.entry.settled(line) != nil {
            fields.told(line)
        }
        for name in fields.names("premed.") where common.entry.settled(name) != nil {
            fields.told(name)
        }
    }

    var resources: [FHIRObject] { [procedure] + lines + premedications }

    private var procedure: FHIRObject {
        var procedure = common.resource("Procedure", fields.rest)
        procedure.set("status", .text(status))
        procedure.set("statusReason", object: reason)
        procedure.set(
            "code", object: FHIRParts.concept("kind", "infusion", "Infusion of immunoglobulin"))
        procedure.set("subject", object: references.patient)
        procedure.set("performedPeriod", object: FHIRTime.period(time))
        procedure.set("performer", list: performers)
        procedure.set(
            "outcome",
            object: outcome.map { FHIRParts.concept("outcome", $0.code.rawValue, $0.words) })
        return procedure
    }

    private var status: String { common.status(otherwise: ownStatus) }

    private var ownStatus: String {
        switch outcome?.code {
        case .completed: return "completed"
        case .partial, .stopped: return "stopped"
        case .notDone: return "not-done"
        case nil: break
        }
        // No word of how it ended, and no end: it may be running.
        let isRunning = common.entry.fields["outcome"] == nil && time != nil && time?.end == nil
        return isRunning ? "in-progress" : "unknown"
    }

    private var reason: FHIRObject? {
        common.voidReason
            ?? outcome?.reason.map { FHIRParts.concept("not-done-reason", $0.rawValue, $0.words) }
    }

    private var performers: [FHIRObject] {
        [(infusedBy, "infused"), (supervisedBy, "supervised")].compactMap { who, function in
            guard let who else { return nil }
            let actor =
                references.performer(who)
                ?? FHIRParts.absent(who.code == .declined ? .declined : .unknown)
            return [
                "function": .object(FHIRParts.concept("performer", function)),
                "actor": .object(actor),
            ]
        }
    }

    // MARK: Lot lines

    private var lines: [FHIRObject] {
        common.entry.vialFields.map { field in
            let line = common.entry.settled(field).flatMap { VialLine(json: $0) }
            // A line that is not settled, or not understood, stands there whole beside what is known.
            let odd = line == nil ? [fields.untold(field) ?? [:]] : []
            let vial = FHIRVial(line, catalogue: common.diary.catalogue)
            var given = administration(
                part: field, lineExtensions: vial.extensions + counts(field) + odd,
                medication: vial.medication)
            given.set("dosage", object: dosage(line))
            given.set("note", list: vial.notes)
            return given
        }
    }

    /// What the line adds to what was given, at least and at most.
    private func counts(_ field: String) -> [FHIRObject] {
        common.diary.counted[common.entry.id, field].map { counted in
            let range: FHIRObject = [
                "low": .object(FHIRParts.grams(counted.low)),
                "high": .object(FHIRParts.grams(counted.high)),
            ]
            return [FHIRParts.own("counts", "valueRange", .object(range))]
        } ?? []
    }

    private func administration(
        part: String, lineExtensions: [FHIRObject], medication: FHIRObject
    ) -> FHIRObject {
        var given = common.resource(
            "MedicationAdministration", part: part, lineExtensions, contained: [medication])
        given.set("partOf", list: [procedureReference])
        given.set("status", .text(status))
        given.set("statusReason", list: reason.map { [$0] } ?? [])
        given.set("category", object: FHIRParts.concept("administration", "lot-line"))
        given.set("medicationReference", ["reference": "#medication"])
        given.set("subject", object: references.patient)
        given.set("effectivePeriod", object: FHIRTime.period(time))
        given.set("performer", list: performers)
        given.set("request", object: plan.map { references.planVersion($0.id) })
        return given
    }

    private var procedureReference: FHIRObject {
        FHIRParts.reference("Procedure", FHIRID.of(common.entry.id))
    }

    /// The grams of the line, its route, places and rate; hyaluronidase has no dose and so no dosage.
    private func dosage(_ line: VialLine?) -> FHIRObject? {
        guard line?.component?.value != .hy else { return nil }
        var dosage = FHIRObject()
        let steps = rates ?? []
        // Of several steps none is the rate, so all of them stand here.
        let single =
            steps.count == 1 && steps[0].fromMinutes == 0
            ? steps[0].rateMicrolitresPerHour.value : nil
        if single == nil { dosage.set("extension", list: steps.map(Self.step)) }
        if let sites, !sites.isEmpty {
            dosage.set("site", object: Self.place(sites))
        }
        dosage.set("route", object: route.map(Self.concept(of:)))
        let dose = line?.doseMilligrams
        dosage.set("dose", object: dose.map { FHIRParts.grams($0) } ?? FHIRParts.absent("unknown"))
        dosage.set(
            "rateQuantity", object: single.map { FHIRParts.quantity($0, decimals: 3, "mL/h") })
        return dosage
    }

    private static func isHyaluronidase(_ json: JSONValue?) -> Bool {
        json.flatMap { VialLine(json: $0) }?.component?.value == .hy
    }

    private static func step(_ step: RateStep) -> FHIRObject {
        let parts = [
            part("from", step.fromMinutes, decimals: 0, "min"),
            part("rate", step.rateMicrolitresPerHour, decimals: 3, "mL/h"),
        ]
        return ["extension": .objects(parts), "url": .text(FHIRNames.extension("rate-step"))]
    }

    private static func part(
        _ name: String, _ said: Said<Int64>, decimals: Int, _ unit: String
    ) -> FHIRObject {
        switch said {
        case .value(let number):
            let amount = FHIRParts.quantity(number, decimals: decimals, unit)
            return ["url": .text(name), "valueQuantity": .object(amount)]
        case .unknown: return ["url": .text(name), "valueCode": "unknown"]
        case .declined: return ["url": .text(name), "valueCode": "declined"]
        }
    }

    /// All places of the infusion: which of them a line went into is not recorded.
    private static func place(_ sites: [Site]) -> FHIRObject {
        let labels = sites.map(\.label)
        var place = FHIRObject()
        let system = FHIRNames.codes("site")
        place.set("coding", list: labels.map { FHIRParts.coding(system, .text($0)) })
        place.set("text", .text(labels.joined(separator: ", ")))
        return place
    }

    private static func concept(of route: Said<Route>) -> FHIRObject {
        switch route {
        case .value(let route): FHIRCodes.concept(of: route)
        case .unknown: FHIRParts.absent(.unknown)
        case .declined: FHIRParts.absent(.declined)
        }
    }

    // MARK: Medicines before it

    private var premedications: [FHIRObject] {
        fields.names("premed.").compactMap { field in
            guard let json = common.entry.settled(field) else { return nil }
            let premed = Premedication(json: json)
            var given = common.resource(
                "MedicationAdministration", part: field,
                premed == nil ? [fields.untold(field) ?? [:]] : [])
            given.set("partOf", list: [procedureReference])
            given.set("status", .text(common.status(otherwise: "completed")))
            given.set("category", object: FHIRParts.concept("administration", "premedication"))
            given.set(
                "medicationCodeableConcept",
                object: FHIRParts.concept("premedication", String(field.dropFirst(7))))
            given.set("subject", object: references.patient)
            setTaken(premed?.taken, in: &given)
            given.set("dosage", object: Self.dosage(premed?.doseMilligrams))
            return given
        }
    }

    private func setTaken(_ taken: Said<Moment>?, in given: inout FHIRObject) {
        switch taken {
        case .value(let moment):
            if FHIRTime.text(moment) != nil {
                FHIRTime.set(moment, as: "effectiveDateTime", in: &given)
            } else {
                given.set("effectivePeriod", object: FHIRParts.absent("error"))
            }
        case .unknown: given.set("effectivePeriod", object: FHIRParts.absent(.unknown))
        case .declined: given.set("effectivePeriod", object: FHIRParts.absent(.declined))
        case nil: given.set("effectivePeriod", object: FHIRParts.absent("unknown"))
        }
    }

    private static func dosage(_ dose: Said<Int64>?) -> FHIRObject? {
        switch dose {
        case .value(let milligrams):
            ["dose": .object(FHIRParts.quantity(milligrams, decimals: 0, "mg"))]
        case .unknown: ["dose": .object(FHIRParts.absent(.unknown))]
        case .declined: ["dose": .object(FHIRParts.absent(.declined))]
        case nil: nil
        }
    }
}

extension Site {
    /// Nothing is said of it but where it is.
    fileprivate var isRegionAndSideAlone: Bool {
        id == nil && volumeMicrolitres == nil && needleMicrometres == nil && gauge == nil
            && region.value != nil && (side == nil || side?.value != nil)
    }
}
