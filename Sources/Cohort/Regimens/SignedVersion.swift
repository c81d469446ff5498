internal import DiaryModel
internal import SyncCore

/// One version of a patient's treatment plan.
package struct SignedVersion: Sendable, Hashable {
    /// Days since 1970 in the plan's zone.
    package let fromDay: Int
    package let signedMs: Int64
    package let doseMilligrams: Int64
    /// Doses of the first weeks, by days from the first.
    let ramp: [Step]
    /// Doses that follow, by days from `fromDay`.
    let taper: [Step]
    /// Signed beside another from the same version; nothing is dosed by either until one is settled.
    package var isDisputed = false

    struct Step: Sendable, Hashable {
        let dayOffset: Int
        let doseMilligrams: Int64
    }

    /// The dose on a day, with the taper as far as it has come.
    func dose(on day: Int) -> Int64 {
        taper.last { fromDay + $0.dayOffset <= day }?.doseMilligrams ?? doseMilligrams
    }
}

extension SignedVersion {
    /// The value of the field `plan` (domain 2.10).
    func json(for facts: PatientFacts) -> JSONValue {
        let regimen = facts.regimen
        var plan: JSONObject = [
            "checks": [
                ["concern": ["no"], "item": "feels_well"],
                ["concern": ["yes"], "item": "infection_or_antibiotics"],
                ["item": "drank_enough"], ["concern": ["no"], "item": "in_date"],
            ],
            "clinicPhone": "01632 960100", "doseMilligrams": .integer(doseMilligrams),
            "doseMilligramsPerKilogram": .integer(doseMilligrams * 1000 / facts.weightGrams),
            "dueMode": regimen.isRolling ? "rolling" : "fixed",
            "effectiveFrom": .string(CivilDate(daysSinceEpoch: fromDay).description),
            "emergencyPhone": "999", "indication": .string(facts.indication.rawValue),
            "intervalDays": .integer(Int64(regimen.intervalDays)),
            "parts": .integer(Int64(regimen.parts)), "product": regimen.product.json,
            "route": regimen.route.json,
            "stopRules": ["Stop and phone if you wheeze, faint or your chest is tight."],
            "weightGrams": .integer(facts.weightGrams), "zone": .string(CohortZones.homeName),
        ]
        limits(of: facts, in: &plan)
        if !ramp.isEmpty {
            plan["ramp"] = .array(
                ramp.map { step -> JSONValue in
                    [
                        "dayOffset": .integer(Int64(step.dayOffset)),
                        "doseMilligrams": .integer(step.doseMilligrams),
                    ]
                })
        }
        if !taper.isEmpty {
            plan["taper"] = .array(
                taper.map { step -> JSONValue in
                    [
                        "doseMilligrams": .integer(step.doseMilligrams),
                        "from": .string(
                            CivilDate(daysSinceEpoch: fromDay + step.dayOffset).description),
                        "reason": "stable",
                    ]
                })
        }
        return .object(plan)
    }

    private func limits(of facts: PatientFacts, in plan: inout JSONObject) {
        let regimen = facts.regimen
        let label = Catalogue.seed.product(regimen.product)?.label
        switch regimen.route {
        case .iv:
            plan["rateSteps"] = .array(
                CohortTable.intravenousSteps.map { rate -> JSONValue in
                    ["minutes": 30, "rateMicrolitresPerKilogramPerHour": .integer(rate)]
                })
        case .sc, .fsc:
            plan["maxSites"] = .integer(Int64(max(facts.habits.siteCount, 8)))
            if let most = label?.microlitresPerSite {
                plan["maxMicrolitresPerSite"] = .integer(max(most, 60_000))
            }
            if let most = label?.microlitresPerHourPerSite {
                plan["maxMicrolitresPerHourPerSite"] = .integer(max(most, 50_000))
            }
        }
        if facts.indication.isNeuropathy {
            plan["measures"] = [
                ["everyDays": .integer(Int64(CohortTable.gripEveryDays)), "measure": "grip_l"],
                ["everyDays": .integer(Int64(CohortTable.gripEveryDays)), "measure": "grip_r"],
            ]
        } else {
            plan["targetIggMilligramsPerLitre"] = 7000
        }
    }
}
