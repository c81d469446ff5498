import SyncCore

/// The checks of domain 2.2 on an infusion as a whole, each a small function over typed values.
struct InfusionCheck: EntryCheck {
    let fields: JSONObject
    let infusion: Infusion
    let context: ValidationContext
    let catalogue: Catalogue
    var findings: [Finding] = []

    init(_ fields: JSONObject, context: ValidationContext, catalogue: Catalogue) {
        self.fields = fields
        infusion = Infusion(fields: fields)
        self.context = context
        self.catalogue = catalogue
    }

    mutating func run() {
        checkOutcome()
        checkPlan()
        for line in infusion.lines { checkLine(line.field, line.line) }
        checkComponents()
        checkTime()
        checkCourse()
        checkSites()
        checkRates()
        checkPeople()
        checkPremedications()
        checkDose()
        checkWeight()
    }

    var isNotDone: Bool { infusion.outcome?.code == .notDone }
    var isUnderTheSkin: Bool {
        infusion.route?.value == .sc || infusion.route?.value == .fsc
    }

    /// Whether there are vial lines at all, readable or not.
    var hasLines: Bool {
        fields.members.contains { $0.key.hasPrefix("vials.") && !$0.value.isNull }
    }

    private mutating func checkOutcome() {
        guard let outcome = infusion.outcome else { return }
        if outcome.code == .notDone {
            if hasLines {
                reject(
                    .impossible, "outcome",
                    "An infusion that was not done used no vials; opened vials are a stock loss, "
                        + "and what was begun is stopped or partial.",
                    also: ["vials"], stored: .notDoneWithVials)
            }
            if outcome.reason == nil {
                reject(
                    .missing, "outcome/reason",
                    "Say why it was not done; other and unknown are reasons, too.",
                    seen: fields["outcome"], also: ["outcome"], stored: nil)
            }
            if outcome.reason == .infusedElsewhere {
                warn(.elsewhereWithoutLot, "outcome")
            }
            return
        }
        if !hasLines, outcome.code == .completed || outcome.code == .partial {
            reject(
                .missing, "vials.1",
                "Name the vials that were used; if the lot cannot be read, say why it is missing.",
                also: ["outcome", "vials"], stored: nil)
        }
        if infusion.infusedBy == nil, fields["infusedBy"]?.isNull ?? true {
            reject(
                .missing, "infusedBy",
                "Who infused: self, carer, nurse or other; say unknown if you do not know.",
                also: ["outcome"], stored: nil)
        }
    }

    private mutating func checkPlan() {
        if let plan = context.plan, let planned = plan.route, let route = infusion.route?.value,
            route != planned
        {
            warn(.routeNotOnPlan, "route")
        }
        if infusion.planVersion == nil, !isNotDone { warn(.planAbsent, "planVersion") }
        if infusion.planVersion != nil, let superseded = context.plan?.supersededAtMs,
            let start = infusion.time?.start.ms, superseded <= start
        {
            warn(.planSuperseded, "planVersion", also: ["time"])
        }
        guard let route = infusion.route?.value else { return }
        let products = infusion.lines.compactMap { $0.line.product.value }
        let known = products.compactMap { catalogue.product($0) }
        if known.contains(where: { !$0.routes.contains(route) }) {
            warn(.routeNotInCatalogue, "route", also: ["vials"])
        }
    }

    private mutating func checkCourse() {
        guard let course = infusion.course else { return }
        if course.part > course.parts {
            reject(
                .impossible, "course",
                "A part cannot be later than the last; leave the course out if it is not known.")
        }
        guard let start = infusion.time?.start.ms else { return }
        let starts = context.courseStartsMs + [start]
        if let first = starts.min(), let last = starts.max(),
            last.distance(from: first) > 5 * 86_400_000
        {
            warn(.courseSpread, "course", also: ["time"])
        }
    }

    private mutating func checkPeople() {
        if infusion.infusedBy?.code == .`self`, context.isTrained == false {
            warn(.noTrainingSignoff, "infusedBy")
        }
        if infusion.visualCheck?.value == .problem, !isNotDone, hasLines {
            warn(.infusedDespiteProblem, "visualCheck", also: ["vials"])
        }
    }

    private mutating func checkPremedications() {
        for premed in infusion.premedications {
            let field = "premed.\(premed.name)"
            if premed.name == "paracetamol", let dose = premed.premedication.doseMilligrams?.value,
                dose > 1000
            {
                warn(.paracetamolHigh, field)
            }
            if let taken = premed.premedication.taken?.value?.ms,
                let start = infusion.time?.start.ms, taken.distance(from: start) > 7_200_000
            {
                warn(.premedTimeFar, field, also: ["time"])
            }
        }
    }
}
