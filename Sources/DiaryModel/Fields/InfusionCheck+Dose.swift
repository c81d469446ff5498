import SyncCore

extension InfusionCheck {
    mutating func checkDose() {
        guard let dose = infusion.doseMilligrams, !isNotDone else { return }
        let field = infusion.lines.first?.field ?? "vials.1"
        let seen = JSONValue.integer(dose)
        if dose > 400_000 { warn(.doseOver400g, field, seen, also: ["vials"]) }
        if dose == 0 {
            if hasLines, infusion.outcome?.code != .stopped {
                warn(.doseZero, field, seen, also: ["vials", "outcome"])
            }
            return
        }
        if let planned = context.plan?.doseMilligramsPerInfusion, planned > 0,
            planned <= 1_000_000_000, dose <= 1_000_000_000
        {
            if dose * 100 < planned * 80 || dose * 100 > planned * 120 {
                warn(.doseOutsidePlan, field, seen, also: ["vials"])
            }
            if infusion.outcome?.code == .completed, dose * 100 < planned * 90 {
                warn(.completedBelowPlan, "outcome", seen, also: ["vials"])
            }
        }
        // 2 g/kg is 2 mg for each gram of body weight.
        let weight = infusion.weight?.grams ?? context.plan?.weightGrams
        if let weight, weight > 0, dose / 2 > weight || (dose / 2 == weight && dose % 2 == 1) {
            warn(.doseOver2gPerKg, field, seen, also: ["vials", "weightGrams"])
        }
    }

    mutating func checkWeight() {
        guard let weight = infusion.weight?.grams, let last = context.lastWeight else { return }
        if last.isJump(to: weight, atMs: infusion.time?.start.ms ?? context.atMs) {
            warn(.weightJump, "weightGrams", .integer(weight))
        }
    }
}
