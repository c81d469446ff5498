package import DiaryModel
package import SyncCore

/// What a recall of the fixture's lot has to answer, worked out from the plan of the cohort alone.
///
/// It knows which box truly went into whom, what was made of that in writing, and what has reached the
/// clinic; it looks at no store and compares no lots. Whoever searches the store has to find the same.
package struct ExpectedRecall: Sendable {
    package let plan: CohortPlan

    package init(of plan: CohortPlan) { self.plan = plan }

    /// The classes of domain 5.2, the first that applies.
    package enum HeadlineClass: String, Sendable, CaseIterable {
        case infused = "INFUSED"
        case held = "HELD"
        case possible = "POSSIBLE"
        case voidedMatch = "VOIDED_MATCH"
        case unknown = "UNKNOWN"
        case clear = "CLEAR"
    }

    /// One patient's answer.
    package struct Answer: Sendable, Hashable {
        package let reference: String
        package let headline: HeadlineClass
        /// Milligrams given of the lot by what stands in the diary.
        package let milligrams: Int64
        package let days: [CivilDate]
        /// The lots as they were written.
        package let written: [String]
        /// Why the class is not another one, in a code.
        package let because: String
    }

    /// The patients whom the recall has to look at, in order of their reference.
    package var answers: [Answer] { plan.patients.filter(\.facts.isInScope).map(answer) }

    private func answer(_ patient: PatientPlan) -> Answer {
        let heard = patient.records.filter { $0.truth.isExposure && reaches($0, in: patient) }
        let lots = heard.flatMap(\.lots)
        func answer(_ headline: HeadlineClass, _ because: String) -> Answer {
            let counts = headline == .infused
            return Answer(
                reference: patient.facts.reference, headline: headline,
                milligrams: counts ? lots.reduce(0) { $0 + $1.milligrams } : 0,
                days: counts || headline == .possible || headline == .voidedMatch
                    ? heard.map(\.day) : [],
                written: lots.compactMap(\.text), because: because)
        }
        switch patient.facts.role {
        case .exact where !heard.isEmpty: return answer(.infused, "exact")
        case .typo where !heard.isEmpty: return answer(.possible, "typed_near")
        case .voided where !heard.isEmpty: return answer(.voidedMatch, "voided")
        case .missingLot where !heard.isEmpty: return answer(.unknown, "lot_missing")
        case _ where isSilent(patient): return answer(.unknown, "not_heard")
        case .sister where !heard.isEmpty: return answer(.clear, "neighbouring_lot_scanned")
        default: return answer(.clear, "no_match")
        }
    }

    /// Whether a record has come to the clinic by the moment the recall is asked as of.
    private func reaches(_ record: InfusionRecord, in patient: PatientPlan) -> Bool {
        guard case .device(let number) = record.writer else { return true }
        return patient.devices[number].arrival(ofWritten: record.writtenMs) != nil
    }

    /// Whether a device of this patient has not been heard since the moment that is asked about.
    private func isSilent(_ patient: PatientPlan) -> Bool {
        patient.devices.contains { $0.lastHeardMs ?? 0 < plan.days.asOfMs }
    }
}

extension ExpectedRecall {
    /// The file that stands beside the store.
    package var json: JSONValue {
        var classes: JSONObject = [:]
        for headline in HeadlineClass.allCases {
            let found = answers.filter { $0.headline == headline }
            classes[headline.rawValue] = .array(found.map(\.json))
        }
        let silent = plan.patients.filter { $0.facts.isInScope && isSilent($0) }
        return [
            "asOf": .string(Self.text(ofNoonOn: plan.days.last)),
            "asOfMs": .integer(plan.days.asOfMs), "banner": .string(CohortTable.banner),
            "classes": .object(classes),
            "devicesNotHeard": .array(
                silent.map { patient -> JSONValue in
                    [
                        "heardMs": .integer(patient.devices.compactMap(\.lastHeardMs).min() ?? 0),
                        "patient": .string(patient.facts.reference),
                    ]
                }),
            "inScope": .integer(Int64(answers.count)),
            "infusionsWithoutLot": .integer(
                Int64(answers.count { $0.because == "lot_missing" })),
            "lot": .string(plan.recall.lot.text),
            "months": .integer(Int64(CohortTable.recallMonths)),
            "patients": .integer(Int64(plan.patients.count)),
            "product": plan.recall.lot.product.json,
            "roles": .object(roles), "schema": 1, "seed": .string(String(plan.seed)),
            "sisterLot": .string(plan.recall.sister.text),
        ]
    }

    private var roles: JSONObject {
        JSONObject(
            RecallRole.allCases.map { role -> (String, JSONValue) in
                let found = plan.patients.filter { $0.facts.role == role }
                return (role.rawValue, .array(found.map { .string($0.facts.reference) }))
            })
    }

    private static func text(ofNoonOn day: CivilDate) -> String { "\(day)T12:00Z" }
}

extension ExpectedRecall.Answer {
    fileprivate var json: JSONValue {
        [
            "because": .string(because), "days": .array(days.map { .string($0.description) }),
            "milligrams": .integer(milligrams), "patient": .string(reference),
            "written": .array(written.map(JSONValue.string)),
        ]
    }
}
