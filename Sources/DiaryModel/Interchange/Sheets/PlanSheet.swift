import SyncCore

extension ExportedDiary {
    /// A row for each version of each plan, as it was signed.
    var planSheet: CSVSheet {
        CSVSheet(
            "plans", [.patientRef, .entryID, .state],
            [
                "plan_version", "standing", "signed_utc", "author_role", "replaces",
                "effective_from", "zone", "indication", "product_key", "substitutes", "route",
                .number("dose_g"), .number("interval_days"), .number("parts"), "due_mode",
                .number("grace_days"), "ramp", "taper", .number("target_igg_g_per_l"),
                "sibling_plan",
            ],
            rows: rows(of: .plan) { entry in
                PlanVersions(entry).versions.map { PlanColumns($0, in: self).texts }
            })
    }
}

/// One version of a plan; what cannot be read as a whole is `not_understood`, and no part of it is told.
private struct PlanColumns {
    private let version: PlanVersions.Version
    private let diary: ExportedDiary

    init(_ version: PlanVersions.Version, in diary: ExportedDiary) {
        self.version = version
        self.diary = diary
    }

    var texts: [String] {
        let line = version.line
        let author = line.envelope.author.flatMap { diary.people[$0] }
        let signing = [
            line.id.text, standing, InstantText.utc(line.envelope.at.milliseconds) ?? "",
            ColumnText.joined(author?.roles ?? []),
            ColumnText.list(version.predecessors.map(\.text)),
        ]
        guard let json = version.plan else { return signing + [ColumnText.erased] + rest() }
        guard let plan = TreatmentPlan(json: json) else {
            return signing + [ColumnText.notUnderstood] + rest()
        }
        return signing + texts(of: plan)
    }

    private func rest() -> [String] { Array(repeating: "", count: 14) }

    private var standing: String {
        switch version.standing {
        case .current: "current"
        case .inConflict: "in_conflict"
        case .superseded: "superseded"
        case .doesNotCount: "does_not_count"
        }
    }

    private func texts(of plan: TreatmentPlan) -> [String] {
        let ramp = (plan.ramp ?? []).map { "\($0.dayOffset):\(Self.grams($0.doseMilligrams))" }
        let taper = (plan.taper ?? []).map { "\($0.from):\(Self.change($0.change))" }
        return [
            plan.effectiveFrom.description, plan.zone.text, plan.indication?.rawValue ?? "",
            plan.product.text, ColumnText.list((plan.substitutes ?? []).map(\.text)),
            plan.route.rawValue, Self.grams(plan.doseMilligrams), "\(plan.intervalDays)",
            Self.text(plan.parts), plan.dueMode?.rawValue ?? "", Self.text(plan.graceDays),
            ColumnText.list(ramp), ColumnText.list(taper),
            plan.targetIggMilligramsPerLitre.map(Self.grams) ?? "", plan.siblingPlan?.text ?? "",
        ]
    }

    /// `28.8 g` or `10 d`.
    private static func change(_ change: TaperStep.Change) -> String {
        switch change {
        case .doseMilligrams(let dose): "\(grams(dose)) g"
        case .intervalDays(let days): "\(days) d"
        }
    }

    private static func text(_ number: Int64?) -> String { number.map { "\($0)" } ?? "" }

    private static func grams(_ milligrams: Int64) -> String {
        ExactDecimal(milligrams, decimals: 3).description
    }
}
