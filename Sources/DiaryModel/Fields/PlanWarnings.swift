import SyncCore

/// The checks of domain 2.7 and 2.8 on a plan: each states a finding, none offers another dose.
struct PlanWarnings {
    private let plan: TreatmentPlan
    private let product: Product?
    private var findings: [Finding] = []

    /// The findings in a plan; one that is not understood has been refused member by member.
    static func findings(in fields: JSONObject, catalogue: Catalogue) -> [Finding] {
        guard let json = fields["plan"], let plan = TreatmentPlan(shaped: json) else { return [] }
        if let contradiction = plan.contradiction {
            return [
                .rejection(
                    .impossible, "plan", contradiction.sentence, seen: json, stored: .notUnderstood)
            ]
        }
        var check = PlanWarnings(plan, catalogue: catalogue)
        check.run()
        return check.findings
    }

    private init(_ plan: TreatmentPlan, catalogue: Catalogue) {
        self.plan = plan
        product = catalogue.product(plan.product)
    }

    private mutating func run() {
        checkDosePerWeight()
        checkWholeVials()
        checkSites()
        checkLabel()
    }

    private mutating func warn(_ code: WarningCode, _ seen: JSONValue) {
        findings.append(.warning(code, "plan", seen))
    }

    /// Every dose the plan names, each once: its own, then those of its ramp, then those of its taper.
    private var doses: [Int64] {
        let tapered = (plan.taper ?? []).compactMap { step -> Int64? in
            guard case .doseMilligrams(let dose) = step.change else { return nil }
            return dose
        }
        var doses: [Int64] = []
        for dose in [plan.doseMilligrams] + plan.rampDoses.map(\.doseMilligrams) + tapered
        where !doses.contains(dose) {
            doses.append(dose)
        }
        return doses
    }

    /// 2 g/kg is 2 mg for each gram of body weight; 28 days of the rhythm, and any 28 of the ramp.
    private mutating func checkDosePerWeight() {
        guard let weight = plan.weightGrams else { return }
        let high = plan.pieces().first {
            $0.doseMilligrams * 28 > 2 * weight * Int64($0.intervalDays)
        }
        if let high { return warn(.planOver2gPerKg, .integer(high.doseMilligrams)) }
        let ramp = plan.rampDoses
        let sums = ramp.map { first in
            ramp.filter { (0..<28).contains($0.date.days(since: first.date)) }
                .reduce(Int64(0)) { $0.addingSaturating($1.doseMilligrams) }
        }
        if let sum = sums.first(where: { $0 > 2 * weight }) {
            warn(.planOver2gPerKg, .integer(sum))
        }
    }

    private mutating func checkWholeVials() {
        guard let vials = product.flatMap({ WholeVials(of: $0) }) else { return }
        let size = vials.largestSize(dividing: plan.doseMilligrams)
        let sizes: JSONValue = size.map { .integer($0) } ?? vials.sizes.json
        let broken = doses.filter { !vials.hold($0) }.map { dose -> JSONValue in
            ["doseMilligrams": .integer(dose), "vialMilligrams": sizes]
        }
        if !broken.isEmpty { warn(.doseNotWholeVials, .array(broken)) }
    }

    private mutating func checkSites() {
        guard plan.route != .iv, let most = plan.maxMicrolitresPerSite,
            let perMilligram = product?.leastMicrolitresPerMilligram, let largest = doses.max(),
            let volume = Fraction(largest, over: plan.parts ?? 1)?.multiplied(by: perMilligram),
            let sites = volume.divided(by: Fraction(most)), sites > Fraction(8)
        else { return }
        let (whole, rest) = sites.numerator.quotientAndRemainder(dividingBy: sites.denominator)
        warn(.planSitesMany, .integer(rest > 0 ? whole.addingSaturating(1) : whole))
    }

    private mutating func checkLabel() {
        guard let product else { return }
        let label = product.label
        if !product.routes.contains(plan.route) { warn(.routeNotInCatalogue, plan.route.json) }
        func above(_ planned: Int64?, _ limit: Int64?) -> JSONValue? {
            guard let planned, let limit, planned > limit else { return nil }
            return .integer(planned)
        }
        if plan.route == .iv {
            let fastest = plan.rateSteps?.map(\.rateMicrolitresPerKilogramPerHour).max()
            if let seen = above(fastest, label.microlitresPerKilogramPerHour) {
                warn(.rateAboveProduct, seen)
            }
            return
        }
        if let seen = above(plan.maxMicrolitresPerSite, label.microlitresPerSite) {
            warn(.siteVolumeHigh, seen)
        }
        if let seen = above(plan.maxSites, label.sites.map { Int64($0) }) { warn(.sitesMany, seen) }
        if let seen = above(plan.maxMicrolitresPerHourPerSite, label.microlitresPerHourPerSite) {
            warn(.rateAboveProduct, seen)
        }
    }
}

extension Product {
    /// The least volume of a milligram in any of its vials: the label's, where it says one.
    fileprivate var leastMicrolitresPerMilligram: Fraction? {
        let ofSizes = sizes.compactMap { size in
            size.microlitres.flatMap { Fraction($0, over: size.milligrams) }
        }
        return ofSizes.min() ?? Fraction(1000, over: milligramsPerMillilitre)
    }
}
